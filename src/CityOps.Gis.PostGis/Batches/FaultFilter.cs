namespace CityOps.Gis.PostGis.Batches;

/// <summary>Which faults of a batch are meant; null = all.</summary>
/// <param name="Severity"><c>error</c>, <c>warning</c> or <c>note</c>.</param>
/// <param name="Words">Part of a value, a field or the row's layer.</param>
public sealed record FaultFilter(string? Code = null, string? Severity = null, string? SourceLayer = null, long? Row = null, string? Words = null);
