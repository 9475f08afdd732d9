namespace CityOps.Gis.Queries.Cql2;

/// <summary>Several values: the list of <c>IN</c>, an operand of the array functions.</summary>
public sealed record CqlArray(IReadOnlyList<CqlExpression> Items, int Offset = 0) : CqlExpression(Offset)
{
    public override CqlType Type => CqlType.List;
}
