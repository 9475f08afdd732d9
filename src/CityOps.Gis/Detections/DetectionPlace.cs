namespace CityOps.Gis.Detections;

/// <summary>Where a detection lies.</summary>
/// <param name="Longitude">Degrees (EPSG:4490).</param>
/// <param name="Latitude">Degrees (EPSG:4490).</param>
/// <param name="AccuracyMeters">How far off the place may be (about two times out of three).</param>
public readonly record struct DetectionPlace(double Longitude, double Latitude, double AccuracyMeters, PlacingMethod Method);
