namespace CityOps.Gis.PostGis.Patrols;

/// <summary>A patrol (巡查): somebody's way from when it began to when it ended.</summary>
/// <param name="Ended">Null while it goes on.</param>
/// <param name="Meters">Length of its track; steps over a gap count for nothing.</param>
public sealed record Patrol(Guid Id, string PersonId, string Name, DateTimeOffset Begun, DateTimeOffset? Ended, double Meters);
