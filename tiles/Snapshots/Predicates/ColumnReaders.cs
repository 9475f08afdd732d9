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

    public Reader<ReadOnlySpan<byte>> Text(CqlExpression one)
    {
        if (one is CqlLiteral literal)
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes((string)literal.Value);
            return (_, out value) => (value = bytes) is var _;
        }
        if (one is CqlProperty property)
            return Text(property.Name);
        var (inner, folded) = (Text(((CqlCall)one).Arguments[0]), new FoldedText());
        return (at, out value) =>
        {
            if (!inner(at, out value))
                return false;
            value = folded.Fold(value);
            return true;
        };
    }

    /// <summary>The text of a property as it is written into tiles.</summary>
    public Reader<ReadOnlySpan<byte>> Text(string name)
    {
        if (CodesOf(snapshot, name) is not { } codes)
        {
            var pool = Attribute(name).Pool!;
            return (at, out value) => (value = pool.Utf8(at)) is var _ && !pool.IsNull(at);
        }
        return byCode
            ? (at, out value) => (value = codes.Utf8(at)) is var _ && at != 0
            : (at, out value) => codes[at] is var code && (value = codes.Utf8(code)) is var _ && code != 0;
    }

    public Reader<bool> Truth(CqlExpression one)
    {
        if (one is CqlLiteral { Value: bool truth })
            return (_, out value) => (value = truth) | true;
        var column = Attribute(((CqlProperty)one).Name);
        return (at, out value) => (value = column.Boolean(at)) | !column.IsNull(at);
    }

    /// <summary>Of whole numbers.</summary>
    public Reader<long> Whole(CqlExpression one)
    {
        if (one is CqlLiteral { Value: long whole })
            return Constant(whole);
        var name = ((CqlProperty)one).Name;
        if (name == "fid")
            return (at, out value) => (value = snapshot.Fids[at]) is var _;
        var column = Attribute(name);
        return (at, out value) => (value = column.IsNull(at) ? 0 : column.Integer(at)) is var _ && !column.IsNull(at);
    }

    /// <summary>Of any numbers.</summary>
    public Reader<double> Real(CqlExpression one)
    {
        if (one is CqlLiteral literal)
            return Constant(Convert.ToDouble(literal.Value, System.Globalization.CultureInfo.InvariantCulture));
        if (one is CqlProperty { IsInteger: true } && Whole(one) is var whole)
            return (at, out value) => whole(at, out var found) & (value = found) is var _;
        if (one is CqlCall call)
            return Arithmetic(call);
        var column = Attribute(((CqlProperty)one).Name);
        return (at, out value) => (value = column.Real(at)) is var _ && !column.IsNull(at);
    }

    Reader<double> Arithmetic(CqlCall call)
    {
        var (name, left, right) = (call.Name, Real(call.Arguments[0]), Real(call.Arguments[1]));
        return (at, out value) =>
        {
            value = 0;
            if (!left(at, out var a) || !right(at, out var b) || CqlArithmetic.Of(name, a, b) is not { } result)
                return false;
            value = result;
            return true;
        };
    }

    /// <summary>Of days or moments, as PostgreSQL counts them.</summary>
    public Reader<long> Instant(CqlExpression one)
    {
        if (one is CqlLiteral literal)
            return Constant(literal.Value is DateOnly day ? CqlTimes.Days(day) : CqlTimes.Micros((DateTimeOffset)literal.Value));
        if (one is CqlCall { Arguments: [var inner] } call)
        {
            var (days, isStart) = (Instant(inner), call.Name == CqlOperator.DayStart);
            return (at, out value) => days(at, out var found) & (value = isStart ? CqlTimes.StartMicros(found) : CqlTimes.EndMicros(found)) is var _;
        }
        if (one is CqlProperty { Name: "occurred_at" })
            return (at, out value) => snapshot.Time[at] is var micros && (value = micros is KeptForEver ? long.MinValue : micros ?? 0) is var _ && micros is not null;
        var (text, isDay) = (Text(((CqlProperty)one).Name), one.Type == CqlType.Date);
        return (at, out value) =>
        {
            value = 0;
            if (!text(at, out var written))
                return false;
            value = isDay ? WrittenTime.Days(written) : WrittenTime.Micros(written);
            return true;
        };
    }

    static Reader<T> Constant<T>(T constant) => (_, out value) => (value = constant) is var _;

    AttributeColumn Attribute(string name) => snapshot.Attributes.First(one => one.Name == name);
}
