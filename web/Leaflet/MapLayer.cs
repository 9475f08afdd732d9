using CityOps.Gis.Layers;

namespace CityOps.Gis.Leaflet;

/// <summary>A layer as the map draws it: where its tiles come from and how they look.</summary>
/// <param name="TilesUrl">URL template of Mapbox vector tiles with <c>{z}/{x}/{y}</c>; the MVT layer is named <paramref name="Id"/>.</param>
public sealed record MapLayer(string Id, string Title, string TilesUrl, GeometryKind Geometry, LayerStyle Style, LayerZooms Zooms)
{
    /// <summary>
    /// GeoJSON points with a property <c>label</c>, one per feature, as tiles would repeat the label in each of them; <c>{box}</c> in it stands for
    /// west, south, east and north in degrees. Null where labels come from the tiles.
    /// </summary>
    public string? LabelsUrl { get; init; }

    /// <summary>Attribute of the tiles that names a feature; null where there is none.</summary>
    public string? NameField { get; init; }

    /// <summary>Colours of what the cells are counted by; empty where they have the layer's own.</summary>
    public IReadOnlyList<MapLegendEntry> Legend { get; init; } = [];

    /// <summary>Names of what the cells are counted by (<c>count_&lt;key&gt;</c>), by key.</summary>
    public IReadOnlyDictionary<string, string> CountNames { get; init; } = new Dictionary<string, string>();

    /// <summary>Features per km² over the whole city, by which cells are scaled; null where it is not known.</summary>
    public double? Density { get; init; }

    /// <summary>Part of the background: lines get a casing, and clicks pass through.</summary>
    public bool IsBase { get; init; }
}
