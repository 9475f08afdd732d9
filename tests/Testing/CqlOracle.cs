using CityOps.Gis.Queries;
using CityOps.Gis.Queries.Cql2;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.Testing;

/// <summary>
/// What a filter says of a feature, by the book: three truths, the tree as it was written, no normal form, no columns. Slow and plain, so that it can be wrong only by
/// itself.
/// </summary>
public static class CqlOracle
{
    const long DayMicros = 86_400_000_000;

    /// <summary>True, false, or null for unknown.</summary>
    public static bool? Truth(CqlExpression one, IReadOnlyDictionary<string, object?> row)
    {
        if (one is not CqlCall call)
            return Value(one, row) as bool?;
        bool? Of(int at) => Truth(call.Arguments[at], row);
        switch (call.Operator.Kind)
        {
            case CqlOperatorKind.Logical when call.Name == "not":
                return !Of(0);
            case CqlOperatorKind.Logical:
                var truths = call.Arguments.Select(operand => Truth(operand, row)).ToList();
                return call.Name == "and"
                    ? truths.Contains(false) ? false : truths.Contains(null) ? null : true
                    : truths.Contains(true) ? true : truths.Contains(null) ? null : false;
            case CqlOperatorKind.Comparison when call.Arguments[0].Type == CqlType.Boolean:
                return Of(0) is { } left && Of(1) is { } right ? Is(call.Name, left.CompareTo(right)) : null;
            case CqlOperatorKind.Comparison:
                return Compare(call.Name, Value(call.Arguments[0], row), Value(call.Arguments[1], row));
            case CqlOperatorKind.Between:
                return And(Compare(">=", Value(call.Arguments[0], row), Value(call.Arguments[1], row)), Compare("<=", Value(call.Arguments[0], row), Value(call.Arguments[2], row)));
            case CqlOperatorKind.In:
                var found = ((CqlArray)call.Arguments[1]).Items.Select(item => Compare("=", Value(call.Arguments[0], row), Value(item, row))).ToList();
                return found.Contains(true) ? true : found.Contains(null) ? null : false;
            case CqlOperatorKind.Like:
                return Value(call.Arguments[0], row) is string text ? Like(Runes(text), Runes((string)Value(call.Arguments[1], row)!)) : null;
            case CqlOperatorKind.IsNull:
                return Value(call.Arguments[0], row) is null or Geometry { IsEmpty: true };
            case CqlOperatorKind.Spatial:
                return Value(call.Arguments[0], row) is Geometry { IsEmpty: false } place && Value(call.Arguments[1], row) is Geometry { IsEmpty: false } other ? Related(call.Name, place, other) : null;
            case CqlOperatorKind.Temporal:
                return Temporal(call, row);
            default:
                return Value(call.Arguments[0], row) is string[] list && Value(call.Arguments[1], row) is string[] list2 ? Listed(call.Name, list.ToHashSet(), list2.ToHashSet()) : null;
        }
    }

    static object? Value(CqlExpression one, IReadOnlyDictionary<string, object?> row) => one switch
    {
        CqlLiteral literal => literal.Value,
        CqlProperty property => row.GetValueOrDefault(property.Name),
        CqlGeometry geometry => geometry.Place,
        CqlArray array => array.Items.Select(item => (string)((CqlLiteral)item).Value).ToArray(),
        CqlCall { Name: "casei" } call => Value(call.Arguments[0], row) is string text ? CaseFolding.Fold(text) : null,
        CqlCall { Operator.Kind: CqlOperatorKind.Arithmetic } call => Number(call.Arguments[0], row) is { } a && Number(call.Arguments[1], row) is { } b ? CqlArithmetic.Of(call.Name, a, b) : null,
        _ => Truth(one, row),
    };

    static double? Number(CqlExpression one, IReadOnlyDictionary<string, object?> row) => Value(one, row) switch { long whole => whole, double real => real, _ => null };

