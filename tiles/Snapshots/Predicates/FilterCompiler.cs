using CityOps.Gis.Queries.Cql2;

namespace CityOps.Gis.Tiles.Snapshots.Predicates;

/// <summary>Forms of a filter's normal form as tests of a row or a code: true where the form is true. What they close over is made once; a call allocates nothing.</summary>
sealed class FilterCompiler(LayerSnapshot snapshot, ColumnReaders readers)
{
    public Func<int, bool> Of(CqlExpression one) => one is CqlCall call ? Of(call, isNegated: false) : throw Unexpected(one);

    Func<int, bool> Of(CqlCall call, bool isNegated) => call.Operator.Kind switch
    {
        CqlOperatorKind.Logical when call.Name == "not" => Of((CqlCall)call.Arguments[0], isNegated: true),
        CqlOperatorKind.Logical => Joined(call.Name == "and", [.. call.Arguments.Select(Of)]),
        CqlOperatorKind.Comparison => Comparison(call),
        CqlOperatorKind.In => In(call, isNegated),
        CqlOperatorKind.Like => Like(call, isNegated),
        CqlOperatorKind.IsNull => IsNull(call.Arguments[0], isNegated),
        _ => throw Unexpected(call),
    };

    static Func<int, bool> Joined(bool isAnd, Func<int, bool>[] tests) => at =>
    {
        foreach (var test in tests)
            if (test(at) != isAnd)
                return !isAnd;
        return isAnd;
    };

    Func<int, bool> Comparison(CqlCall call)
    {
        var (left, right, order) = (call.Arguments[0], call.Arguments[1], ValueOrder.Of(call.Name));
        switch (left.Type)
        {
            case CqlType.Text when readers.Text(left) is var one && readers.Text(right) is var other:
                return at => one(at, out var a) && other(at, out var b) && order.Allows(a.SequenceCompareTo(b));
            case CqlType.Number when !(IsWhole(left) && IsWhole(right)) && readers.Real(left) is var one && readers.Real(right) is var other:
                return at => one(at, out var a) && other(at, out var b) && order.Allows(a, b);
            case CqlType.Boolean when readers.Truth(left) is var one && readers.Truth(right) is var other:
                return at => one(at, out var a) && other(at, out var b) && order.Allows(a.CompareTo(b));
            default:
                var (first, second) = left.Type == CqlType.Number ? (readers.Whole(left), readers.Whole(right)) : (readers.Instant(left), readers.Instant(right));
                return at => first(at, out var a) && second(at, out var b) && order.Allows(a.CompareTo(b));
        }
    }

    Func<int, bool> In(CqlCall call, bool isNegated)
    {
        var value = call.Arguments[0];
        var items = ((CqlArray)call.Arguments[1]).Items.Cast<CqlLiteral>().ToList();
        switch (value.Type)
        {
            case CqlType.Text when readers.Text(value) is var text && new TextSet(items.Select(item => (string)item.Value)) is var texts:
                return at => text(at, out var found) && texts.Contains(found) != isNegated;
            case CqlType.Number when !(IsWhole(value) && items.TrueForAll(IsWhole)) && readers.Real(value) is var number:
                var numbers = items.Select(item => Convert.ToDouble(item.Value, System.Globalization.CultureInfo.InvariantCulture)).ToHashSet();
                return at => number(at, out var found) && numbers.Contains(found) != isNegated;
            case CqlType.Boolean when readers.Truth(value) is var truth && items.Select(item => (bool)item.Value).ToHashSet() is var truths:
                return at => truth(at, out var found) && truths.Contains(found) != isNegated;
            default:
                var whole = value.Type == CqlType.Number ? readers.Whole(value) : readers.Instant(value);
                var wholes = items.Select(item => (value.Type == CqlType.Number ? readers.Whole(item) : readers.Instant(item))(0, out var found) ? found : 0).ToHashSet();
                return at => whole(at, out var found) && wholes.Contains(found) != isNegated;
        }
    }

    Func<int, bool> Like(CqlCall call, bool isNegated)
    {
        var (text, pattern) = (readers.Text(call.Arguments[0]), new LikeTest((string)((CqlLiteral)call.Arguments[1]).Value));
        return at => text(at, out var found) && pattern.Matches(found) != isNegated;
    }

    Func<int, bool> IsNull(CqlExpression one, bool isNegated)
    {
        switch (one.Type)
        {
            case CqlType.Geometry:
                return row => row >= snapshot.Placed != isNegated;
            case CqlType.Text when readers.Text(one) is var text:
                return at => text(at, out _) == isNegated;
            case CqlType.Number when readers.Real(one) is var number:
                return at => number(at, out _) == isNegated;
            case CqlType.Boolean when readers.Truth(one) is var truth:
                return at => truth(at, out _) == isNegated;
            default:
                var instant = readers.Instant(one);
                return at => instant(at, out _) == isNegated;
        }
    }

    static bool IsWhole(CqlExpression one) => one is CqlProperty { IsInteger: true } or CqlLiteral { Value: long };

    static InvalidOperationException Unexpected(CqlExpression one) => new($"Memory was asked a filter that holds {one}; SnapshotAnswers should have left it to PostGIS.");
}
