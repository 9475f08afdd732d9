namespace CityOps.Gis.PostGis.Patrols;

/// <summary>How much of a unit grid was patrolled on a day (覆盖率).</summary>
/// <param name="Share">Of its area within 30 m of a track, 0 to 1, in the city's projected system.</param>
/// <param name="Minutes">That people were inside, added up.</param>
/// <param name="People">Whose track came near to it.</param>
/// <param name="First">First point inside; null where tracks only passed by.</param>
public sealed record GridCoverage(string Code, string? Name, double Share, double Minutes, double Meters, int People, DateTimeOffset? First, DateTimeOffset? Last);
