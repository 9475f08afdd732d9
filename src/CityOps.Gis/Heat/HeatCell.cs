namespace CityOps.Gis.Heat;

/// <summary>A cell of a <see cref="HeatGrid"/>: columns grow eastwards from 180° W, rows northwards from the equator.</summary>
public readonly record struct HeatCell(int Column, int Row)
{
    /// <summary>Both in one number that sorts by row, then column.</summary>
    public long Key => (long)Row << 32 | (uint)Column;

    public static HeatCell Of(long key) => new((int)(uint)key, (int)(key >> 32));

    public override string ToString() => $"{Column}_{Row}";
}
