using System.Collections.Frozen;

namespace CityOps.Gis.Queries.Cql2;

/// <summary>An operator of CQL2 (OGC 21-065r2, clauses 6 and 7).</summary>
/// <param name="Name">As in CQL2 JSON: <c>and</c>, <c>=</c>, <c>isNull</c>, <c>s_intersects</c>. In CQL2 text names are written in capitals.</param>
/// <param name="Least">Fewest operands.</param>
/// <param name="Most">Most operands.</param>
public sealed record CqlOperator(string Name, CqlOperatorKind Kind, int Least, int Most)
{
    public const string DayStart = "first moment of", DayEnd = "last moment of";

    static readonly FrozenDictionary<string, CqlOperator> Known = new[]
    {
        Of(CqlOperatorKind.Logical, 2, int.MaxValue, "and", "or"),
        Of(CqlOperatorKind.Logical, 1, 1, "not"),
        Of(CqlOperatorKind.Comparison, 2, 2, "=", "<>", "<", ">", "<=", ">="),
        Of(CqlOperatorKind.Like, 2, 2, "like"),
        Of(CqlOperatorKind.Between, 3, 3, "between"),
        Of(CqlOperatorKind.In, 2, 2, "in"),
        Of(CqlOperatorKind.IsNull, 1, 1, "isNull"),
        Of(CqlOperatorKind.Arithmetic, 2, 2, "+", "-", "*", "/", "%", "div", "^"),
        Of(CqlOperatorKind.Character, 1, 1, "casei", "accenti"),
        Of(CqlOperatorKind.Spatial, 2, 2, "s_intersects", "s_disjoint", "s_within", "s_contains", "s_touches", "s_crosses", "s_overlaps", "s_equals"),
        Of(CqlOperatorKind.Temporal, 2, 2, "t_after", "t_before", "t_contains", "t_disjoint", "t_during", "t_equals", "t_finishedBy", "t_finishes", "t_intersects",
            "t_meets", "t_metBy", "t_overlappedBy", "t_overlaps", "t_startedBy", "t_starts"),
        Of(CqlOperatorKind.Array, 2, 2, "a_equals", "a_contains", "a_containedBy", "a_overlaps"),
        Of(CqlOperatorKind.Moment, 1, 1, DayStart, DayEnd),
    }.SelectMany(group => group).ToFrozenDictionary(one => one.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The operator of a name in any case; a <see cref="CqlOperatorKind.Function"/> where the language has none.</summary>
    public static CqlOperator Of(string name) => Known.GetValueOrDefault(name) ?? new(name, CqlOperatorKind.Function, 0, int.MaxValue);

    /// <summary>What a name before a bracket means in CQL2 text, where <c>isNull</c> and the like are no functions.</summary>
    public static CqlOperator OfFunction(string name) => Of(name) is { IsFunction: true } known ? known : new(name, CqlOperatorKind.Function, 0, int.MaxValue);

    /// <summary>Names that a caller may write, for sentences.</summary>
    public static IEnumerable<string> Functions
        => Known.Values.Where(one => one.Kind is CqlOperatorKind.Spatial or CqlOperatorKind.Temporal or CqlOperatorKind.Array).Select(one => one.Name.ToUpperInvariant())
            .Append("CASEI").Order(StringComparer.Ordinal);

    /// <summary>Written as a call, <c>NAME(operand, operand)</c>.</summary>
    public bool IsFunction => Kind is CqlOperatorKind.Character or CqlOperatorKind.Spatial or CqlOperatorKind.Temporal or CqlOperatorKind.Array or CqlOperatorKind.Function;

    static IEnumerable<CqlOperator> Of(CqlOperatorKind kind, int least, int most, params string[] names) => names.Select(name => new CqlOperator(name, kind, least, most));
}
