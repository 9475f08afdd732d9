namespace CityOps.Gis.PostGis.Devices;

/// <summary>A quantity over a time, in equal steps; a step without readings is left out.</summary>
public sealed record DeviceCurve(TimeSpan Step, IReadOnlyList<CurveStep> Steps);
