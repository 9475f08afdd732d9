namespace CityOps.Gis.Leaflet;

/// <summary>GeoJSON that is drawn over the layers and can be clicked. The browser fetches it itself, and again when the record differs from the one before.</summary>
/// <param name="Id">Of the overlay on its map.</param>
/// <param name="DataUrl">Of a GeoJSON feature collection in degrees (EPSG:4490) whose features carry an <c>id</c>.</param>
/// <param name="Color"><c>#rrggbb</c>.</param>
public sealed record MapOverlay(string Id, string DataUrl, string Color)
{
    /// <summary>Property whose value chooses a colour of <see cref="Colors"/>; what is not among them has the overlay's own.</summary>
    public string? ColorProperty { get; init; }

    /// <summary><c>#rrggbb</c> by value.</summary>
    public IReadOnlyDictionary<string, string>? Colors { get; init; }

    /// <summary>Property that is written beside a feature, and shown under the pointer.</summary>
    public string? LabelProperty { get; init; }

    /// <summary>Lines end in an arrow head.</summary>
    public bool Arrows { get; init; }

    /// <summary>Counted up when the data behind the address has changed.</summary>
    public int Version { get; init; }
}
