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

    public override bool Matches(int row)
    {
        foreach (var condition in conditions)
            if (!condition.Matches(row))
                return false;
        return true;
    }
}