    static bool? Compare(string comparison, object? one, object? other) => (one, other) switch
    {
        (null, _) or (_, null) => null,
        (string a, string b) => Is(comparison, System.Text.Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(b))),
        (long a, long b) => Is(comparison, a.CompareTo(b)),
        (DateOnly a, DateOnly b) => Is(comparison, a.CompareTo(b)),
        (bool a, bool b) => Is(comparison, a.CompareTo(b)),
        (DateOnly or DateTimeOffset, _) => Is(comparison, Start(one).CompareTo(Start(other))),
        _ => Is(comparison, Order(Convert.ToDouble(one, null), Convert.ToDouble(other, null))),
    };

    // PostgreSQL puts what is no number above all numbers.
    static int Order(double one, double other) => double.IsNaN(one) || double.IsNaN(other) ? double.IsNaN(one).CompareTo(double.IsNaN(other)) : one.CompareTo(other) is var order && one == other ? 0 : order;

    static bool Is(string comparison, int order) => comparison switch { "=" => order == 0, "<>" => order != 0, "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 };

    static bool? And(params bool?[] truths) => truths.Contains(false) ? false : truths.Contains(null) ? null : true;

    static int[] Runes(string text) => [.. text.EnumerateRunes().Select(rune => rune.Value)];

    static bool Like(ReadOnlySpan<int> text, ReadOnlySpan<int> pattern)
    {
        if (pattern.Length == 0)
            return text.Length == 0;
        if (pattern[0] == '%')
        {
            for (var skip = 0; skip <= text.Length; skip++)
                if (Like(text[skip..], pattern[1..]))
                    return true;
            return false;
        }
        if (text.Length == 0)
            return false;
        return pattern[0] == '\\' ? text[0] == pattern[1] && Like(text[1..], pattern[2..]) : (pattern[0] == '_' || pattern[0] == text[0]) && Like(text[1..], pattern[1..]);
    }

    static bool Related(string name, Geometry place, Geometry other) => name switch
    {
        "s_intersects" => place.Intersects(other),
        "s_disjoint" => !place.Intersects(other),
        "s_within" => place.Within(other),
        "s_contains" => place.Contains(other),
        "s_touches" => place.Touches(other),
        "s_crosses" => place.Crosses(other),
        "s_overlaps" => place.Overlaps(other),
        _ => place.EqualsTopologically(other),
    };

    static bool Listed(string name, HashSet<string> one, HashSet<string> other) => name switch
    {
        "a_contains" => one.IsSupersetOf(other),
        "a_containedBy" => one.IsSubsetOf(other),
        "a_overlaps" => one.Overlaps(other),
        _ => one.SetEquals(other),
    };

    static bool? Temporal(CqlCall call, IReadOnlyDictionary<string, object?> row)
    {
        var ((s1, e1), (s2, e2)) = (Span(call.Arguments[0], row), Span(call.Arguments[1], row));
        // Days among themselves are compared as days.
        var areDays = !Types(call).Contains(CqlType.Timestamp);
        bool? Lt(long? a, long? b) => a is null || b is null ? null : a < b;
        bool? Eq(long? a, long? b) => a is null || b is null ? null : a == b;
        (e1, e2) = areDays ? (Day(e1), Day(e2)) : (e1, e2);
        (s1, s2) = areDays ? (Day(s1), Day(s2)) : (s1, s2);
        return call.Name switch
        {
            "t_after" => Lt(e2, s1),
            "t_before" => Lt(e1, s2),
            "t_contains" => And(Lt(s1, s2), Lt(e2, e1)),
            "t_disjoint" => !And(!Lt(e1, s2), !Lt(e2, s1)),
            "t_during" => And(Lt(s2, s1), Lt(e1, e2)),
            "t_equals" => And(Eq(s1, s2), Eq(e1, e2)),
            "t_finishedBy" => And(Lt(s1, s2), Eq(e1, e2)),
            "t_finishes" => And(Lt(s2, s1), Eq(e1, e2)),
            "t_intersects" => And(!Lt(e1, s2), !Lt(e2, s1)),
            "t_meets" => Eq(e1, s2),
            "t_metBy" => Eq(s1, e2),
            "t_overlappedBy" => And(Lt(s2, s1), Lt(s1, e2), Lt(e2, e1)),
            "t_overlaps" => And(Lt(s1, s2), Lt(s2, e1), Lt(e1, e2)),
            "t_startedBy" => And(Eq(s1, s2), Lt(e2, e1)),
            _ => And(Eq(s1, s2), Lt(e1, e2)),
        };
    }

    // First and last microsecond.
    static (long?, long?) Span(CqlExpression one, IReadOnlyDictionary<string, object?> row)
        => one is CqlInterval interval
            ? (interval.Start is null ? long.MinValue : Begin(Value(interval.Start, row)), interval.End is null ? long.MaxValue : End(Value(interval.End, row)))
            : (Begin(Value(one, row)), End(Value(one, row)));

    static long? Begin(object? value) => value is null ? null : Start(value);

    static long Start(object? value) => value switch
    {
        DateOnly day when day == DateOnly.MaxValue => long.MaxValue,
        DateOnly day when day.DayNumber <= 1 => long.MinValue,
        DateOnly day => (long)day.DayNumber * DayMicros - 8 * 3_600_000_000L,
        DateTimeOffset moment when moment == DateTimeOffset.MaxValue => long.MaxValue,
        DateTimeOffset moment when moment == DateTimeOffset.MinValue => long.MinValue,
        DateTimeOffset moment => moment.UtcTicks / 10,
        _ => 0,
    };

    static long? End(object? value) => value is DateOnly && Start(value) is not (long.MaxValue or long.MinValue) and var start ? start + DayMicros - 1 : value is null ? null : Start(value);

    static long? Day(long? micros) => micros is null or long.MinValue or long.MaxValue ? micros : (micros.Value + 8 * 3_600_000_000L) / DayMicros;

    static IEnumerable<CqlType> Types(CqlExpression one) => one switch
    {
        CqlInterval interval => new[] { interval.Start, interval.End }.OfType<CqlExpression>().Select(end => end.Type),
        CqlCall call => call.Arguments.SelectMany(Types),
        _ => [one.Type],
    };
}
