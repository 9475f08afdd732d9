using CityOps.Gis.SurveyImport.Checking;
using CityOps.Gis.SurveyImport.Mapping;

namespace CityOps.Gis.SurveyImport.Loading;

/// <summary>What a layer of a delivery is under certain settings, and how its first rows would be stored.</summary>
/// <param name="Rows">Mapped, checked and brought to EPSG:4490; null where there are none, or where their places cannot be told before a question is answered.</param>
public sealed record LayerTrial(LayerInspection Inspection, CheckedChunk? Rows);
