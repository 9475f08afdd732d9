namespace CityOps.Gis.Queries;

/// <summary>
/// The one question that tiles, lists, counts, heat maps and exports ask of a layer. An empty part does not restrict.
/// Codes of departments include their children.
/// </summary>
public sealed record FeatureQuery(string LayerId)
{
    public IReadOnlyList<string> Districts { get; init; } = [];
    public IReadOnlyList<string> Subdistricts { get; init; } = [];
    public IReadOnlyList<string> Communities { get; init; } = [];
    public IReadOnlyList<string> Grids { get; init; } = [];
    public IReadOnlyList<string> Departments { get; init; } = [];

    /// <summary>Class codes or majors (a code's leading two digits).</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];
    public IReadOnlyList<string> Statuses { get; init; } = [];

    /// <summary>Half-open interval on the layer's time field: <c>From ≤ occurred_at &lt; To</c>.</summary>
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? To { get; init; }

    /// <summary>West, south, east, north in degrees (EPSG:4490).</summary>
    public (double West, double South, double East, double North)? Box { get; init; }

    /// <summary>Nothing is asked for: all features that are not removed.</summary>
    public bool IsWhole
        => Districts.Count + Subdistricts.Count + Communities.Count + Grids.Count + Departments.Count + Classes.Count + Statuses.Count == 0
            && From is null && To is null && Box is null;
}
