using System.Numerics;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>
/// Blocks of 1,024 rows and groups of 64 blocks, each with a <see cref="BlockLevel"/>'s knowledge, so that a question reads only blocks that may answer it.
/// Along the Hilbert curve a block is a compact place, and so has few districts, grids and classes.
/// </summary>
public sealed class BlockIndex
{
    public const int BlockRows = 1024, GroupBlocks = 64;
    const int MostWords = 4;

    internal BlockIndex(BlockLevel blocks, BlockLevel groups) => (Blocks, Groups) = (blocks, groups);

    public BlockLevel Blocks { get; }
    public BlockLevel Groups { get; }
    public long Bytes => Blocks.Bytes + Groups.Bytes;

    internal static BlockIndex Make(int count, int placed, Slab<uint> x, Slab<uint> y, TimeColumn times, Shapes shapes, IReadOnlyList<CodeColumn> codes)
    {
        var blocks = (count + BlockRows - 1) / BlockRows;
        var words = codes.Select(column => (int)BitOperations.RoundUpToPowerOf2((uint)Math.Min(MostWords, (column.Distinct + 64) / 64))).ToArray();
        var (boxes, spans, sets) = (new uint[blocks * 4], new long[blocks * 2], words.Select(word => new ulong[blocks * word]).ToArray());
        Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = 2 }, block =>
        {
            var (start, end) = (block * BlockRows, Math.Min(count, (block + 1) * BlockRows));
            Put(boxes, block, BoxOf(start, Math.Min(end, placed), x.Span, y.Span, shapes));
            (spans[block * 2], spans[block * 2 + 1]) = TimesOf(start, end, times);
            for (var column = 0; column < sets.Length; column++)
                Mark(codes[column], start, end, sets[column].AsSpan(block * words[column], words[column]));
        });
        return new(
            new(blocks, new(boxes), new(spans), [.. sets.Select(set => new Slab<ulong>(set))], words),
            Grouped(blocks, boxes, spans, sets, words));
    }

    static BlockLevel Grouped(int blocks, uint[] boxes, long[] spans, ulong[][] sets, int[] words)
    {
        var groups = (blocks + GroupBlocks - 1) / GroupBlocks;
        var (groupBoxes, groupSpans, groupSets) = (new uint[groups * 4], new long[groups * 2], words.Select(word => new ulong[groups * word]).ToArray());
        for (var group = 0; group < groups; group++)
        {
            var (box, first, last) = (WorldBox.Nothing, long.MaxValue, long.MinValue);
            for (var block = group * GroupBlocks; block < Math.Min(blocks, (group + 1) * GroupBlocks); block++)
            {
                box = box.With(new WorldBox(boxes[block * 4], boxes[block * 4 + 1], boxes[block * 4 + 2], boxes[block * 4 + 3]));
                (first, last) = (Math.Min(first, spans[block * 2]), Math.Max(last, spans[block * 2 + 1]));
                for (var column = 0; column < sets.Length; column++)
                    for (var word = 0; word < words[column]; word++)
                        groupSets[column][group * words[column] + word] |= sets[column][block * words[column] + word];
            }
            Put(groupBoxes, group, box);
            (groupSpans[group * 2], groupSpans[group * 2 + 1]) = (first, last);
        }
        return new(groups, new(groupBoxes), new(groupSpans), [.. groupSets.Select(set => new Slab<ulong>(set))], words);
    }

    static void Put(uint[] boxes, int at, WorldBox box)
        => (boxes[at * 4], boxes[at * 4 + 1], boxes[at * 4 + 2], boxes[at * 4 + 3]) = (box.MinX, box.MinY, box.MaxX, box.MaxY);

    static WorldBox BoxOf(int start, int end, ReadOnlySpan<uint> x, ReadOnlySpan<uint> y, Shapes shapes)
    {
        var box = WorldBox.Nothing;
        for (var row = start; row < end; row++)
        {
            box = box.With(x[row], y[row]);
            if (shapes.Of(row) is >= 0 and var shape)
                box = box.With(shapes.Box(shape));
        }
        return box;
    }

    static (long First, long Last) TimesOf(int start, int end, TimeColumn times)
    {
        var (first, last) = (long.MaxValue, long.MinValue);
        if (!times.IsEmpty)
            for (var row = start; row < end; row++)
                if (times[row] is { } micros)
                    (first, last) = (Math.Min(first, micros), Math.Max(last, micros));
        return (first, last);
    }

    static void Mark(CodeColumn column, int start, int end, Span<ulong> set)
    {
        var mask = set.Length * 64 - 1;
        for (var row = start; row < end; row++)
        {
            var bit = column[row] & mask;
            set[bit >> 6] |= 1ul << bit;
        }
    }

    internal static BlockIndex Read(SectionReader from) => new(BlockLevel.Read(from), BlockLevel.Read(from));

    internal void Write(SectionWriter to)
    {
        Blocks.Write(to);
        Groups.Write(to);
    }
}
