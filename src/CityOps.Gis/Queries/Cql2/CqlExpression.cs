namespace CityOps.Gis.Queries.Cql2;

/// <summary>A node of a filter's tree. It mirrors CQL2's JSON: calls of operators over literals and properties (OGC 21-065r2, annex B.3).</summary>
/// <param name="Offset">Where it begins in the text it was read from, in characters.</param>
public abstract record CqlExpression(int Offset)
{
    public abstract CqlType Type { get; }
}
