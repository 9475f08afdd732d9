using CityOps.Gis.Detections;

namespace CityOps.Gis.PostGis.Detections;

/// <summary>Which scenes somebody asks for; an empty part does not restrict.</summary>
/// <param name="State">Rejected ones come only where they are asked for.</param>
/// <param name="Kind">Code of the list <c>detection-kinds</c>.</param>
/// <param name="Camera">Number of the camera's feature.</param>
public sealed record DetectionQuestion(DetectionState? State = null, string? Kind = null, long? Camera = null);
