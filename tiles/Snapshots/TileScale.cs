using CityOps.Gis.Tiling;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>World units to units of a tile that is cut into 2^bits a side; deep zooms are finer than the world units, which then start a unit.</summary>
readonly struct TileScale
{
    readonly int _down, _up;
    readonly long _left, _top;

    public TileScale(TileCoord tile, int bits)
    {
        var shift = 32 - tile.Zoom - bits;
        (_down, _up) = (Math.Max(shift, 0), Math.Max(-shift, 0));
        (_left, _top) = ((long)tile.X << bits, (long)tile.Y << bits);
    }

    public int X(uint world) => (int)(((long)world >> _down << _up) - _left);

    public int Y(uint world) => (int)(((long)world >> _down << _up) - _top);

    /// <summary>Places as x0, y0, x1, y1… in units of the tile.</summary>
    public void Pack(ReadOnlySpan<uint> x, ReadOnlySpan<uint> y, Span<int> xy)
    {
        for (var at = 0; at < x.Length; at++)
            (xy[2 * at], xy[2 * at + 1]) = (X(x[at]), Y(y[at]));
    }
}
