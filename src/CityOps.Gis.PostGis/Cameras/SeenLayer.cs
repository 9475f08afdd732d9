using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Surroundings;

namespace CityOps.Gis.PostGis.Cameras;

/// <summary>What of a layer a camera sees, the nearest first.</summary>
public sealed record SeenLayer(LayerDefinition Layer, SurroundingFeatures Found);
