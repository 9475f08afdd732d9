using CityOps.Gis.Detections;
using CityOps.Gis.PostGis.Cases;

namespace CityOps.Gis.PostGis.Detections;

/// <summary>What a recogniser saw on a camera.</summary>
/// <param name="Camera">Number of the camera's feature.</param>
/// <param name="Recogniser">Its name; empty where there is one for the camera.</param>
/// <param name="Message">Its own number of the sighting.</param>
/// <param name="Kind">Code of the list <c>detection-kinds</c>.</param>
/// <param name="Confidence">0 to 1.</param>
public sealed record Sighting(long Camera, string Recogniser, string Message, string Kind, DateTimeOffset At, double Confidence, PictureBox Box, DetectionPlace Place)
{
    /// <summary>Null where none was sent.</summary>
    public NewPhoto? Picture { get; init; }
}
