namespace CityOps.Gis.Assessment;

/// <summary>The score of numbers below a limit; of several bands the first whose limit is above the number counts.</summary>
/// <param name="AreaType">Management level of the unit grids it is for; null for those that no other band is for.</param>
/// <param name="Below">Null: whatever the number.</param>
public readonly record struct ScoreBand(string? AreaType, decimal? Below, decimal Score);
