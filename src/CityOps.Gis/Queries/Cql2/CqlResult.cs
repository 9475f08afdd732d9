namespace CityOps.Gis.Queries.Cql2;

/// <summary>A filter, or why there is none; exactly one of the two.</summary>
public sealed record CqlResult(CqlFilter? Filter, CqlFault? Fault);
