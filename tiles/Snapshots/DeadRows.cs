namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>
/// Rows of a snapshot that count no more, because they were deleted or a later part of the view has them anew. Never changes; <see cref="With"/> gives another one.
/// In memory: a reference per block of 1,024 rows, null where all rows count, else 16 words of a bit per row. A change copies the references and the words it marks.
/// </summary>
public sealed class DeadRows
{
    const int BlockShift = 10, BlockWords = BlockIndex.BlockRows / 64;
    readonly ulong[]?[] _blocks;

    DeadRows(ulong[]?[] blocks, int count) => (_blocks, Count) = (blocks, count);

    /// <summary>All rows count.</summary>
    public static DeadRows None { get; } = new([], 0);

    public int Count { get; }
    public long Bytes => _blocks.Length * 8L + _blocks.Count(block => block is not null) * BlockWords * 8L;

    public bool this[int row] => row >> BlockShift < _blocks.Length && _blocks[row >> BlockShift] is { } words && (words[row >> 6 & BlockWords - 1] >> row & 1) != 0;

    /// <summary>Is any row of a block (<see cref="BlockIndex.BlockRows"/>) dead?</summary>
    public bool AnyIn(int block) => block < _blocks.Length && _blocks[block] is not null;

    /// <summary>These and more; rows that are dead already may come again.</summary>
    public DeadRows With(IEnumerable<int> rows)
    {
        var (blocks, owned, count) = (_blocks.ToArray(), new HashSet<int>(), Count);
        foreach (var row in rows)
        {
            var block = row >> BlockShift;
            if (block >= blocks.Length)
                Array.Resize(ref blocks, Math.Max(block + 1, blocks.Length * 2));
            if (owned.Add(block))
                blocks[block] = blocks[block] is { } shared ? [.. shared] : new ulong[BlockWords];
            ref var word = ref blocks[block]![row >> 6 & BlockWords - 1];
            count += (word >> row & 1) == 0 ? 1 : 0;
            word |= 1ul << row;
        }
        return new(blocks, count);
    }

    /// <summary>The dead rows in order.</summary>
    public IEnumerable<int> All()
    {
        for (var block = 0; block < _blocks.Length; block++)
            if (_blocks[block] is { } words)
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
