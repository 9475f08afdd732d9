using CityOps.Gis.Tiling;

namespace CityOps.Gis.Tiles.Following;

/// <summary>The touched tiles, for those who have maps open.</summary>
/// <param name="Tiles">Of the deepest zoom at which they are not too many.</param>
/// <param name="Beside">As in <see cref="LayerChange"/>.</param>
sealed record TouchedList(IReadOnlyList<TileCoord> Tiles, IReadOnlyList<TileCoord> Beside)
{
    const int Most = 4096, CoarsestZoom = 8;

    /// <summary>Null = too many at any zoom.</summary>
    public static TouchedList? Of(IReadOnlyList<TouchedBox> boxes)
    {
        for (var zoom = TouchedTiles.DeepestZoom; zoom >= CoarsestZoom; zoom -= 2)
            if (TilesAt(boxes, zoom) is { } tiles)
                return new(tiles, BesideOf(boxes, tiles, zoom));
        return null;
    }

    static TileCoord[]? TilesAt(IReadOnlyList<TouchedBox> boxes, int zoom)
    {
        var tiles = new HashSet<TileCoord>();
        foreach (var touched in boxes)
        {
            var range = TileRange.Of(touched.Box, zoom, withMargin: touched.IsShape);
            if (range.Count > Most)
                return null;
            tiles.UnionWith(range.Tiles());
            if (tiles.Count > Most)
                return null;
        }
        return [.. tiles];
    }

    // The margin of a tile is a share of its side, so at coarse zooms it reaches farther: a shape near an edge is in the tile across it too.
    static List<TileCoord> BesideOf(IReadOnlyList<TouchedBox> boxes, IReadOnlyList<TileCoord> tiles, int deepest)
    {
        var beside = new List<TileCoord>();
        var holders = tiles.ToHashSet();
        for (var zoom = deepest - 1; zoom >= 0; zoom--)
        {
            holders = [.. holders.Select(tile => new TileCoord(zoom, tile.X >> 1, tile.Y >> 1))];
            beside.AddRange(boxes.Where(touched => touched.IsShape).SelectMany(touched => TileRange.Of(touched.Box, zoom).Tiles()).Distinct().Where(tile => !holders.Contains(tile)));
        }
        return beside;
    }
}
