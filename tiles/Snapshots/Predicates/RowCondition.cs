using System.Numerics;

namespace CityOps.Gis.Tiles.Snapshots.Predicates;

/// <summary>Something a question asks of a row beyond the codes and times that <see cref="SnapshotFilter"/> looks at itself. Never changes; allocates nothing per row.</summary>
abstract class RowCondition
{
    /// <summary>False where it is known that no row matches.</summary>
    public virtual bool IsPossible => true;

    /// <summary>May a run of rows hold one that matches? Never false where it does.</summary>
    public virtual bool MayHold(BlockLevel level, int at) => true;

    /// <summary>Is it known that every row of a run matches?</summary>
    public virtual bool IsMetByAll(BlockLevel level, int at) => false;

    public abstract bool Matches(int row);

    /// <summary>Keeps the rows that match, in place.</summary>
    public virtual int Keep(Span<int> rows)
    {
        var kept = 0;
        foreach (var row in rows)
            if (Matches(row))
                rows[kept++] = row;
        return kept;
    }

    /// <summary>Clears the bits of rows that do not match; bit i of the mask is row <paramref name="start"/> + i.</summary>
    public virtual void Mask(int start, Span<ulong> mask)
    {
        for (var word = 0; word < mask.Length; word++)
            for (var left = mask[word]; left != 0; left &= left - 1)
                if (!Matches(start + word * 64 + BitOperations.TrailingZeroCount(left)))
                    mask[word] &= ~(left & ~(left - 1));
    }
}
