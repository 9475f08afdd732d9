namespace CityOps.Gis.PostGis.Batches;

/// <summary>A refused row as it waits.</summary>
/// <param name="Record">JSON object of the delivered values by the delivered field names.</param>
/// <param name="GeoJson">Its geometry in EPSG:4490, where it has a usable one.</param>
/// <param name="Mended">What a person made of it, see <c>cityops.quarantine</c>; null = nothing yet.</param>
/// <param name="State"><c>waiting</c>, <c>mended</c>, <c>resent</c> or <c>dropped</c>.</param>
public sealed record QuarantinedRow(string SourceLayer, long Row, string Record, string? GeoJson, string? Mended, string State);
