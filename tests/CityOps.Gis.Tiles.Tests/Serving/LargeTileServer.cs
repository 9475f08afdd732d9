using CityOps.Gis.Tests.Tiles.Snapshots;

namespace CityOps.Gis.Tests.Tiles.Serving;

/// <summary><see cref="TileServer"/> over the components of <see cref="LargeLayer"/>.</summary>
public sealed class LargeTileServer() : TileServer(new LargeLayer());
