namespace CityOps.Gis.Tiles.Snapshots.Predicates;

/// <summary>One of several conditions; with none, no row matches.</summary>
sealed class EitherCondition(RowCondition[] conditions) : RowCondition
{
    public override bool IsPossible => Array.Exists(conditions, one => one.IsPossible);

    public override bool MayHold(BlockLevel level, int at)
    {
        foreach (var condition in conditions)
            if (condition.MayHold(level, at))
                return true;
        return false;
    }

    public override bool IsMetByAll(BlockLevel level, int at)
    {
        foreach (var condition in conditions)
            if (condition.IsMetByAll(level, at))
                return true;
        return false;
    }

    public override bool Matches(int row)
    {
        foreach (var condition in conditions)
            if (condition.Matches(row))
                return true;
        return false;
    }

    // A row that one condition holds is not asked of the next.
    public override void Mask(int start, Span<ulong> mask)
    {
        Span<ulong> held = stackalloc ulong[mask.Length], left = stackalloc ulong[mask.Length];
        held.Clear();
        foreach (var condition in conditions)
        {
            for (var word = 0; word < mask.Length; word++)
                left[word] = mask[word] & ~held[word];
            condition.Mask(start, left);
            for (var word = 0; word < mask.Length; word++)
                held[word] |= left[word];
        }
        held.CopyTo(mask);
    }
}
