namespace CityOps.Gis.PostGis.Collections;

/// <summary>How many features answer a question.</summary>
/// <param name="IsExact">False for an estimate, which is made where counting would hold an answer up.</param>
public readonly record struct MatchCount(long Number, bool IsExact);
