namespace CityOps.Gis.PostGis.Cameras;

/// <summary>A camera of a plan.</summary>
/// <param name="Camera">Number of its feature.</param>
/// <param name="Seconds">How long it is shown.</param>
public readonly record struct PlanStop(long Camera, int Seconds);
