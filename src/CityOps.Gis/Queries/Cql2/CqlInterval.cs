namespace CityOps.Gis.Queries.Cql2;

/// <summary>A span of time between two days or moments, both within it.</summary>
/// <param name="Start">A literal or a property; null = since ever (<c>'..'</c>).</param>
/// <param name="End">A literal or a property; null = for ever (<c>'..'</c>).</param>
public sealed record CqlInterval(CqlExpression? Start, CqlExpression? End, int Offset = 0) : CqlExpression(Offset)
{
    public override CqlType Type => CqlType.Interval;
}
