using CityOps.Gis.Tiling;

namespace CityOps.Gis.Tiles.Serving;

/// <summary>What a kept tile answers: a question (its layers included), a tile, and which of its layers PostGIS answered, a bit for each.</summary>
public readonly record struct TileKey(TileQuestion Question, TileCoord Tile, int SqlLayers);
