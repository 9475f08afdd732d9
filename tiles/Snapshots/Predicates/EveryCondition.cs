namespace CityOps.Gis.Tiles.Snapshots.Predicates;

/// <summary>All of several conditions; with none, every row matches.</summary>
sealed class EveryCondition(RowCondition[] conditions) : RowCondition
{
    public override bool IsPossible => Array.TrueForAll(conditions, one => one.IsPossible);

    public override bool MayHold(BlockLevel level, int at)
    {
        foreach (var condition in conditions)
            if (!condition.MayHold(level, at))
                return false;
        return true;
    }

    public override bool IsMetByAll(BlockLevel level, int at)
    {
        foreach (var condition in conditions)
            if (!condition.IsMetByAll(level, at))
                return false;
        return true;
    }

    public override bool Matches(int row)
    {
        foreach (var condition in conditions)
            if (!condition.Matches(row))
                return false;
        return true;
    }

    public override int Keep(Span<int> rows)
    {
        var kept = rows.Length;
        foreach (var condition in conditions)
            kept = condition.Keep(rows[..kept]);
        return kept;
    }

    public override void Mask(int start, Span<ulong> mask)
    {
        foreach (var condition in conditions)
            condition.Mask(start, mask);
    }
}
