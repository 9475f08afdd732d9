namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>
/// Rows of a snapshot that count no more, because they were deleted or a later part of the view has them anew. Never changes; <see cref="With"/> gives another one.
/// In memory: a reference per group of 64 blocks, in it a reference per block of 1,024 rows, null where all rows count, else 16 words of a bit per row. A change
/// copies the groups and words it marks and the references to the groups, a few KB for a layer of many millions.
/// </summary>
public sealed class DeadRows
{
    const int BlockShift = 10, BlockWords = BlockIndex.BlockRows / 64, GroupShift = 6, GroupMask = BlockIndex.GroupBlocks - 1;
    readonly ulong[]?[]?[] _groups;

    DeadRows(ulong[]?[]?[] groups, int count) => (_groups, Count) = (groups, count);

    /// <summary>All rows count.</summary>
    public static DeadRows None { get; } = new([], 0);

    public int Count { get; }
    public long Bytes => _groups.Sum(group => group is null ? 8L : 8 + BlockIndex.GroupBlocks * 8L + group.Count(block => block is not null) * BlockWords * 8L);

    public bool this[int row] => Words(row >> BlockShift) is { } words && (words[row >> 6 & BlockWords - 1] >> row & 1) != 0;

    /// <summary>Is any row of a block (<see cref="BlockIndex.BlockRows"/>) dead?</summary>
    public bool AnyIn(int block) => Words(block) is not null;

    ulong[]? Words(int block) => block >> GroupShift is var group && group < _groups.Length ? _groups[group]?[block & GroupMask] : null;

    /// <summary>These and more; rows that are dead already may come again.</summary>
    public DeadRows With(IEnumerable<int> rows)
    {
        var (groups, ownGroups, ownBlocks, count) = (_groups.ToArray(), new HashSet<int>(), new HashSet<int>(), Count);
        foreach (var row in rows)
        {
            var (block, group) = (row >> BlockShift, row >> BlockShift + GroupShift);
            if (group >= groups.Length)
                Array.Resize(ref groups, Math.Max(group + 1, groups.Length * 2));
            if (ownGroups.Add(group))
                groups[group] = groups[group] is { } shared ? [.. shared] : new ulong[]?[BlockIndex.GroupBlocks];
            ref var words = ref groups[group]![block & GroupMask];
            if (ownBlocks.Add(block))
                words = words is null ? new ulong[BlockWords] : [.. words];
            ref var word = ref words![row >> 6 & BlockWords - 1];
            count += (word >> row & 1) == 0 ? 1 : 0;
            word |= 1ul << row;
        }
        return new(groups, count);
    }

    /// <summary>The dead rows in order.</summary>
    public IEnumerable<int> All()
    {
        for (var block = 0; block < _groups.Length << GroupShift; block++)
            if (Words(block) is { } words)
                for (var at = 0; at < BlockIndex.BlockRows; at++)
                    if ((words[at >> 6] >> at & 1) != 0)
                        yield return (block << BlockShift) + at;
    }

    /// <summary>Keeps the rows that count, in place.</summary>
    /// <param name="rows">In ascending order.</param>
    public int Keep(Span<int> rows)
    {
        if (Count == 0 || rows.Length == 0 || (rows[0] >> BlockShift == rows[^1] >> BlockShift && !AnyIn(rows[0] >> BlockShift)))
            return rows.Length;
        var kept = 0;
        foreach (var row in rows)
        {
            rows[kept] = row;
            kept += this[row] ? 0 : 1;
        }
        return kept;
    }
}
