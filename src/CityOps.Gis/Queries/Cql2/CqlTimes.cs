using System.Globalization;

namespace CityOps.Gis.Queries.Cql2;

/// <summary>
/// Days and moments as a filter writes them (RFC 3339), and as PostgreSQL counts them: days and microseconds since 2000-01-01 (UTC). A day begins at midnight in Beijing.
/// </summary>
public static class CqlTimes
{
    // 0001-01-03 and 9999-12-30: beyond them a day lies for ever away, as its midnight in Beijing is beyond the calendar.
    const long MicrosPerDay = 86_400_000_000, FirstDay = -730_117, LastDay = 2_921_938;
    static readonly TimeSpan Beijing = TimeSpan.FromHours(8);
    static readonly DateTimeOffset Epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    static readonly string[] MomentForms = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static DateOnly? Day(string text)
        => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>A moment with its time zone; to the microsecond, as PostgreSQL keeps it.</summary>
    public static DateTimeOffset? Moment(string text)
        => HasZone(text) && DateTimeOffset.TryParseExact(text, MomentForms, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var moment)
            ? moment.AddTicks(-(moment.Ticks % TimeSpan.TicksPerMicrosecond))
            : null;

    static bool HasZone(string text) => text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':');

    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Text(DateTimeOffset moment) => moment.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>Midnight in Beijing; the ends of the calendar stay for ever.</summary>
    public static DateTimeOffset Start(DateOnly day) => day == DateOnly.MaxValue ? DateTimeOffset.MaxValue
        : day.DayNumber <= 1 ? DateTimeOffset.MinValue
        : new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), Beijing).ToUniversalTime();

    /// <summary>The day's last microsecond in Beijing.</summary>
    public static DateTimeOffset End(DateOnly day) => day == DateOnly.MaxValue ? DateTimeOffset.MaxValue
        : day == DateOnly.MinValue ? DateTimeOffset.MinValue
        : Start(day.AddDays(1)).AddMicroseconds(-1);

    /// <summary>Days since 2000-01-01; the ends of the calendar are PostgreSQL's infinities.</summary>
    public static long Days(DateOnly day) => day == DateOnly.MaxValue ? int.MaxValue : day == DateOnly.MinValue ? int.MinValue : day.DayNumber - DateOnly.FromDateTime(Epoch.DateTime).DayNumber;

    /// <summary>Microseconds since 2000-01-01 UTC; the ends of the calendar are PostgreSQL's infinities.</summary>
    public static long Micros(DateTimeOffset moment) => moment == DateTimeOffset.MaxValue ? long.MaxValue
        : moment == DateTimeOffset.MinValue ? long.MinValue
        : (moment - Epoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>First microsecond of a day in Beijing, both counted from 2000-01-01 UTC (<c>cityops.day_start</c>).</summary>
    public static long StartMicros(long days) => days > LastDay ? long.MaxValue : days < FirstDay ? long.MinValue : days * MicrosPerDay - Beijing.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>Last microsecond of a day in Beijing (<c>cityops.day_end</c>).</summary>
    public static long EndMicros(long days) => StartMicros(days) is var start && start is long.MaxValue or long.MinValue ? StartMicros(days) : start + MicrosPerDay - 1;
}
