using CityOps.Gis.Detections;

namespace CityOps.Gis.PostGis.Detections;

/// <summary>A scene that a camera shows: all sightings of one thing.</summary>
/// <param name="SceneId">As people read it.</param>
/// <param name="CaseClass">Class of the case that it files, or filed.</param>
/// <param name="Confidence">Of the surest sighting, 0 to 1.</param>
/// <param name="Camera">Number of its camera's feature, whether the caller sees that or not.</param>
/// <param name="CameraTitle">Null where the caller does not see the camera.</param>
/// <param name="IsThere">As far as is known it is still to be seen.</param>
/// <param name="ClearAt">The last frame without it.</param>
/// <param name="CheckedBy">Who looked by the camera and saw that it is gone; null: a recogniser, or nobody.</param>
/// <param name="AccuracyMeters">How far off its place may be.</param>
/// <param name="Longitude">Degrees (EPSG:4490).</param>
/// <param name="Latitude">Degrees (EPSG:4490).</param>
public sealed record SeenScene(
    long Fid, string SceneId, string Kind, string? CaseClass, DetectionState State, DateTimeOffset FirstSeen, DateTimeOffset LastSeen, int Times, double Confidence, long Camera, string? CameraTitle, bool IsThere,
    DateTimeOffset? ClearAt, string? CheckedBy, DateTimeOffset? Decided, string? DecidedBy, string? Note, long? CaseFid, string? CaseNumber, double? AccuracyMeters, double Longitude, double Latitude, string? Grid)
{
    public IReadOnlyList<ScenePicture> Pictures { get; init; } = [];

    /// <summary>The surest one; null where none was sent.</summary>
    public ScenePicture? Surest => Pictures.FirstOrDefault(picture => !picture.IsLast);
}
