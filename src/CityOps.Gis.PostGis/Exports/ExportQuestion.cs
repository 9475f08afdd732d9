using CityOps.Gis.Layers;
using CityOps.Gis.Queries;

namespace CityOps.Gis.PostGis.Exports;

/// <summary>Which rows of a layer are wanted.</summary>
/// <param name="Limit">At most so many, those with the lowest numbers; null = all.</param>
public sealed record ExportQuestion(LayerDefinition Layer, FeatureQuery Query, long? Limit = null);
