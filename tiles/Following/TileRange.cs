using CityOps.Gis.PostGis;
using CityOps.Gis.Tiles.Snapshots;
using CityOps.Gis.Tiling;

namespace CityOps.Gis.Tiles.Following;

/// <summary>The tiles of a zoom that meet a box with the margin that tiles show of shapes beyond their edges (<see cref="TileQuery.Buffer"/>).</summary>
readonly record struct TileRange(int Zoom, int Left, int Top, int Right, int Bottom)
{
    public long Count => (Right - Left + 1L) * (Bottom - Top + 1L);

    public static TileRange Of(WorldBox box, int zoom, bool withMargin = true)
    {
        var side = 1L << 32 - zoom;
        var margin = withMargin ? side * TileQuery.Buffer / TileQuery.Extent : 0;
        int Tile(long unit) => (int)(Math.Clamp(unit, 0, uint.MaxValue) >> 32 - zoom);
        return new(zoom, Tile(box.MinX - margin), Tile(box.MinY - margin), Tile(box.MaxX + margin), Tile(box.MaxY + margin));
    }

    public IEnumerable<TileCoord> Tiles()
    {
        for (var y = Top; y <= Bottom; y++)
            for (var x = Left; x <= Right; x++)
                yield return new(Zoom, x, y);
    }
}
