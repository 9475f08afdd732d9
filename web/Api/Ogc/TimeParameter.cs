using System.Globalization;
using CityOps.Gis.Layers;

namespace CityOps.Gis.Web.Api.Ogc;

/// <summary>
/// The parameter <c>datetime</c>: an instant, a day, or an interval <c>a/b</c> whose ends may be open (<c>..</c> or empty; RFC 3339; OGC 17-069r4, 7.15.4).
/// It becomes the question's half-open interval. Features of layers without a time answer whatever is asked.
/// </summary>
static class TimeParameter
{
    // PostgreSQL's resolution: an interval that ends at an instant ends before the next one.
    static readonly TimeSpan Resolution = TimeSpan.FromMicroseconds(1), Beijing = TimeSpan.FromHours(8);

    public static IEnumerable<KeyValuePair<string, string>> Read(LayerDefinition layer, string text, List<LocalText> faults)
    {
        if (text.Length == 0)
            return [];
        var ends = text.Split('/');
        var (from, to) = ends.Length > 2 ? (null, null) : (End(ends[0]), End(ends[^1]));
        if (from is null || to is null || (ends.Length == 1 && from.Value.Start is null) || (from.Value.Start is null && to.Value.Start is null) || from.Value.Start >= to.Value.End)
        {
            faults.Add(new($"datetime=“{text}”应为时刻（2026-01-31T08:00:00Z）、日期，或以“/”连接的起止，开放端写作“..”。",
                $"'datetime={text}' is no instant (2026-01-31T08:00:00Z), day or interval a/b with '..' for an open end."));
            return [];
        }
        return layer.Find("occurred_at") is null ? [] : Interval(from.Value.Start, to.Value.End);
    }

    static IEnumerable<KeyValuePair<string, string>> Interval(DateTimeOffset? from, DateTimeOffset? to)
    {
        if (from is { } start)
            yield return new("from", Text(start));
        if (to is { } end)
            yield return new("to", Text(end));
    }

    /// <returns>Null where the text is none; both null for an open end.</returns>
    static (DateTimeOffset? Start, DateTimeOffset? End)? End(string text)
    {
        if (text is "" or "..")
            return (null, null);
        // GDAL 3.6 writes a day with the T of a time that does not follow.
        text = text.TrimEnd('T');
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return (new(day.ToDateTime(TimeOnly.MinValue), Beijing), new(day.AddDays(1).ToDateTime(TimeOnly.MinValue), Beijing));
        return DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? (time, time + Resolution)
            : null;
    }

    static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
