using CityOps.Gis.Layers;

namespace CityOps.Gis.SurveyImport.Encodings;

/// <summary>A text that was decoded wrongly before it reached us (乱码).</summary>
/// <param name="Probably">What it probably was, or null where the bytes are lost.</param>
public sealed record MojibakeFinding(string? Probably, LocalText Message);
