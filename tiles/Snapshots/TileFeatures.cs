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

    readonly ClipAndSimplify _clip = new(ClipBox.Of(TileQuery.Extent, TileQuery.Buffer), tolerance: 1);
    readonly TileColumns _columns = new();
    readonly int[] _tagCounts = new int[BlockIndex.BlockRows];
    readonly long[] _fids = new long[BlockIndex.BlockRows];
    readonly List<int> _starts = [];
    readonly List<int> _polygons = [];
    MvtTag[] _tags = [];
    int[] _places = new int[1024];
    int _placeCount;
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
            for (var at = 0; at < rows.Length; at++)
                WriteAny(rows[at], (ulong)_fids[at], _tags.AsSpan(at * stride, counts[at]));
    }

    void WritePoints(ReadOnlySpan<int> rows, int stride)
    {
        var x = _snapshot.X;
        var y = _snapshot.Y;
        for (var at = 0; at < rows.Length; at++)
            writer.PointFeature((ulong)_fids[at], _tags.AsSpan(at * stride, _tagCounts[at]), _scale.X(x[rows[at]]), _scale.Y(y[rows[at]]));
    }

    void WriteAny(int row, ulong fid, ReadOnlySpan<MvtTag> tags)
    {
        if (_snapshot.Shapes.Of(row) is >= 0 and var shape && Pack(_snapshot.Shapes, shape) is not ShapePart.Points and var kind)
        {
            // Too small to draw: a point stands for it, in the one tile that holds its spot.
            if (WriteShape(kind, fid, tags) || !_snapshot.Layer.Zooms.Aggregate)
                return;
        }
        if (WorldBox.OfTile(_tile).Holds(_snapshot.X[row], _snapshot.Y[row]))
            writer.PointFeature(fid, tags, _scale.X(_snapshot.X[row]), _scale.Y(_snapshot.Y[row]));
    }

    bool WriteShape(ShapePart kind, ulong fid, ReadOnlySpan<MvtTag> tags)
    {
        writer.BeginFeature(fid, kind == ShapePart.Line ? MvtGeometryType.Line : MvtGeometryType.Polygon);
        foreach (var tag in tags)
            writer.Tag(tag);
        var places = _places.AsSpan(0, _placeCount * 2);
        var starts = CollectionsMarshal.AsSpan(_starts);
        _ = kind == ShapePart.Line ? _clip.Lines(places, starts, writer) : _clip.Polygons(places, starts, CollectionsMarshal.AsSpan(_polygons), writer);
        return writer.EndFeature();
    }

    // A shape's parts in tile units; mixed collections are drawn by their first kind.
    ShapePart Pack(Shapes shapes, int shape)
    {
        _starts.Clear();
        _polygons.Clear();
        _placeCount = 0;
        var (start, end) = shapes.PartsOf(shape);
        var x = shapes.X;
        var y = shapes.Y;
        for (var part = start; part < end; part++)
        {
            if (shapes.Kind(part) == ShapePart.Shell)
                _polygons.Add(_starts.Count);
            _starts.Add(_placeCount);
            var (from, to) = shapes.VerticesOf(part);
            if ((_placeCount + to - from) * 2 > _places.Length)
                Array.Resize(ref _places, Math.Max(_places.Length * 2, (_placeCount + to - from) * 2));
            for (var vertex = from; vertex < to; vertex++, _placeCount++)
                (_places[_placeCount * 2], _places[_placeCount * 2 + 1]) = (_scale.X(x[vertex]), _scale.Y(y[vertex]));
        }
        return shapes.Kind(start);
    }
}
