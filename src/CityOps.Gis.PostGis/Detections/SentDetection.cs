using CityOps.Gis.Detections;

namespace CityOps.Gis.PostGis.Detections;

/// <summary>What a recogniser sends.</summary>
/// <param name="Camera">Id of the camera.</param>
/// <param name="Id">The recogniser's own number of it: one that comes twice is one.</param>
/// <param name="Kind">Code of the list <c>detection-kinds</c>.</param>
/// <param name="Confidence">0 to 1.</param>
public sealed record SentDetection(string Camera, string Id, string Kind, DateTimeOffset At, double Confidence, PictureBox Box)
{
    /// <summary>Its name, where several watch one camera.</summary>
    public string Recogniser { get; init; } = "";

    /// <summary>Where a camera that turns looked at that moment, degrees clockwise from true north; null: as its feature says.</summary>
    public double? Direction { get; init; }

    /// <summary>Degrees; null: as its feature says.</summary>
    public double? FieldOfView { get; init; }

    /// <summary>Degrees below the horizon; null: as its feature says.</summary>
    public double? Tilt { get; init; }
}
