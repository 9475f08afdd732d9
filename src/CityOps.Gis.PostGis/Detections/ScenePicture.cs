using CityOps.Gis.Detections;

namespace CityOps.Gis.PostGis.Detections;

/// <summary>A picture of a scene; its bytes <see cref="DetectionList.Picture"/> gives.</summary>
/// <param name="IsLast">The last one, not the surest.</param>
/// <param name="Width">Pixels.</param>
public sealed record ScenePicture(bool IsLast, DateTimeOffset At, double Confidence, PictureBox Box, int Width, int Height);
