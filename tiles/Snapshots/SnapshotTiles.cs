using CityOps.Gis.PostGis;
using CityOps.Gis.Queries;
using CityOps.Gis.Tiles.Encoding;
using CityOps.Gis.Tiling;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>
/// Makes the tiles of <see cref="TileQuery"/> from a snapshot: the same features, the same cells with the same counts, for the same question. Points lie on the same
/// unit; lines and polygons are clipped and simplified here, so their vertices may differ by a unit. One thread's; it keeps its buffers.
/// </summary>
public sealed class SnapshotTiles
{
    const int UnitBits = 12, CellBits = 6, WorldBits = 32;

    readonly MvtWriter _writer = new();
    readonly ClipAndSimplify _clip = new(ClipBox.Of(TileQuery.Extent, TileQuery.Buffer), tolerance: 1);
    readonly int[] _rows = new int[BlockIndex.BlockRows];
    readonly long[] _cells = new long[TileQuery.Cells * TileQuery.Cells];
    int[] _places = new int[1024];
    readonly List<int> _starts = [];
    readonly List<int> _polygons = [];

    /// <summary>The encoded tile, uncompressed; empty where nothing answers the question there. Good until the next call.</summary>
    public ReadOnlyMemory<byte> Tile(LayerSnapshot snapshot, FeatureQuery query, TileCoord tile)
    {
        var layer = snapshot.Layer;
        if (tile.Zoom < layer.Zooms.Min)
            return default;
        var filter = new SnapshotFilter(snapshot, query);
        _writer.Begin();
        _writer.BeginLayer(System.Text.Encoding.UTF8.GetBytes(layer.Id), TileQuery.Extent);
        if (layer.Zooms.Aggregate && HoldsTooMany(filter, tile))
            WriteCells(filter, tile);
        else
            WriteFeatures(filter, tile);
        return _writer.EndLayer() ? _writer.End() : default;
    }

    bool HoldsTooMany(SnapshotFilter filter, TileCoord tile)
    {
        var box = WorldBox.OfTile(tile);
        var count = 0;
        foreach (var block in filter.Blocks(box))
            if ((count += filter.Select(block, box, Reach.Box, _rows)) > TileQuery.MostFeatures)
                return true;
        return false;
    }

    void WriteCells(SnapshotFilter filter, TileCoord tile)
    {
        Array.Clear(_cells);
        var box = WorldBox.OfTile(tile);
        var x = filter.Snapshot.X;
        var y = filter.Snapshot.Y;
        foreach (var block in filter.Blocks(box))
            foreach (var row in _rows.AsSpan(0, filter.Select(block, box, Reach.Spot, _rows)))
                _cells[Within(y[row], tile.Y, tile.Zoom, CellBits) * TileQuery.Cells + Within(x[row], tile.X, tile.Zoom, CellBits)]++;
        var (aggregated, count, truth) = (_writer.Key("aggregated"u8), _writer.Key("cell_count"u8), _writer.Truth(true));
        const int side = TileQuery.Extent / TileQuery.Cells;
        for (var cell = 0; cell < _cells.Length; cell++)
        {
            if (_cells[cell] == 0)
                continue;
            _writer.BeginFeature(MvtGeometryType.Point);
            _writer.Tag(aggregated, truth);
            _writer.Tag(count, _writer.Integer(_cells[cell]));
            _writer.Point(cell % TileQuery.Cells * side + side / 2, cell / TileQuery.Cells * side + side / 2);
            _writer.EndFeature();
        }
    }

    void WriteFeatures(SnapshotFilter filter, TileCoord tile)
    {
        var snapshot = filter.Snapshot;
        var columns = snapshot.Attributes.Select(one => new TileColumn(one, _writer)).ToArray();
        var box = WorldBox.OfTile(tile, snapshot.Shapes.Count > 0 ? TileQuery.Buffer : 0);
        foreach (var block in filter.Blocks(box))
            foreach (var row in _rows.AsSpan(0, filter.Select(block, box, Reach.Box, _rows)))
                if (snapshot.Shapes.Of(row) is >= 0 and var shape)
                    WriteShape(snapshot, row, shape, tile, columns);
                else if (IsSpotIn(snapshot, row, tile))
                    WritePoint(snapshot, row, tile, columns);
    }

    void WriteShape(LayerSnapshot snapshot, int row, int shape, TileCoord tile, TileColumn[] columns)
    {
        var kind = Pack(snapshot.Shapes, shape, tile);
        if (kind == ShapePart.Points)
        {
            if (IsSpotIn(snapshot, row, tile))
                WritePoint(snapshot, row, tile, columns);
            return;
        }
        Begin(snapshot, row, kind == ShapePart.Line ? MvtGeometryType.Line : MvtGeometryType.Polygon, columns);
        var places = _places.AsSpan(0, _starts.Count == 0 ? 0 : _placeCount * 2);
        var starts = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_starts);
        _ = kind == ShapePart.Line ? _clip.Lines(places, starts, _writer) : _clip.Polygons(places, starts, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_polygons), _writer);
        // Too small to draw: a point stands for it, in the one tile that holds its spot.
        if (!_writer.EndFeature() && snapshot.Layer.Zooms.Aggregate && IsSpotIn(snapshot, row, tile))
            WritePoint(snapshot, row, tile, columns);
    }

    int _placeCount;

    // A shape's parts in tile units; mixed collections are drawn by their first kind.
    ShapePart Pack(Shapes shapes, int shape, TileCoord tile)
    {
        _starts.Clear();
        _polygons.Clear();
        _placeCount = 0;
        var (start, end) = shapes.PartsOf(shape);
        var first = shapes.Kind(start);
        for (var part = start; part < end; part++)
        {
            if (shapes.Kind(part) == ShapePart.Shell)
                _polygons.Add(_starts.Count);
            _starts.Add(_placeCount);
            var (from, to) = shapes.VerticesOf(part);
            if ((_placeCount + to - from) * 2 > _places.Length)
                Array.Resize(ref _places, Math.Max(_places.Length * 2, (_placeCount + to - from) * 2));
            for (var vertex = from; vertex < to; vertex++, _placeCount++)
                (_places[_placeCount * 2], _places[_placeCount * 2 + 1]) =
                    (Within(shapes.X[vertex], tile.X, tile.Zoom, UnitBits), Within(shapes.Y[vertex], tile.Y, tile.Zoom, UnitBits));
        }
        return first;
    }

    void WritePoint(LayerSnapshot snapshot, int row, TileCoord tile, TileColumn[] columns)
    {
        Begin(snapshot, row, MvtGeometryType.Point, columns);
        _writer.Point(Within(snapshot.X[row], tile.X, tile.Zoom, UnitBits), Within(snapshot.Y[row], tile.Y, tile.Zoom, UnitBits));
        _writer.EndFeature();
    }

    void Begin(LayerSnapshot snapshot, int row, MvtGeometryType type, TileColumn[] columns)
    {
        _writer.BeginFeature((ulong)snapshot.Fids[row], type);
        foreach (var column in columns)
            column.Write(row, _writer);
    }

    static bool IsSpotIn(LayerSnapshot snapshot, int row, TileCoord tile) => WorldBox.OfTile(tile).Holds(snapshot.X[row], snapshot.Y[row]);

    /// <summary>World units to units of a tile that is cut into 2^<paramref name="bits"/>; deep zooms are finer than the world units, which then start a unit.</summary>
    static int Within(uint world, int tile, int zoom, int bits)
    {
        var shift = WorldBits - zoom - bits;
        var unit = shift >= 0 ? world >> shift : (long)world << -shift;
        return (int)(unit - ((long)tile << bits));
    }
}
