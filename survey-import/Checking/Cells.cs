using System.Globalization;
using CityOps.Gis.SurveyImport.Sources;

namespace CityOps.Gis.SurveyImport.Checking;

/// <summary>Reads dates, times and numbers the way deliveries write them.</summary>
public static class Cells
{
    static readonly string[] Days = ["yyyyMMdd", "yyyy-MM-dd", "yyyy/M/d", "yyyy-M-d", "yyyy.M.d", "yyyy年M月d日", "M/d/yyyy"];
    static readonly string[] Times =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm", "yyyy/M/d H:mm:ss", "yyyy/M/d H:mm",
        "yyyyMMddHHmmss", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:sszz", "M/d/yyyy H:mm:ss", "M/d/yyyy h:mm:ss tt", "yyyy年M月d日 H:mm:ss",
    ];
    static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    /// <summary><c>YYYYMMDD</c> by the standard; ISO, Chinese and what Java prints (<c>Mon Aug 10 00:00:00 CST 2020</c>) occur in practice.</summary>
    public static DateOnly? Day(string text)
    {
        text = text.Trim();
        if (DateOnly.TryParseExact(text, Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        return Instant(text) is { } time ? DateOnly.FromDateTime(time.ToOffset(Beijing).Date) : null;
    }

    /// <summary>A point in time; without a zone it is Beijing time.</summary>
    public static DateTimeOffset? Instant(string text)
    {
        text = text.Trim();
        if (DateTimeOffset.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return HasZone(text) ? time : new DateTimeOffset(time.UtcDateTime, TimeSpan.Zero).Subtract(Beijing);
        if (DateOnly.TryParseExact(text, Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), Beijing);
        return JavaDate(text);
    }

    public static double? Number(string text)
        => double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    public static long? Integer(string text)
        => long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
            : Number(text) is { } real && Math.Floor(real) == real && Math.Abs(real) < 1e15 ? (long)real : null;

    public static bool? Truth(string text) => text.Trim().ToLowerInvariant() switch
    {
        "1" or "true" or "t" or "y" or "yes" or "是" or "有" => true,
        "0" or "false" or "f" or "n" or "no" or "否" or "无" => false,
        _ => null,
    };

    /// <summary>A cell as text; numbers as they are written without decimals where they have none.</summary>
    public static string? Text(Column column, int row) => column is TextColumn texts ? texts.Values[row] : column.Text(row);

    static bool HasZone(string text) => text.EndsWith('Z') || text.Length > 19 && text.AsSpan(19).IndexOfAny('+', '-') >= 0;

    static DateTimeOffset? JavaDate(string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return parts is [_, var month, var day, var time, "CST" or "GMT+08:00", var year]
            && DateTime.TryParseExact($"{year} {month} {day} {time}", "yyyy MMM d HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? new DateTimeOffset(local, Beijing)
            : null;
    }
}
