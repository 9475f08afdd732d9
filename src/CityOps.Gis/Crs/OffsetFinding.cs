namespace CityOps.Gis.Crs;

/// <summary>Whether delivered points carry a web map's shift against points already known.</summary>
/// <param name="RawMeters">Median distance as delivered.</param>
/// <param name="CorrectedMeters">Median distance after the shift is taken out; equal to <paramref name="RawMeters"/> when none was
/// found.</param>
public sealed record OffsetFinding(MapOffset Offset, int Pairs, double RawMeters, double CorrectedMeters);
