namespace CityOps.Gis.PostGis.Patrols;

/// <summary>Where somebody of the grid staff was seen last.</summary>
/// <param name="PersonId">As the audit log keeps it.</param>
/// <param name="Longitude">Degrees (EPSG:4490).</param>
/// <param name="AccuracyMeters">Null where the phone did not say.</param>
/// <param name="Grid">Code of the unit grid; null outside of all.</param>
public sealed record OfficerPosition(string PersonId, string Name, DateTimeOffset At, double Longitude, double Latitude, double? AccuracyMeters, string? Grid);
