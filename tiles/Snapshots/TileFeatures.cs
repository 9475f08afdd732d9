using System.Runtime.InteropServices;
using CityOps.Gis.PostGis;
using CityOps.Gis.Tiles.Encoding;
using CityOps.Gis.Tiling;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>
/// Writes rows of a snapshot as the features of a tile. Column by column the tags of their attributes are put into <c>_tags</c>, a run per row with room for
/// all columns; then row by row they and the place are written.
/// </summary>
sealed class TileFeatures(MvtWriter writer)
{
    const int UnitBits = 12;
    static readonly ClipBox Clip = ClipBox.Of(TileQuery.Extent, TileQuery.Buffer);

    readonly ClipAndSimplify _clip = new(Clip, tolerance: 1);
    readonly TileColumns _columns = new();
    readonly int[] _tagCounts = new int[BlockIndex.BlockRows];
    readonly long[] _fids = new long[BlockIndex.BlockRows];
    readonly (int X, int Y)[] _spots = new (int, int)[BlockIndex.BlockRows];
    readonly List<int> _starts = [];
    readonly List<int> _polygons = [];
    MvtTag[] _tags = [];
    int[] _places = new int[1024];
    int _length;
    LayerSnapshot _snapshot = null!;
    TileColumn[] _tileColumns = [];
    TileCoord _tile;
    TileScale _scale;

    public void Begin(LayerSnapshot snapshot, TileCoord tile)
    {
        (_snapshot, _tile, _scale) = (snapshot, tile, new(tile, UnitBits));
        _tileColumns = _columns.Of(snapshot);
        foreach (var column in _tileColumns)
            column.Begin(writer);
        if (_tags.Length < _tileColumns.Length * BlockIndex.BlockRows)
            _tags = new MvtTag[_tileColumns.Length * BlockIndex.BlockRows];
    }

    /// <param name="rows">At most <see cref="BlockIndex.BlockRows"/>.</param>
    public void Write(ReadOnlySpan<int> rows)
    {
        var stride = _tileColumns.Length;
        var counts = _tagCounts.AsSpan(0, rows.Length);
        counts.Clear();
        foreach (var column in _tileColumns)
            column.Tag(rows, _tags, stride, counts, writer);
        _snapshot.Fids.Take(rows, _fids);
        if (_snapshot.Shapes.Count == 0)
            WritePoints(rows, stride);
        else
            WriteAny(rows, stride, _snapshot.Shapes.Spans);
    }

    void WritePoints(ReadOnlySpan<int> rows, int stride)
    {
        var x = _snapshot.X;
        var y = _snapshot.Y;
        // First all places, then the writing: rows that lie apart are waited for together (PooledText.Find).
        for (var at = 0; at < rows.Length; at++)
            _spots[at] = (_scale.X(x[rows[at]]), _scale.Y(y[rows[at]]));
        for (var at = 0; at < rows.Length; at++)
            writer.PointFeature((ulong)_fids[at], _tags.AsSpan(at * stride, _tagCounts[at]), _spots[at].X, _spots[at].Y);
    }

    void WriteAny(ReadOnlySpan<int> rows, int stride, ShapeSpans shapes)
    {
        var x = _snapshot.X;
        var y = _snapshot.Y;
        var tile = WorldBox.OfTile(_tile);
        for (var at = 0; at < rows.Length; at++)
        {
            var (row, fid) = (rows[at], (ulong)_fids[at]);
            var tags = _tags.AsSpan(at * stride, _tagCounts[at]);
            // What is too small to draw, a point stands for in the one tile that holds its spot.
            if (shapes.Of(row) is >= 0 and var shape && Pack(shapes, shape) is not ShapePart.Points and var kind
                && (WriteShape(kind, fid, tags, IsInside(shapes.Box(shape))) || !_snapshot.Layer.Zooms.Aggregate))
                continue;
            if (tile.Holds(x[row], y[row]))
                writer.PointFeature(fid, tags, _scale.X(x[row]), _scale.Y(y[row]));
        }
    }

    // Most shapes of a tile are: their vertices need not be looked at to know it.
    bool IsInside(WorldBox shape)
        => _scale.X(shape.MinX) >= Clip.MinX && _scale.X(shape.MaxX) <= Clip.MaxX && _scale.Y(shape.MinY) >= Clip.MinY && _scale.Y(shape.MaxY) <= Clip.MaxY;

    bool WriteShape(ShapePart kind, ulong fid, ReadOnlySpan<MvtTag> tags, bool isInside)
    {
        writer.BeginFeature(fid, kind == ShapePart.Line ? MvtGeometryType.Line : MvtGeometryType.Polygon, tags);
        var places = _places.AsSpan(0, _length);
        var starts = CollectionsMarshal.AsSpan(_starts);
        _ = kind == ShapePart.Line ? _clip.Lines(places, starts, writer, isInside)
            : _clip.Polygons(places, starts, CollectionsMarshal.AsSpan(_polygons), writer, isInside);
        return writer.EndFeature();
    }

    // A shape's parts in tile units; mixed collections are drawn by their first kind.
    ShapePart Pack(ShapeSpans shapes, int shape)
    {
        _starts.Clear();
        _polygons.Clear();
        var (start, end) = shapes.PartsOf(shape);
        var (first, last) = (shapes.VerticesOf(start).Start, shapes.VerticesOf(end - 1).End);
        for (var part = start; part < end; part++)
        {
            if (shapes.Kind(part) == ShapePart.Shell)
                _polygons.Add(_starts.Count);
            _starts.Add(shapes.VerticesOf(part).Start - first);
        }
        _length = 2 * (last - first);
        if (_length > _places.Length)
            _places = new int[2 * _length];
        _scale.Pack(shapes.X[first..last], shapes.Y[first..last], _places);
        return shapes.Kind(start);
    }
}
