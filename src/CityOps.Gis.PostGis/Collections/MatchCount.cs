namespace CityOps.Gis.PostGis.Collections;

/// <summary>How many features answer a question.</summary>
/// <param name="IsExact">False for an estimate, which is made where counting would hold an answer up.</param>
public readonly record struct MatchCount(long Number, bool IsExact)
{
    /// <summary>It took too long to count, and no estimate may be told.</summary>
    public static readonly MatchCount Unknown = new(-1, false);

    public bool IsKnown => Number >= 0;
}
