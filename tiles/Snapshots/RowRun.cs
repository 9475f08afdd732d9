namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>Neighbouring rows of one of several snapshots.</summary>
readonly record struct RowRun(int Part, int Row, int Count)
{
    public int End => Row + Count;
}
