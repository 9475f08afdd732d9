using System.Numerics;
using System.Runtime.Intrinsics;
using CityOps.Gis.Queries;
using CityOps.Gis.Tiles.Snapshots.Predicates;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>
/// A question compiled against a snapshot; answers as the conditions of <c>QueryCompiler</c> do, except that a box, an area or a circle counts to the world unit (9 mm) its
/// edge lies in. What a snapshot cannot say (<see cref="SnapshotAnswers"/>) must not be asked of it. Holds no state of a reading and may be used by many threads.
/// </summary>
public sealed class SnapshotFilter
{
    readonly CodeCondition[] _codes;
    readonly RowCondition[] _others;
    readonly TimeCondition? _time;
    readonly WorldBox? _box;
    readonly DeadRows _dead;
    readonly bool _isWhole;

    /// <param name="departments">A tree newer than the snapshot's, where departments have changed since.</param>
    /// <param name="dead">Rows that never answer.</param>
    public SnapshotFilter(LayerSnapshot snapshot, FeatureQuery query, DepartmentTree? departments = null, DeadRows? dead = null)
    {
        (Snapshot, _dead) = (snapshot, dead ?? DeadRows.None);
        _codes = [.. SnapshotConditions.Of(snapshot, query, departments ?? snapshot.Departments)];
        _time = query.From is null && query.To is null ? null : new(snapshot.Time, query.From, query.To);
        _box = query.Box is { } box ? WorldBox.OfDegrees(box) : null;
        _others = QuestionConditions.Of(snapshot, query, departments ?? snapshot.Departments);
        IsNever = _codes.Any(one => one.AllowsNothing) || _others.Any(one => !one.IsPossible);
        _isWhole = _time is null && _box is null && query.IsWhole;
    }

    public LayerSnapshot Snapshot { get; }

    /// <summary>No row can match: a code was asked for that no row has.</summary>
    public bool IsNever { get; }

    /// <summary>True when exactly the rows that <see cref="BlockSums"/> summed up answer the question: all placed rows of the block that are not removed.</summary>
    public bool IsSummed(int block) => _isWhole && !_dead.AnyIn(block);

    /// <summary>Does the row answer the question?</summary>
    public bool Matches(int row)
    {
        foreach (var condition in _codes)
            if (!condition.Matches(row))
                return false;
        foreach (var condition in _others)
            if (!condition.Matches(row))
                return false;
        return !_dead[row] && (_time is null || _time.Matches(row)) && (_box is not { } box || Touches(row, box));
    }

    /// <summary>Blocks that may hold answers, of all or of those with something in a box.</summary>
    public BlockCursor Blocks(WorldBox? within = null)
        => new(this, within ?? _box, IsNever ? Snapshot.Blocks.Blocks.Count : 0, Snapshot.Blocks.Blocks.Count);

    /// <summary>Blocks of a group that may hold answers.</summary>
    public BlockCursor BlocksOfGroup(int group)
        => new(this, _box, group * BlockIndex.GroupBlocks, IsNever ? 0 : Math.Min(Snapshot.Blocks.Blocks.Count, (group + 1) * BlockIndex.GroupBlocks));

    /// <summary>Rows of a block that answer the question, in order.</summary>
    /// <param name="rows">Room for <see cref="BlockIndex.BlockRows"/>.</param>
    public int Select(int block, Span<int> rows) => Select(RowsOf(block), rows);

    /// <summary>Rows of a block that answer the question and lie in a box by their spots or by their bounding boxes.</summary>
    public int Select(int block, WorldBox within, Reach reach, Span<int> rows)
    {
        var (start, end) = RowsOf(block);
        var isInside = within.Holds(Snapshot.Blocks.Blocks.Box(block));
        if (isInside && end <= Snapshot.Placed)
            return SelectByMask(block, rows);
        end = Math.Min(end, Snapshot.Placed);
        var found = isInside ? All(start, end, rows)
            : reach == Reach.Box && Snapshot.Shapes.Count > 0 ? ByBox(start, end, within, rows) : BySpot(start, end, within, rows);
        return KeepOf(block, rows[..found]);
    }

    /// <summary>Rows of a range that answer the question, in order.</summary>
    /// <param name="rows">Room for the whole range.</param>
    public int Select((int Start, int End) range, Span<int> rows)
        => Keep(rows[..(_box is { } box
            ? Snapshot.Shapes.Count > 0
                ? ByBox(range.Start, Math.Min(range.End, Snapshot.Placed), box, rows)
                : BySpot(range.Start, Math.Min(range.End, Snapshot.Placed), box, rows)
            : All(range.Start, range.End, rows))]);

    /// <summary>Rows that answer the question.</summary>
    public long Count()
    {
        Span<int> rows = stackalloc int[BlockIndex.BlockRows];
        var count = 0L;
        foreach (var block in Blocks())
            count += Select(block, rows);
        return count;
    }

    /// <summary>Sets a bit for each row of a block that answers the question and clears the others; bit i is the block's i-th row. Returns how many answer.</summary>
    /// <param name="mask">Words for <see cref="BlockIndex.BlockRows"/> bits.</param>
    public int Mask(int block, Span<ulong> mask)
    {
        var (start, end) = RowsOf(block);
        var isWithin = _box is not { } whole || whole.Holds(Snapshot.Blocks.Blocks.Box(block));
        Fill(mask, Math.Max(0, (_box is null ? end : Math.Min(end, Snapshot.Placed)) - start));
        foreach (var condition in _codes)
            if (!condition.IsMetByAll(Snapshot.Blocks.Blocks, block))
                condition.Mask(start, mask);
        _time?.Mask(start, mask);
        foreach (var condition in _others)
            if (!condition.IsMetByAll(Snapshot.Blocks.Blocks, block))
                condition.Mask(start, mask);
        if (!isWithin || _dead.AnyIn(block))
            MaskOneByOne(start, isWithin ? null : _box, mask);
        var found = 0;
        foreach (var word in mask)
            found += BitOperations.PopCount(word);
        return found;
    }

