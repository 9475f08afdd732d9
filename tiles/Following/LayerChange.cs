using CityOps.Gis.Tiling;

namespace CityOps.Gis.Tiles.Following;

/// <summary>What open maps are told after a change is visible.</summary>
/// <param name="Version">Number of the change, as in <see cref="TouchedTiles"/>.</param>
/// <param name="Tiles">The touched tiles, of one zoom, which stand for those that hold them and those they hold; null = all of the layer.</param>
/// <param name="Beside">Touched tiles of coarser zooms that hold none of these: they show a shape only beyond their edge. They stand for themselves.</param>
public sealed record LayerChange(string LayerId, long Version, IReadOnlyList<TileCoord>? Tiles, IReadOnlyList<TileCoord>? Beside = null);
