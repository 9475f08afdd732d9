using System.Globalization;
using CityOps.Gis.Queries.Cql2;

namespace CityOps.Gis.Tiles.Snapshots.Predicates;

/// <summary>
/// Readers of a filter's scalars from a snapshot's columns, by row; or by code, for an expression whose only property is one with a dictionary.
/// </summary>
sealed class ColumnReaders(LayerSnapshot snapshot, bool byCode)
{
    // "-infinity" as TimeRows keeps it.
    const long KeptForEver = TimeColumn.NoMicrosecond + 1;

    /// <summary>The dictionary that holds a property; null where it lies in the snapshot otherwise.</summary>
    public static CodeColumn? CodesOf(LayerSnapshot snapshot, string name)
        => snapshot.Codes.FirstOrDefault(one => one.Name == name) ?? snapshot.Attributes.FirstOrDefault(one => one.Name == name)?.Codes;

    public Reader<ReadOnlySpan<byte>> Text(CqlExpression one) => one switch
    {
        CqlLiteral literal => Constant((string)literal.Value),
        CqlProperty property => Text(property.Name),
        _ => Folded(Text(((CqlCall)one).Arguments[0])),
    };

    /// <summary>The text of a property as it is written into tiles.</summary>
    public Reader<ReadOnlySpan<byte>> Text(string name) => CodesOf(snapshot, name) is { } codes ? (byCode ? ByCode(codes) : ByRow(codes)) : Pooled(Attribute(name).Pool!);

    static Reader<ReadOnlySpan<byte>> ByCode(CodeColumn codes) => (code, out text) =>
    {
        text = codes.Utf8(code);
        return code != 0;
    };

    static Reader<ReadOnlySpan<byte>> ByRow(CodeColumn codes) => (row, out text) =>
    {
        var code = codes[row];
        text = codes.Utf8(code);
        return code != 0;
    };

    static Reader<ReadOnlySpan<byte>> Pooled(PooledText pool) => (row, out text) =>
    {
        text = pool.Utf8(row);
        return !pool.IsNull(row);
    };

    static Reader<ReadOnlySpan<byte>> Folded(Reader<ReadOnlySpan<byte>> inner)
    {
        var folded = new FoldedText();
        return (at, out text) =>
        {
            if (!inner(at, out text))
                return false;
            text = folded.Fold(text);
            return true;
        };
    }

    public Reader<bool> Truth(CqlExpression one)
    {
        if (one is CqlLiteral { Value: bool truth })
            return Constant(truth);
        var column = Attribute(((CqlProperty)one).Name);
        return (at, out value) =>
        {
            value = column.Boolean(at);
            return !column.IsNull(at);
        };
    }

    /// <summary>Of whole numbers.</summary>
    public Reader<long> Whole(CqlExpression one)
    {
        if (one is CqlLiteral { Value: long whole })
            return Constant(whole);
        if (one is CqlProperty { Name: "fid" })
            return (at, out value) =>
            {
                value = snapshot.Fids[at];
                return true;
            };
        var column = Attribute(((CqlProperty)one).Name);
        return (at, out value) =>
        {
            value = column.Integer(at);
            return !column.IsNull(at);
        };
    }

    /// <summary>Of any numbers.</summary>
    public Reader<double> Real(CqlExpression one)
    {
        switch (one)
        {
            case CqlLiteral literal:
                return Constant(Convert.ToDouble(literal.Value, CultureInfo.InvariantCulture));
            case CqlCall call:
                return Arithmetic(call.Name, Real(call.Arguments[0]), Real(call.Arguments[1]));
            case CqlProperty { IsInteger: true }:
                var whole = Whole(one);
                return (at, out value) =>
                {
                    var isThere = whole(at, out var found);
                    value = found;
                    return isThere;
                };
            default:
                var column = Attribute(((CqlProperty)one).Name);
                return (at, out value) =>
                {
                    value = column.Real(at);
                    return !column.IsNull(at);
                };
        }
    }

    static Reader<double> Arithmetic(string name, Reader<double> left, Reader<double> right) => (at, out value) =>
    {
        value = 0;
        if (!left(at, out var a) || !right(at, out var b) || CqlArithmetic.Of(name, a, b) is not { } result)
            return false;
        value = result;
        return true;
    };

    /// <summary>Of days or moments, as PostgreSQL counts them.</summary>
    public Reader<long> Instant(CqlExpression one) => one switch
    {
        CqlLiteral { Value: DateOnly day } => Constant(CqlTimes.Days(day)),
        CqlLiteral literal => Constant(CqlTimes.Micros((DateTimeOffset)literal.Value)),
        CqlCall { Name: CqlOperator.DayStart } call => Changed(Instant(call.Arguments[0]), CqlTimes.StartMicros),
        CqlCall call => Changed(Instant(call.Arguments[0]), CqlTimes.EndMicros),
        CqlProperty { Name: "occurred_at" } => Time(snapshot.Time),
        _ => Written(Text(((CqlProperty)one).Name), one.Type == CqlType.Date),
    };

    static Reader<long> Time(TimeColumn times) => (row, out micros) =>
    {
        var found = times[row];
        micros = found is KeptForEver ? long.MinValue : found ?? 0;
        return found is not null;
    };

    static Reader<long> Written(Reader<ReadOnlySpan<byte>> text, bool isDay) => (at, out value) =>
    {
        value = 0;
        if (!text(at, out var written))
            return false;
        value = isDay ? WrittenTime.Days(written) : WrittenTime.Micros(written);
        return true;
    };

    static Reader<long> Changed(Reader<long> days, Func<long, long> change) => (at, out micros) =>
    {
        var isThere = days(at, out var day);
        micros = change(day);
        return isThere;
    };

    static Reader<T> Constant<T>(T constant) => (_, out value) =>
    {
        value = constant;
        return true;
    };

    static Reader<ReadOnlySpan<byte>> Constant(string constant)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(constant);
        return (_, out text) =>
        {
            text = bytes;
            return true;
        };
    }

    AttributeColumn Attribute(string name) => snapshot.Attributes.First(one => one.Name == name);
}
