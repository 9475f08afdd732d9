using CityOps.Gis.Layers;

namespace CityOps.Gis.PostGis.Detections;

/// <summary>Why a decision about a scene is not taken.</summary>
/// <param name="Code">Stable.</param>
public sealed record DetectionRefusal(string Code, LocalText Sentence);
