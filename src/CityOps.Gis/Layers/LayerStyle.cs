namespace CityOps.Gis.Layers;

/// <summary>How a layer is drawn. Colours are <c>#rrggbb</c>.</summary>
public sealed record LayerStyle
{
    public string Color { get; init; } = "#3b6ea5";

    /// <summary>Colour by the two leading digits of the class (major, 大类) or by status value.</summary>
    public IReadOnlyDictionary<string, string> ColorByMajor { get; init; } = new Dictionary<string, string>();
    public IReadOnlyDictionary<string, string> ColorByStatus { get; init; } = new Dictionary<string, string>();

    /// <summary>Sign on every point from near, by the name of its file; null = none.</summary>
    public string? Icon { get; init; }

    /// <summary>Sign → the majors and classes whose points bear it; a class goes before its major.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> IconsByClass { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

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

    /// <summary>Sign of a major or class, as far as the style names it.</summary>
    public string? IconOf(string code) => IconsByClass.FirstOrDefault(one => one.Value.Contains(code)).Key;

    /// <summary>Sign of a feature as the map draws it: its class's, else its major's, else the layer's own; null where the layer's features bear none.</summary>
    public string? SignOf(string? classCode)
        => classCode is { Length: >= 2 } code && (IconOf(code) ?? IconOf(code[..2])) is { } sign ? sign : Icon ?? (IconsByClass.Count > 0 ? "other" : null);

    /// <summary>Colour of a feature as the map draws it: its status's, else its major's, else the layer's own.</summary>
    public string ColorOf(string? classCode, string? status)
        => status is not null && ColorByStatus.TryGetValue(status, out var color) || classCode is { Length: >= 2 } code && ColorByMajor.TryGetValue(code[..2], out color) ? color : Color;
}
