namespace CityOps.Gis.Layers;

/// <summary>How a layer is drawn. Colours are <c>#rrggbb</c>.</summary>
public sealed record LayerStyle
{
    public string Color { get; init; } = "#3b6ea5";

    /// <summary>Colour by the two leading digits of the class (major, 大类) or by status value.</summary>
    public IReadOnlyDictionary<string, string> ColorByMajor { get; init; } = new Dictionary<string, string>();
    public IReadOnlyDictionary<string, string> ColorByStatus { get; init; } = new Dictionary<string, string>();

    /// <summary>Outline only: boundaries and grids.</summary>
    public bool OutlineOnly { get; init; }
    public double Width { get; init; } = 1;
    public double Radius { get; init; } = 4;
    public double Opacity { get; init; } = 1;

    /// <summary>Field written beside the feature from <see cref="LayerZooms.LabelsFrom"/> on.</summary>
    public string? Label { get; init; }

    /// <summary>What a point sees, drawn as a sector from near; null = nothing.</summary>
    public LayerSector? Sector { get; init; }

    /// <summary>Shown when the map opens for the first time.</summary>
    public bool VisibleAtStart { get; init; }

    /// <summary>Drawing order: lower is drawn first.</summary>
    public int Order { get; init; } = 100;
}
