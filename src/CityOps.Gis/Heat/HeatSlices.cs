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

    /// <summary>Is it how a slice of some kind is written?</summary>
    public static bool IsName(string text) => Enum.GetValues<HeatSlice>().Any(kind => IsName(kind, text));

    /// <summary>Is it how a slice of this kind is written?</summary>
    public static bool IsName(HeatSlice kind, string text) => Parse(kind, text) is { } slice && Name(kind, slice) == text;

    /// <summary>The slice that is written so; null where none is.</summary>
    public static int? Parse(HeatSlice kind, string text)
    {
        var isNumber = int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number);
        DateOnly? Day(string form) => DateOnly.TryParseExact(text, form, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var day) ? day : null;
        return kind switch
        {
            HeatSlice.Hour when isNumber && number < 24 => number,
            HeatSlice.Weekday when isNumber && number is >= 1 and <= 7 => number,
            HeatSlice.Day when Day("yyyy-MM-dd") is { } day => day.DayNumber - FirstDay.DayNumber,
            HeatSlice.Month when Day("yyyy-MM") is { } month => month.Year * 12 + month.Month - 1,
            _ => null,
        };
    }
}
