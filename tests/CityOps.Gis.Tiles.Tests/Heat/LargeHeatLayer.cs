using CityOps.Gis.Tests.Tiles.Snapshots;

namespace CityOps.Gis.Tests.Tiles.Heat;

/// <summary><see cref="HeatLayer"/> with the components of <see cref="LargeLayer"/>.</summary>
public sealed class LargeHeatLayer() : HeatLayer(new LargeLayer());
