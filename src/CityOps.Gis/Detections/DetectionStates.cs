namespace CityOps.Gis.Detections;

/// <summary>Codes of states as they are stored and stand in addresses.</summary>
public static class DetectionStates
{
    public static string Code(DetectionState state) => state.ToString().ToLowerInvariant();

    /// <summary>Null for what is no state.</summary>
    public static DetectionState? Find(string? code) => Enum.GetValues<DetectionState>().Cast<DetectionState?>().FirstOrDefault(state => Code(state!.Value) == code);
}
