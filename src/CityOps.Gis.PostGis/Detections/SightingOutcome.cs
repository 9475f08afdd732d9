namespace CityOps.Gis.PostGis.Detections;

/// <summary>What became of a sighting.</summary>
/// <param name="Scene">Number of the scene's feature; null where it was dropped.</param>
/// <param name="Outcome"><c>new</c>, <c>merged</c>, <c>repeated</c> (it came before) or <c>dropped</c>.</param>
public readonly record struct SightingOutcome(long? Scene, string Outcome)
{
    public bool IsFresh => Outcome is "new" or "merged";
}
