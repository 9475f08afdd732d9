using System.Globalization;

namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>Days of the sample, counted back from the reference day 2026-11-01; the clock is never read.</summary>
static class Calendar
{
    public static readonly DateOnly Reference = new(2026, 11, 1);

    /// <summary>Local midnight (UTC+8) of the reference day.</summary>
    public static readonly DateTime Now = Reference.ToDateTime(TimeOnly.MinValue);

    const int Days = 3000;
    static readonly byte[][] Texts = [.. Enumerable.Range(0, Days).Select(ago => ShapefileWriter.Encode(Reference.AddDays(-ago).ToString("yyyyMMdd", CultureInfo.InvariantCulture)))];

    public static byte[] DaysAgo(int days) => Texts[days];

    /// <summary>Xiamen's time with its offset, to the second.</summary>
    public static string Text(DateTime? time) => time?.ToString("yyyy-MM-dd'T'HH:mm:ss'+08:00'", CultureInfo.InvariantCulture) ?? "";
}
