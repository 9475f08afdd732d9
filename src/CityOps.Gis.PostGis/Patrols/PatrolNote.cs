namespace CityOps.Gis.PostGis.Patrols;

/// <summary>A record of a patrol (巡查记录): what was found at a place that is no case.</summary>
/// <param name="Longitude">Degrees (EPSG:4490).</param>
/// <param name="Grid">Code of the unit grid; null outside of all.</param>
public sealed record PatrolNote(Guid Id, Guid? Patrol, string PersonId, string Name, DateTimeOffset At, double Longitude, double Latitude, string? Grid, string Note);
