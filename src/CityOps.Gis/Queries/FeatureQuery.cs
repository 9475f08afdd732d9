using CityOps.Gis.Access;
using CityOps.Gis.Queries.Cql2;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.Queries;

/// <summary>
/// The one question that tiles, lists, counts, heat maps and exports ask of a layer. An empty part does not restrict; parts are joined by "and".
/// Codes of departments include their children. A value: equal where <see cref="FeatureQueryText.Format"/> and the scope are.
/// </summary>
public sealed record FeatureQuery(string LayerId)
{
    // Of the flow in which the question is made: what is made of it later, elsewhere, is asked for the same caller.
    readonly Caller _caller = Caller.Current;

    /// <summary>Only <see cref="Of"/> makes another layer's question of this one: the scope goes with the layer.</summary>
    public string LayerId { get; private init; } = LayerId;

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

    /// <summary>Polygon or multipolygon in degrees (EPSG:4490); features that intersect it.</summary>
    public Geometry? Polygon { get; init; }

    /// <summary>Features no farther from a place than so many metres.</summary>
    public NearPlace? Near { get; init; }

    /// <summary>Words separated by blanks; each must occur in some searchable field, without case (<see cref="CaseFolding"/>).</summary>
    public string? Text { get; init; }

    /// <summary>Checked against this very layer.</summary>
    public CqlFilter? Filter { get; init; }

    /// <summary>The layer as it stood then, from its table and its history.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>What the caller may see; null = everything. It is the caller's of the flow in which the question is made, so that no question can forget it; never part of a URL.</summary>
    public JurisdictionScope? Scope { get; init; } = Caller.Current.ScopeOn(LayerId);

    /// <summary>Nothing is asked for: all features that are not removed.</summary>
    public bool IsWhole
        => Districts.Count + Subdistricts.Count + Communities.Count + Grids.Count + Departments.Count + Classes.Count + Statuses.Count == 0
            && From is null && To is null && Box is null && Polygon is null && Near is null && Text is null && Filter is null && AsOf is null && Scope is null;

    /// <summary>The same asked of another layer, within the scope that holds there: one that everybody sees has none, and gives none away.</summary>
    public FeatureQuery Of(string layerId) => this with { LayerId = layerId, Scope = _caller.ScopeOn(layerId) };

    /// <summary>The words of <see cref="Text"/>.</summary>
    public IReadOnlyList<string> Words => Text?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];

    public bool Equals(FeatureQuery? other) => ReferenceEquals(this, other) || (other is not null && Canonical() == other.Canonical());

    public override int GetHashCode() => Canonical().GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Canonical();

    string Canonical() => $"{LayerId}?{FeatureQueryText.Format(this)}{(Scope is null ? "" : $" in {Scope}")}";
}
