namespace CityOps.Gis.Patrols;

/// <summary>Where somebody on patrol was at a moment, as the phone says.</summary>
/// <param name="Longitude">Degrees (EPSG:4490; phones give WGS 84, which counts as equal).</param>
/// <param name="AccuracyMeters">Radius within which the place lies with 95 % (W3C Geolocation, 5.2); null where the phone does not say.</param>
public readonly record struct TrackFix(DateTimeOffset At, double Longitude, double Latitude, double? AccuracyMeters);
