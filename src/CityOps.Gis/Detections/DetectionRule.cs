namespace CityOps.Gis.Detections;

/// <summary>What is done with detections of a kind (<c>detections.rule</c>).</summary>
/// <param name="Kind">Code of the list <c>detection-kinds</c>.</param>
/// <param name="CaseClass">Class of the case that a confirmed one files.</param>
/// <param name="LeastConfidence">0 to 1; what is less sure is counted and nothing else.</param>
/// <param name="MergeMinutes">One seen again so soon is the same scene,</param>
/// <param name="LeastOverlap">where the boxes' shared area is such a share of what they cover (IoU).</param>
/// <param name="GoneMinutes">Not seen for so long, it is gone; null: only a clear frame says so.</param>
public sealed record DetectionRule(string Kind, string CaseClass, double LeastConfidence, int MergeMinutes, double LeastOverlap, int? GoneMinutes, bool IsOn)
{
    /// <summary>Can the database keep it? Its constraints say the same.</summary>
    public bool IsPossible
        => CaseClass is { Length: >= 4 and <= 6 } && CaseClass.All(char.IsAsciiDigit) && LeastConfidence is >= 0 and <= 1 && MergeMinutes is >= 1 and <= 10_080
            && LeastOverlap is >= 0.01 and <= 1 && GoneMinutes is null or (>= 1 and <= 100_000);
}
