using System.Collections.Concurrent;
using CityOps.Gis.Tiling;

namespace CityOps.Gis.Tiles.Following;

/// <summary>
/// Which tiles of a layer changed when: at each zoom up to <see cref="DeepestZoom"/> the number of the last change that touched a tile. Its size is bounded by the
/// tiles of the city, however many changes come. One thread writes, after the view that holds the change is visible; a reader asks for the version first and takes
/// the view then, so that what it keeps under a version is never older than that.
/// </summary>
/// <remarks>The number is the end of the change's transaction in PostgreSQL's log, so that several tile nodes give a tile the same.</remarks>
public sealed class TouchedTiles
{
    public const int DeepestZoom = 18;

    /// <summary>Of a shape that meets more tiles of a zoom than this, all that lies below the tiles of the zoom before is touched.</summary>
    public const int MostTiles = 4096;

    readonly ConcurrentDictionary<ulong, long>[] _zooms = Zooms();
    readonly ConcurrentDictionary<ulong, long>[] _below = Zooms();
    volatile bool _anyBelow;
    long _whole;

    /// <summary>Grows with every change to what the tile shows; a tile below <see cref="DeepestZoom"/> has that of the tile it lies in.</summary>
    public long VersionOf(TileCoord tile)
    {
        var up = Math.Max(0, tile.Zoom - DeepestZoom);
        var (zoom, x, y) = (tile.Zoom - up, tile.X >> up, tile.Y >> up);
        var version = Math.Max(Interlocked.Read(ref _whole), _zooms[zoom].GetValueOrDefault(Key(x, y)));
        for (; _anyBelow && zoom >= 0; zoom--, x >>= 1, y >>= 1)
            version = Math.Max(version, _below[zoom].GetValueOrDefault(Key(x, y)));
        return version;
    }

    /// <summary>Every tile changed: the layer was loaded anew.</summary>
    public void TouchAll(long version)
    {
        Interlocked.Exchange(ref _whole, version);
        _anyBelow = false;
        foreach (var zoom in _zooms.Concat(_below))
            zoom.Clear();
    }

    /// <summary>A tile changed, and at other zooms those that hold it; call it with tiles of <see cref="DeepestZoom"/>, which are all a change reaches.</summary>
    public void Touch(TileCoord tile, long version)
    {
        for (var (zoom, x, y) = (tile.Zoom, tile.X, tile.Y); zoom >= 0; zoom--, x >>= 1, y >>= 1)
            Raise(_zooms[zoom], Key(x, y), version);
    }

    /// <summary>The tiles of each zoom that show a feature which lies in the box: a spot is in one, a shape in all that its box meets with their margins.</summary>
    internal void Touch(TouchedBox touched)
    {
        if (!touched.IsShape)
        {
            Touch(new(DeepestZoom, (int)(touched.Box.MinX >> 32 - DeepestZoom), (int)(touched.Box.MinY >> 32 - DeepestZoom)), touched.Version);
            return;
        }
        for (var zoom = 0; zoom <= DeepestZoom; zoom++)
        {
            var deeper = TileRange.Of(touched.Box, Math.Min(zoom + 1, DeepestZoom));
            foreach (var tile in TileRange.Of(touched.Box, zoom).Tiles())
            {
                Raise(_zooms[zoom], Key(tile.X, tile.Y), touched.Version);
                if (deeper.Count > MostTiles)
                    Raise(_below[zoom], Key(tile.X, tile.Y), touched.Version);
            }
            if (deeper.Count <= MostTiles)
                continue;
            _anyBelow = true;
            return;
        }
    }

    static void Raise(ConcurrentDictionary<ulong, long> zoom, ulong key, long version)
    {
        if (zoom.GetValueOrDefault(key) < version)
            zoom[key] = version;
    }

    static ConcurrentDictionary<ulong, long>[] Zooms() => [.. Enumerable.Range(0, DeepestZoom + 1).Select(_ => new ConcurrentDictionary<ulong, long>())];

    static ulong Key(int x, int y) => (ulong)(uint)x << 32 | (uint)y;
}
