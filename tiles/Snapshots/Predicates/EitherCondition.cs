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
}
