using CityOps.Gis.Tiling;

namespace CityOps.Gis.Tiles.Following;

/// <summary>The touched tiles of one zoom, for those who have maps open.</summary>
static class TouchedList
{
    const int Most = 4096, CoarsestZoom = 8;

    /// <summary>Tiles of the deepest zoom at which they are not too many; null = too many at any.</summary>
    public static IReadOnlyList<TileCoord>? Of(IReadOnlyList<TouchedBox> boxes)
    {
        for (var zoom = TouchedTiles.DeepestZoom; zoom >= CoarsestZoom; zoom -= 2)
            if (Tiles(boxes, zoom) is { } tiles)
                return tiles;
        return null;
    }

    static TileCoord[]? Tiles(IReadOnlyList<TouchedBox> boxes, int zoom)
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
}
