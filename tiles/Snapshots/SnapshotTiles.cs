using CityOps.Gis.PostGis;
using CityOps.Gis.Queries;
using CityOps.Gis.Tiles.Encoding;
using CityOps.Gis.Tiling;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>
/// Makes the tiles of <see cref="TileQuery"/> from memory: the same features, the same cells with the same counts, for the same question. Points lie on the same
/// unit; lines and polygons are clipped and simplified here, so their vertices may differ by a unit. One thread's; it keeps its buffers.
/// </summary>
public sealed class SnapshotTiles
{
    readonly TileLimits _limits;
    readonly MvtWriter _writer = new();
    readonly TileFeatures _features;
    readonly TileCells _cells;
    readonly List<TileAccount> _accounts = [];
    readonly List<(SnapshotFilter Filter, int Start, int End)> _found = [];
    int[] _rows = new int[16 * BlockIndex.BlockRows];
    int _blocks;

    public SnapshotTiles(TileLimits? limits = null)
        => (_limits, _features, _cells) = (limits ?? TileLimits.Default, new(_writer), new(_writer));

    /// <summary>What was done for each layer since <see cref="Begin"/>.</summary>
    public IReadOnlyList<TileAccount> Accounts => _accounts;

    /// <summary>The tile of one layer, uncompressed; empty where nothing answers the question there. Good until the next call.</summary>
    /// <exception cref="OperationCanceledException">Nobody wants it any more.</exception>
    public ReadOnlyMemory<byte> Tile(LayerView view, FeatureQuery query, TileCoord tile, CancellationToken cancel = default)
    {
        Begin();
        Add(view, query, tile, cancel);
        return End();
    }

    /// <summary>Starts a tile of several layers.</summary>
    public void Begin()
    {
        _writer.Begin();
        _accounts.Clear();
    }

    /// <summary>Adds a layer; false where nothing of it answers the question there.</summary>
    /// <exception cref="OperationCanceledException">Nobody wants it any more; the tile must be begun anew.</exception>
    public bool Add(LayerView view, FeatureQuery query, TileCoord tile, CancellationToken cancel = default)
    {
        var layer = view.Layer;
        if (tile.Zoom < layer.Zooms.Min)
            return false;
        var filters = view.Ask(query);
        _blocks = 0;
        BeginLayer(layer.Id);
        var featureBytes = 0;
        if (!layer.Zooms.Aggregate || FindFeatures(filters, tile, _limits.MostFeatures, cancel))
        {
            if (!layer.Zooms.Aggregate)
                FindFeatures(filters, tile, int.MaxValue, cancel);
            featureBytes = WriteFeatures(tile, cancel);
            if (!layer.Zooms.Aggregate || featureBytes <= _limits.MostBytes)
                return EndLayer(layer.Id, filters.Count, SeenFeatures, isAggregated: false, 0);
            _writer.DropLayer();
            BeginLayer(layer.Id);
        }
        _cells.Begin(tile);
        foreach (var filter in filters)
            _blocks += _cells.Add(filter, cancel);
        var seen = _cells.Write();
        return EndLayer(layer.Id, filters.Count, seen, isAggregated: true, featureBytes);
    }

    /// <summary>The layers added since <see cref="Begin"/>.</summary>
    public ReadOnlyMemory<byte> End() => _writer.End();

    long SeenFeatures => _found.Count == 0 ? 0 : _found[^1].End;

    void BeginLayer(string id) => _writer.BeginLayer(System.Text.Encoding.UTF8.GetBytes(id), TileQuery.Extent);

    bool EndLayer(string id, int parts, long seen, bool isAggregated, int featureBytes)
    {
        var drawn = _writer.FeatureCount;
        _accounts.Add(new(id, parts, _blocks, seen, drawn, isAggregated, featureBytes));
        return _writer.EndLayer();
    }

    // Rows of all that is drawn, part by part. False when more than the limit lie within the tile proper.
    bool FindFeatures(IReadOnlyList<SnapshotFilter> filters, TileCoord tile, int most, CancellationToken cancel)
    {
        _found.Clear();
        var (start, end) = (0, 0);
        foreach (var filter in filters)
        {
            var hasShapes = filter.Snapshot.Shapes.Count > 0;
            var box = WorldBox.OfTile(tile, hasShapes ? TileQuery.Buffer : 0);
            foreach (var block in filter.Blocks(box))
            {
                if (end + BlockIndex.BlockRows > _rows.Length)
                    Array.Resize(ref _rows, _rows.Length * 2);
                end += filter.Select(block, box, hasShapes ? Reach.Box : Reach.Spot, _rows.AsSpan(end));
                if (end > most && IsTooMany(filters, tile, most, cancel))
                    return false;
                if ((++_blocks & 63) == 0)
                    cancel.ThrowIfCancellationRequested();
            }
            if (end > start)
                _found.Add((filter, start, end));
            start = end;
        }
        return true;
    }

    // What reaches into the tile only by its buffer does not count against the limit.
    static bool IsTooMany(IReadOnlyList<SnapshotFilter> filters, TileCoord tile, int most, CancellationToken cancel)
    {
        Span<int> rows = stackalloc int[BlockIndex.BlockRows];
        var (box, count) = (WorldBox.OfTile(tile), 0);
        foreach (var filter in filters)
            foreach (var block in filter.Blocks(box))
            {
                if ((count += filter.Select(block, box, Reach.Box, rows)) > most)
                    return true;
                cancel.ThrowIfCancellationRequested();
            }
        return false;
    }

    int WriteFeatures(TileCoord tile, CancellationToken cancel)
    {
        var start = _writer.Length;
        foreach (var (filter, from, to) in _found)
        {
            _features.Begin(filter.Snapshot, tile);
            for (var at = from; at < to; at += BlockIndex.BlockRows)
            {
                cancel.ThrowIfCancellationRequested();
                _features.Write(_rows.AsSpan(at..Math.Min(to, at + BlockIndex.BlockRows)));
            }
        }
        return _writer.Length + _writer.DictionaryLength - start;
    }
}
