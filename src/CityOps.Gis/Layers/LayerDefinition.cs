namespace CityOps.Gis.Layers;

/// <summary>
/// The one description of a layer (<c>src/layers/*.json</c>). Table, import mapping, form, API, tiles, heat map and permissions follow from it.
/// Features are stored in CGCS2000 geographic coordinates (EPSG:4490), longitude first.
/// </summary>
public sealed record LayerDefinition
{
    /// <summary>Lower-case snake case; also the table's name in schema <c>gis</c>.</summary>
    public required string Id { get; init; }
    public required LocalText Title { get; init; }

    /// <summary>Heading of the layer list: <c>spine</c>, <c>base</c>, <c>components</c>, <c>cases</c>, <c>sensing</c>, <c>assessment</c>.</summary>
    public string Group { get; init; } = "other";
    public required GeometryKind Geometry { get; init; }

    /// <summary>Partitioned by <c>district_code</c>, which is then part of the primary key.</summary>
    public bool Partitioned { get; init; }

    /// <summary>Field that says which rows of two deliveries are the same thing.</summary>
    public required string Key { get; init; }

    /// <summary>Field shown as the feature's name.</summary>
    public string? Name { get; init; }

    /// <summary>Field holding the delivered code of the responsible department (主管部门).</summary>
    public string? DepartmentField { get; init; }

    /// <summary>How features are classed; null = they are not.</summary>
    public LayerClass? Class { get; init; }

    /// <summary>Status value that marks a feature as removed (移除); null = a removed row leaves the table for the history.</summary>
    public string? RemovedStatus { get; init; }
    public required IReadOnlyList<LayerField> Fields { get; init; }

    /// <summary>Numbers of the day's work beside how many features there are: open cases, devices that are offline.</summary>
    public IReadOnlyList<LayerFigure> Figures { get; init; } = [];
    public LayerStyle Style { get; init; } = new();
    public LayerZooms Zooms { get; init; } = new();
    public LayerAccess Access { get; init; } = new();

    public IEnumerable<LayerField> StoredFields => Fields.Where(one => one.Stored);
    public LayerField? Find(string name) => Fields.FirstOrDefault(one => one.Name == name);
}
