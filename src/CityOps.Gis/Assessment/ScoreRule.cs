namespace CityOps.Gis.Assessment;

/// <summary>How the numbers of an indicator become a score of 0 to 100.</summary>
public enum ScoreRule
{
    /// <summary>The share × 100.</summary>
    Rate,

    /// <summary>(1 − the share) × 100.</summary>
    Inverse,

    /// <summary>By the number alone; see <see cref="ScoreBand"/>.</summary>
    Bands,
}
