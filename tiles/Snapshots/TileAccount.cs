namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>What was done for a layer in a tile, for those who ask why it is slow or big.</summary>
/// <param name="Parts">Parts of the view that may hold an answer.</param>
/// <param name="Blocks">Blocks of 1,024 rows that were read, row by row or by their sums.</param>
/// <param name="Seen">Features that answer the question there.</param>
/// <param name="Drawn">Features or cells in the tile.</param>
/// <param name="IsAggregated">The tile holds cells.</param>
/// <param name="FeatureBytes">Bytes the features took when that was too much; 0 where it was not tried or was little enough.</param>
public sealed record TileAccount(string LayerId, int Parts, int Blocks, long Seen, int Drawn, bool IsAggregated, int FeatureBytes);
