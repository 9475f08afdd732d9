using System.Collections.Concurrent;
using CityOps.Gis.Tiling;

namespace CityOps.Gis.Tiles.Following;

/// <summary>
/// Which tiles of a layer changed when: at each zoom up to <see cref="DeepestZoom"/> the number of the last change that touched a tile. Its size is bounded by the
/// tiles of the city, however many changes come. One thread writes, after the view that holds the change is visible; a reader asks for the version first and takes
/// the view then, so that what it keeps under a version is never older than that.
/// </summary>
public sealed class TouchedTiles
{
    public const int DeepestZoom = 18;
    readonly ConcurrentDictionary<ulong, long>[] _zooms = [.. Enumerable.Range(0, DeepestZoom + 1).Select(_ => new ConcurrentDictionary<ulong, long>())];
    long _whole;

    /// <summary>Grows with every change to what the tile shows; a tile below <see cref="DeepestZoom"/> has that of the tile it lies in.</summary>
    public long VersionOf(TileCoord tile)
    {
        var up = Math.Max(0, tile.Zoom - DeepestZoom);
        var whole = Interlocked.Read(ref _whole);
        return _zooms[tile.Zoom - up].TryGetValue(Key(tile.X >> up, tile.Y >> up), out var version) ? Math.Max(version, whole) : whole;
    }

    /// <summary>Every tile changed: the layer was loaded anew.</summary>
    public void TouchAll(long version)
    {
        Interlocked.Exchange(ref _whole, version);
        foreach (var zoom in _zooms)
            zoom.Clear();
    }

    /// <summary>A tile changed, and at other zooms those that hold it; call it with tiles of <see cref="DeepestZoom"/>, which are all a change reaches.</summary>
    public void Touch(TileCoord tile, long version)
    {
        for (var (zoom, x, y) = (tile.Zoom, tile.X, tile.Y); zoom >= 0; zoom--, x >>= 1, y >>= 1)
            _zooms[zoom][Key(x, y)] = version;
    }

    static ulong Key(int x, int y) => (ulong)(uint)x << 32 | (uint)y;
}
