namespace CityOps.Gis.Queries.Cql2;

/// <summary>
/// Temporal functions as comparisons of the ends of two spans (OGC 21-065r2, table 8, after Allen 1983). An instant is a span whose ends are one; beside moments a day is
/// the span from its first to its last microsecond in Beijing.
/// </summary>
static class CqlAllen
{
    public static CqlExpression Compared(CqlCall call)
    {
        var (one, other) = (call.Arguments[0], call.Arguments[1]);
        var areDays = !HasMoment(one) && !HasMoment(other);
        var ((start, end), (start2, end2)) = (Span(one, areDays), Span(other, areDays));
        return call.Name switch
        {
            "t_after" => Is(start, ">", end2),
            "t_before" => Is(end, "<", start2),
            "t_contains" => All(Is(start, "<", start2), Is(end, ">", end2)),
            "t_disjoint" => new CqlCall("or", Is(end, "<", start2), Is(start, ">", end2)),
            "t_during" => All(Is(start, ">", start2), Is(end, "<", end2)),
            "t_equals" => All(Is(start, "=", start2), Is(end, "=", end2)),
            "t_finishedBy" => All(Is(start, "<", start2), Is(end, "=", end2)),
            "t_finishes" => All(Is(start, ">", start2), Is(end, "=", end2)),
            "t_intersects" => All(Is(start, "<=", end2), Is(end, ">=", start2)),
            "t_meets" => Is(end, "=", start2),
            "t_metBy" => Is(start, "=", end2),
            "t_overlappedBy" => All(Is(start, ">", start2), Is(start, "<", end2), Is(end, ">", end2)),
            "t_overlaps" => All(Is(start, "<", start2), Is(end, ">", start2), Is(end, "<", end2)),
            "t_startedBy" => All(Is(start, "=", start2), Is(end, ">", end2)),
            _ => All(Is(start, "=", start2), Is(end, "<", end2)),
        };
    }

    /// <summary>A day's first moment; a moment as it is.</summary>
    public static CqlExpression FirstMoment(CqlExpression one) => one switch
    {
        { Type: not CqlType.Date } => one,
        CqlLiteral { Value: DateOnly day } => new CqlLiteral(CqlTimes.Start(day), one.Offset),
        _ => new CqlCall(CqlOperator.DayStart, one),
    };

    static CqlExpression LastMoment(CqlExpression one) => one switch
    {
        { Type: not CqlType.Date } => one,
        CqlLiteral { Value: DateOnly day } => new CqlLiteral(CqlTimes.End(day), one.Offset),
        _ => new CqlCall(CqlOperator.DayEnd, one),
    };

    static bool HasMoment(CqlExpression one)
        => one is CqlInterval interval ? interval.Start?.Type == CqlType.Timestamp || interval.End?.Type == CqlType.Timestamp : one.Type == CqlType.Timestamp;

    static (CqlExpression Start, CqlExpression End) Span(CqlExpression one, bool areDays)
    {
        var (start, end) = one is CqlInterval interval
            ? (interval.Start ?? new CqlLiteral(areDays ? DateOnly.MinValue : DateTimeOffset.MinValue), interval.End ?? new CqlLiteral(areDays ? DateOnly.MaxValue : DateTimeOffset.MaxValue))
            : (one, one);
        return areDays ? (start, end) : (FirstMoment(start), LastMoment(end));
    }

    static CqlCall Is(CqlExpression left, string comparison, CqlExpression right) => new(comparison, left, right);

    static CqlCall All(params CqlExpression[] conditions) => new("and", conditions);
}
