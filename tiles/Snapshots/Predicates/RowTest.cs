namespace CityOps.Gis.Tiles.Snapshots.Predicates;

/// <summary>A test of several columns, or of one without a dictionary.</summary>
sealed class RowTest(Func<int, bool> test) : RowCondition
{
    public override bool Matches(int row) => test(row);
}
