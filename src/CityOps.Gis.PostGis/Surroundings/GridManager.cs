namespace CityOps.Gis.PostGis.Surroundings;

/// <summary>Who looks after a management grid (管理网格).</summary>
public sealed record GridManager(SpineNode Grid, string? Name, string? Phone);