    int SelectByMask(int block, Span<int> rows)
    {
        Span<ulong> mask = stackalloc ulong[BlockIndex.BlockRows / 64];
        Mask(block, mask);
        var found = 0;
        for (var word = 0; word < mask.Length; word++)
        {
            var first = block * BlockIndex.BlockRows + word * 64;
            for (var left = mask[word]; left != 0; left &= left - 1)
                rows[found++] = first + BitOperations.TrailingZeroCount(left);
        }
        return found;
    }

    static void Fill(Span<ulong> mask, int rows)
    {
        mask.Clear();
        mask[..(rows >> 6)].Fill(ulong.MaxValue);
        if ((rows & 63) != 0)
            mask[rows >> 6] = (1ul << rows) - 1;
    }

    void MaskOneByOne(int start, WorldBox? box, Span<ulong> mask)
    {
        for (var word = 0; word < mask.Length; word++)
            for (var left = mask[word]; left != 0; left &= left - 1)
                if (start + word * 64 + BitOperations.TrailingZeroCount(left) is var row && (_dead[row] || (box is { } edge && !Touches(row, edge))))
                    mask[word] &= ~(left & ~(left - 1));
    }

    internal bool MayHold(BlockLevel level, int at)
    {
        foreach (var condition in _codes)
            if (!condition.MayHold(level, at))
                return false;
        foreach (var condition in _others)
            if (!condition.MayHold(level, at))
                return false;
        return _time is null || _time.MayHold(level, at);
    }

    (int Start, int End) RowsOf(int block) => (block * BlockIndex.BlockRows, Math.Min(Snapshot.Count, (block + 1) * BlockIndex.BlockRows));

    int Keep(Span<int> rows)
    {
        var found = rows.Length;
        foreach (var condition in _codes)
            found = condition.Keep(rows[..found]);
        found = KeepTimely(rows[..found]);
        foreach (var condition in _others)
            found = condition.Keep(rows[..found]);
        return found;
    }

    // Of a block it is known of some conditions that every row meets them.
    int KeepOf(int block, Span<int> rows)
    {
        var (found, blocks) = (rows.Length, Snapshot.Blocks.Blocks);
        foreach (var condition in _codes)
            if (!condition.IsMetByAll(blocks, block))
                found = condition.Keep(rows[..found]);
        found = KeepTimely(rows[..found]);
        foreach (var condition in _others)
            if (!condition.IsMetByAll(blocks, block))
                found = condition.Keep(rows[..found]);
        return found;
    }

    int KeepTimely(Span<int> rows)
    {
        var found = _time is null ? rows.Length : _time.Keep(rows);
        found = _dead.Keep(rows[..found]);
        return _box is not { } box ? found : Snapshot.Shapes.Count > 0 ? KeepTouching(rows[..found], box) : KeepSpots(rows[..found], box);
    }

    int KeepTouching(Span<int> rows, WorldBox box)
    {
        var kept = 0;
        foreach (var row in rows)
            if (Touches(row, box))
                rows[kept++] = row;
        return kept;
    }

    int KeepSpots(Span<int> rows, WorldBox box)
    {
        var kept = 0;
        var x = Snapshot.X;
        var y = Snapshot.Y;
        foreach (var row in rows)
            if (row < Snapshot.Placed && box.Holds(x[row], y[row]))
                rows[kept++] = row;
        return kept;
    }

    bool Touches(int row, WorldBox box)
        => row < Snapshot.Placed && (Snapshot.Shapes.Of(row) is >= 0 and var shape ? Snapshot.Shapes.Touches(shape, box) : box.Holds(Snapshot.X[row], Snapshot.Y[row]));

    static int All(int start, int end, Span<int> rows)
    {
        for (var row = start; row < end; row++)
            rows[row - start] = row;
        return Math.Max(0, end - start);
    }

    int ByBox(int start, int end, WorldBox box, Span<int> rows)
    {
        var found = 0;
        var x = Snapshot.X;
        var y = Snapshot.Y;
        var shapes = Snapshot.Shapes;
        for (var row = start; row < end; row++)
            if (shapes.Of(row) is >= 0 and var shape ? box.Meets(shapes.Box(shape)) : box.Holds(x[row], y[row]))
                rows[found++] = row;
        return found;
    }

    // Eight spots at a time; a difference that wraps below zero is larger than any box.
    int BySpot(int start, int end, WorldBox box, Span<int> rows)
    {
        var x = Snapshot.X;
        var y = Snapshot.Y;
        var (found, row) = (0, start);
        var (minX, minY) = (Vector256.Create(box.MinX), Vector256.Create(box.MinY));
        var (width, height) = (Vector256.Create(box.MaxX - box.MinX), Vector256.Create(box.MaxY - box.MinY));
        for (; row + 8 <= end; row += 8)
        {
            var inside = Vector256.LessThanOrEqual(Vector256.Create(x.Slice(row, 8)) - minX, width)
                & Vector256.LessThanOrEqual(Vector256.Create(y.Slice(row, 8)) - minY, height);
            for (var bits = inside.ExtractMostSignificantBits(); bits != 0; bits &= bits - 1)
                rows[found++] = row + BitOperations.TrailingZeroCount(bits);
        }
        for (; row < end; row++)
            if (box.Holds(x[row], y[row]))
                rows[found++] = row;
        return found;
    }
}
