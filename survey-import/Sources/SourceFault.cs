using CityOps.Gis.Layers;

namespace CityOps.Gis.SurveyImport.Sources;

/// <summary>Why a file of a delivery cannot be read.</summary>
/// <param name="Code">Stable code, such as <c>SHX_MISSING</c>.</param>
/// <param name="File">File within the delivery.</param>
public sealed record SourceFault(string Code, string File, LocalText Message);
