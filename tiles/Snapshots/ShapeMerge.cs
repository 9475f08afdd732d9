using System.Numerics;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>Shapes of several snapshots as one, in the order of <see cref="RowRuns"/>: sizes are summed first, then parts and vertices are copied.</summary>
static class ShapeMerge
{
    public static Shapes Of(RowRuns runs)
    {
        var (count, partCount, vertexCount) = Sizes(runs);
        if (count == 0)
            return Shapes.None;
        var (bits, boxes, parts) = (new ulong[(runs.Count + 63) / 64], new uint[count * 4], new int[count + 1]);
        var (kinds, vertices) = (new byte[partCount], new int[partCount + 1]);
        var (x, y) = (new uint[vertexCount], new uint[vertexCount]);
        var (at, shape, part, vertex) = (0, 0, 0, 0);
        foreach (var run in runs.Runs)
        {
            var from = runs.Snapshot(run.Part).Shapes;
            for (var row = run.Row; row < run.End; row++, at++)
            {
                if (from.Of(row) is not (>= 0 and var source))
                    continue;
                bits[at >> 6] |= 1ul << at;
                var box = from.Box(source);
                (boxes[shape * 4], boxes[shape * 4 + 1], boxes[shape * 4 + 2], boxes[shape * 4 + 3]) = (box.MinX, box.MinY, box.MaxX, box.MaxY);
                parts[shape++] = part;
                var (first, end) = from.PartsOf(source);
                for (; first < end; first++)
                {
                    var (start, last) = from.VerticesOf(first);
                    kinds[part] = (byte)from.Kind(first);
                    vertices[part++] = vertex;
                    from.X[start..last].CopyTo(x.AsSpan(vertex));
                    from.Y[start..last].CopyTo(y.AsSpan(vertex));
                    vertex += last - start;
                }
            }
        }
        (parts[^1], vertices[^1]) = (part, vertex);
        return new(new(bits), new(Before(bits)), new(boxes), new(parts), new(kinds), new(vertices), new(x), new(y));
    }

    static (int Shapes, int Parts, int Vertices) Sizes(RowRuns runs)
    {
        var (shapes, parts, vertices) = (0, 0, 0);
        foreach (var run in runs.Runs)
            if (runs.Snapshot(run.Part).Shapes is { Count: > 0 } from)
                for (var row = run.Row; row < run.End; row++)
                    if (from.Of(row) is >= 0 and var shape)
                    {
                        var (first, end) = from.PartsOf(shape);
                        shapes++;
                        parts += end - first;
                        if (end > first)
                            vertices += from.VerticesOf(end - 1).End - from.VerticesOf(first).Start;
                    }
        return (shapes, parts, vertices);
    }

    static int[] Before(ulong[] bits)
    {
        var before = new int[bits.Length];
        for (var word = 1; word < bits.Length; word++)
            before[word] = before[word - 1] + BitOperations.PopCount(bits[word - 1]);
        return before;
    }
}
