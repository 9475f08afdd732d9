using CityOps.Gis.Layers;

namespace CityOps.Gis.SurveyImport.Mapping;

/// <summary>Where a layer's field gets its values from.</summary>
/// <param name="Column">Index of the delivered column; null = none.</param>
/// <param name="Constant">Value where the column has none.</param>
/// <param name="Values">Delivered value → value to store; null = as delivered.</param>
/// <param name="By">How the column was recognised.</param>
public sealed record FieldMapping(LayerField Field, int? Column, string? Constant, IReadOnlyDictionary<string, string>? Values, MappedBy By);
