using System.Globalization;

namespace CityOps.Gis.Cases;

/// <summary>A part of a day in which people work, as time since midnight; 24:00 ends a day.</summary>
public readonly record struct WorkingSpan(TimeSpan From, TimeSpan To)
{
    public TimeSpan Length => To - From;

    /// <summary>The parts of a day as people write them, <c>08:00-12:00 14:30-17:30</c>, in order; none for an empty text, null where it cannot be read or parts overlap.</summary>
    public static WorkingSpan[]? ParseDay(string? text)
    {
        var spans = (text ?? "").Split([' ', ',', '，', '、', ';', '；', '\t'], StringSplitOptions.RemoveEmptyEntries).Select(Parse).ToArray();
        if (spans.Contains(null))
            return null;
        WorkingSpan[] day = [.. spans.Select(span => span!.Value).OrderBy(span => span.From)];
        return day.Zip(day.Skip(1)).All(pair => pair.First.To <= pair.Second.From) ? day : null;
    }

    public override string ToString() => $"{Written(From)}-{Written(To)}";

    static WorkingSpan? Parse(string text)
        => text.Split('-', '–', '—', '~', '～', '至') is [var from, var to] && Time(from) is { } begin && Time(to) is { } end && begin < end ? new(begin, end) : null;

    // To the minute.
    static TimeSpan? Time(string text)
        => text is "24:00" or "24：00" ? TimeSpan.FromDays(1) : TimeSpan.TryParseExact(text.Replace('：', ':'), [@"h\:mm", @"hh\:mm"], CultureInfo.InvariantCulture, out var time) ? time : null;

    static string Written(TimeSpan time) => $"{(int)time.TotalHours:00}:{time.Minutes:00}";
}
