namespace CityOps.Gis.Assessment;

/// <summary>An indicator of something in a period.</summary>
/// <param name="Score">Null: not rated.</param>
/// <param name="Weight">Percent, as it was then.</param>
public readonly record struct Figure(string Indicator, long Counted, long Of, decimal? Score, decimal Weight);
