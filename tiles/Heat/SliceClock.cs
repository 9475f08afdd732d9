using CityOps.Gis.Heat;
using CityOps.Gis.Tiles.Snapshots;

namespace CityOps.Gis.Tiles.Heat;

/// <summary>Cuts times into slices of Beijing time (UTC+8, no summer time).</summary>
static class SliceClock
{
    const long Second = 1_000_000, Hour = 3600 * Second, Day = 24 * Hour, Beijing = 8 * Hour;

    // 2000-01-01 was a Saturday; in the calendar's count from 0000-03-01 it is this day.
    const int Saturday = 5, FirstDay = 730_425;

    /// <param name="micros">Since 2000-01-01 UTC.</param>
    public static int Of(HeatSlice slice, long micros)
    {
        if (micros is long.MaxValue or <= TimeColumn.NoMicrosecond + 1)
            return HeatSlices.Timeless;
        var (day, rest) = Math.DivRem(micros + Beijing, Day);
        if (rest < 0)
            (day, rest) = (day - 1, rest + Day);
        return slice switch
        {
            HeatSlice.Hour => (int)(rest / Hour),
            HeatSlice.Weekday => (int)(((day + Saturday) % 7 + 7) % 7) + 1,
            HeatSlice.Day => (int)day,
            _ => Month((int)day),
        };
    }

    // Civil month from days, after Howard Hinnant's "chrono-compatible low-level date algorithms": years begin in March, eras are 400 years.
    static int Month(int day)
    {
        var days = day + FirstDay;
        var era = (days >= 0 ? days : days - 146_096) / 146_097;
        var dayOfEra = days - era * 146_097;
        var yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        var dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        var fromMarch = (5 * dayOfYear + 2) / 153;
        return (yearOfEra + era * 400) * 12 + fromMarch + 2;
    }
}
