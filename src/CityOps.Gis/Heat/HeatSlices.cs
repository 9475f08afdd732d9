namespace CityOps.Gis.Heat;

/// <summary>
/// Counts by cell and slice of time, packed: those of cell <c>i</c> stand from <c>Starts[i]</c> to before <c>Starts[i + 1]</c>, in order of their slices.
/// Their sum is the cell's count.
/// </summary>
/// <param name="Slices">Hour, ISO weekday, day since 2000-01-01, or months since year 0; <see cref="Timeless"/> for features without a time.</param>
public sealed record HeatSlices(int[] Starts, int[] Slices, long[] Counts)
{
    public const int Timeless = int.MinValue;
    static readonly DateOnly FirstDay = new(2000, 1, 1);

    /// <summary>How a slice is written: <c>0</c>–<c>23</c>, <c>1</c>–<c>7</c>, <c>2026-01-31</c>, <c>2026-01</c>; <c>none</c> without a time.</summary>
    public static string Name(HeatSlice kind, int slice) => (kind, slice) switch
    {
        (_, Timeless) => "none",
        (HeatSlice.Day, _) when slice + FirstDay.DayNumber is >= 0 and var day && day <= DateOnly.MaxValue.DayNumber
            => DateOnly.FromDayNumber(day).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        (HeatSlice.Month, _) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{slice / 12:0000}-{slice % 12 + 1:00}"),
        _ => slice.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
