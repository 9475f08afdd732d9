namespace CityOps.Gis.PostGis.Devices;

/// <summary>The readings of a step of a curve.</summary>
public readonly record struct CurveStep(DateTimeOffset At, double Mean, double Least, double Most);
