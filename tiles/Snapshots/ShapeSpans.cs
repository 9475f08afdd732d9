using System.Numerics;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>The columns of <see cref="Shapes"/> in the hand of one loop; what the members mean stands there.</summary>
readonly ref struct ShapeSpans(ReadOnlySpan<ulong> bits, ReadOnlySpan<int> before, ReadOnlySpan<uint> boxes, ReadOnlySpan<int> parts, ReadOnlySpan<byte> kinds,
    ReadOnlySpan<int> vertices, ReadOnlySpan<uint> x, ReadOnlySpan<uint> y)
{
    readonly ReadOnlySpan<ulong> _bits = bits;
    readonly ReadOnlySpan<int> _before = before;
    readonly ReadOnlySpan<uint> _boxes = boxes;
    readonly ReadOnlySpan<int> _parts = parts;
    readonly ReadOnlySpan<byte> _kinds = kinds;
    readonly ReadOnlySpan<int> _vertices = vertices;

    public ReadOnlySpan<uint> X { get; } = x;
    public ReadOnlySpan<uint> Y { get; } = y;

    public int Of(int row)
    {
        if (_bits.IsEmpty)
            return -1;
        var (word, bit) = (_bits[row >> 6], 1ul << row);
        return (word & bit) == 0 ? -1 : _before[row >> 6] + BitOperations.PopCount(word & (bit - 1));
    }

    public WorldBox Box(int shape) => _boxes.Slice(shape * 4, 4) is var box ? new(box[0], box[1], box[2], box[3]) : default;

    public (int Start, int End) PartsOf(int shape) => (_parts[shape], _parts[shape + 1]);

    public ShapePart Kind(int part) => (ShapePart)_kinds[part];

    public (int Start, int End) VerticesOf(int part) => (_vertices[part], _vertices[part + 1]);
}
