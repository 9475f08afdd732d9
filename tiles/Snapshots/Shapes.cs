using System.Numerics;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>
/// Geometries that are more than one point, in row order: shape → box and parts, part → vertices in world units, each a run that starts where the last one ends.
/// Which rows have one says a bit per row with a running count per 64 rows, so a layer of points pays nothing for its few polygons. Rings are closed.
/// </summary>
public sealed class Shapes
{
    readonly Slab<ulong> _bits;
    readonly Slab<int> _before;
    readonly Slab<uint> _boxes;
    readonly Slab<int> _parts;
    readonly Slab<byte> _kinds;
    readonly Slab<int> _vertices;
    readonly Slab<uint> _x;
    readonly Slab<uint> _y;

    internal Shapes(Slab<ulong> bits, Slab<int> before, Slab<uint> boxes, Slab<int> parts, Slab<byte> kinds, Slab<int> vertices, Slab<uint> x, Slab<uint> y)
        => (_bits, _before, _boxes, _parts, _kinds, _vertices, _x, _y) = (bits, before, boxes, parts, kinds, vertices, x, y);

    internal static Shapes None { get; } = new(new([]), new([]), new([]), new([0]), new([]), new([0]), new([]), new([]));

    public int Count => _parts.Length - 1;
    public long Bytes => _bits.Bytes + _before.Bytes + _boxes.Bytes + _parts.Bytes + _kinds.Bytes + _vertices.Bytes + _x.Bytes + _y.Bytes;

    /// <summary>Vertices of all parts; <see cref="VerticesOf"/> gives the run of one.</summary>
    public ReadOnlySpan<uint> X => _x.Span;
    public ReadOnlySpan<uint> Y => _y.Span;

    /// <summary>The shape of a row; -1 where the row is a point (or has no place).</summary>
    public int Of(int row)
    {
        if (_bits.Length == 0)
            return -1;
        var (word, bit) = (_bits[row >> 6], 1ul << row);
        return (word & bit) == 0 ? -1 : _before[row >> 6] + BitOperations.PopCount(word & (bit - 1));
    }

    /// <summary>Bits of the 64 rows from <paramref name="row"/> (a multiple of 64) that have a shape.</summary>
    public ulong Bits(int row) => _bits.Length == 0 ? 0 : _bits[row >> 6];

    public WorldBox Box(int shape) => _boxes.Span.Slice(shape * 4, 4) is var box ? new(box[0], box[1], box[2], box[3]) : default;

    public (int Start, int End) PartsOf(int shape) => (_parts[shape], _parts[shape + 1]);

    public ShapePart Kind(int part) => (ShapePart)_kinds[part];

    public (int Start, int End) VerticesOf(int part) => (_vertices[part], _vertices[part + 1]);

    /// <summary>All of it for one loop, which so need not ask each time where the columns lie.</summary>
    internal ShapeSpans Spans => new(_bits.Span, _before.Span, _boxes.Span, _parts.Span, _kinds.Span, _vertices.Span, _x.Span, _y.Span);

    /// <summary>Does the shape itself, not only its box, touch the box? (<c>ST_Intersects</c> with an envelope, at the resolution of a world unit.)</summary>
    public bool Touches(int shape, WorldBox box)
    {
        var bounds = Box(shape);
        if (!box.Meets(bounds) || box.Holds(bounds))
            return box.Meets(bounds);
        var cornerInside = false;
        var (start, end) = PartsOf(shape);
        for (var part = start; part < end; part++)
        {
            var (from, to) = VerticesOf(part);
            var x = _x.Span[from..to];
            var y = _y.Span[from..to];
            if (ShapeTest.AnyVertexIn(x, y, box) || (Kind(part) != ShapePart.Points && ShapeTest.AnySegmentCrosses(x, y, box)))
                return true;
            if (Kind(part) >= ShapePart.Shell)
                cornerInside ^= ShapeTest.RingHolds(x, y, box.MinX, box.MinY);
        }
        return cornerInside;
    }

    internal static Shapes Read(SectionReader from)
        => new(from.Slab<ulong>(), from.Slab<int>(), from.Slab<uint>(), from.Slab<int>(), from.Slab<byte>(), from.Slab<int>(), from.Slab<uint>(), from.Slab<uint>());

    internal void Write(SectionWriter to)
    {
        to.Slab(_bits);
        to.Slab(_before);
        to.Slab(_boxes);
        to.Slab(_parts);
        to.Slab(_kinds);
        to.Slab(_vertices);
        to.Slab(_x);
        to.Slab(_y);
    }
}
