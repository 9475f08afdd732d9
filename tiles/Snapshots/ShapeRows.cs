using System.Numerics;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>Growing shapes in the order they come; put in the order of their rows at the end.</summary>
sealed class ShapeRows
{
    readonly Rows<int> _rows = new();
    readonly Rows<int> _parts = new();
    readonly Rows<byte> _kinds = new();
    readonly Rows<int> _vertices = new();
    readonly Rows<uint> _x = new();
    readonly Rows<uint> _y = new();

    public int Count => _rows.Count;
    public long Bytes => _rows.Bytes + _parts.Bytes + _kinds.Bytes + _vertices.Bytes + _x.Bytes + _y.Bytes;

    public void Begin(int row)
    {
        _rows.Add(row);
        _parts.Add(_kinds.Count);
    }

    public void BeginPart(ShapePart kind)
    {
        _kinds.Add((byte)kind);
        _vertices.Add(_x.Count);
    }

    public void AddVertex(uint x, uint y)
    {
        _x.Add(x);
        _y.Add(y);
    }

    /// <summary>Puts other shapes behind these; their rows count from <paramref name="at"/> on.</summary>
    public void Add(ShapeRows other, int at)
    {
        for (var shape = 0; shape < other.Count; shape++)
        {
            Begin(at + other._rows[shape]);
            for (var part = other._parts[shape]; part < End(other._parts, shape, other._kinds.Count); part++)
            {
                BeginPart((ShapePart)other._kinds[part]);
                for (var vertex = other._vertices[part]; vertex < End(other._vertices, part, other._x.Count); vertex++)
                    AddVertex(other._x[vertex], other._y[vertex]);
            }
        }
    }

    // Where the next one starts, before the last end is known.
    static int End(Rows<int> starts, int at, int all) => at + 1 < starts.Count ? starts[at + 1] : all;

    public Shapes InOrder(ReadOnlySpan<ulong> order)
    {
        if (Count == 0)
            return Shapes.None;
        _parts.Add(_kinds.Count);
        _vertices.Add(_x.Count);
        var (bits, before, sources) = Places(order);
        var (boxes, parts, kinds, vertices) = (new uint[Count * 4], new int[Count + 1], new byte[_kinds.Count], new int[_kinds.Count + 1]);
        var (x, y) = (new uint[_x.Count], new uint[_x.Count]);
        var (part, vertex) = (0, 0);
        for (var shape = 0; shape < Count; shape++)
        {
            var box = WorldBox.Nothing;
            parts[shape] = part;
            for (var source = _parts[sources[shape]]; source < _parts[sources[shape] + 1]; source++)
            {
                kinds[part] = _kinds[source];
                vertices[part++] = vertex;
                for (var from = _vertices[source]; from < _vertices[source + 1]; from++, vertex++)
                {
                    (x[vertex], y[vertex]) = (_x[from], _y[from]);
                    box = box.With(x[vertex], y[vertex]);
                }
            }
            (boxes[shape * 4], boxes[shape * 4 + 1], boxes[shape * 4 + 2], boxes[shape * 4 + 3]) = (box.MinX, box.MinY, box.MaxX, box.MaxY);
        }
        parts[^1] = part;
        vertices[^1] = vertex;
        return new(new(bits), new(before), new(boxes), new(parts), new(kinds), new(vertices), new(x), new(y));
    }

    // A bit and a count per row, and per shape in row order its number among the shapes as they came.
    (ulong[] Bits, int[] Before, int[] Sources) Places(ReadOnlySpan<ulong> order)
    {
        var shapeOf = new Dictionary<int, int>(Count);
        for (var shape = 0; shape < Count; shape++)
            shapeOf[_rows[shape]] = shape;
        var (bits, sources) = (new ulong[(order.Length + 63) / 64], new int[Count]);
        var found = 0;
        for (var row = 0; row < order.Length; row++)
            if (shapeOf.TryGetValue((int)(uint)order[row], out var shape))
            {
                bits[row >> 6] |= 1ul << row;
                sources[found++] = shape;
            }
        var before = new int[bits.Length];
        for (var word = 1; word < bits.Length; word++)
            before[word] = before[word - 1] + BitOperations.PopCount(bits[word - 1]);
        return (bits, before, sources);
    }
}
