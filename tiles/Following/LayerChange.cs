using CityOps.Gis.Tiling;

namespace CityOps.Gis.Tiles.Following;

/// <summary>What open maps are told after a change is visible.</summary>
/// <param name="Version">Number of the change, as in <see cref="TouchedTiles"/>.</param>
/// <param name="Tiles">The touched tiles, of one zoom; null = all of the layer.</param>
public sealed record LayerChange(string LayerId, long Version, IReadOnlyList<TileCoord>? Tiles);
