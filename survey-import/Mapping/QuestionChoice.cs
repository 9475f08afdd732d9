using CityOps.Gis.Layers;

namespace CityOps.Gis.SurveyImport.Mapping;

/// <summary>A possible answer.</summary>
/// <param name="Value">What the settings hold for it: a column, <c>EPSG:4548</c>, <c>gcj02</c>, …</param>
public sealed record QuestionChoice(string Value, LocalText Text);
