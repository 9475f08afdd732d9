using System.Globalization;

namespace CityOps.Gis.Assessment;

/// <summary>A month, a quarter or a year of the city's local time: <c>2026-11</c>, <c>2026-Q4</c>, <c>2026</c>.</summary>
/// <param name="Months">1, 3 or 12.</param>
public readonly record struct AssessmentPeriod(DateOnly First, int Months)
{
    /// <summary>The first day after it.</summary>
    public DateOnly End => First.AddMonths(Months);

    public AssessmentPeriod Previous => this with { First = First.AddMonths(-Months) };
    public AssessmentPeriod Next => this with { First = End };

    public static AssessmentPeriod MonthOf(DateOnly day) => new(new(day.Year, day.Month, 1), 1);

    /// <summary>Null for a text that is none.</summary>
    public static AssessmentPeriod? TryParse(string? text)
        => text is not { Length: >= 4 } || !int.TryParse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year is < 1990 or > 2200 ? null
            : text.Length == 4 ? new(new(year, 1, 1), 12)
            : text is [_, _, _, _, '-', 'Q', >= '1' and <= '4' and var quarter] ? new(new(year, (quarter - '1') * 3 + 1, 1), 3)
            : text.Length == 7 && text[4] == '-' && int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var month) && month is >= 1 and <= 12 ? new(new(year, month, 1), 1)
            : null;

    /// <summary>The moments at which it begins and ends.</summary>
    public (DateTimeOffset From, DateTimeOffset To) In(TimeZoneInfo zone) => (Midnight(First, zone), Midnight(End, zone));

    public override string ToString() => Months switch
    {
        1 => First.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        3 => string.Create(CultureInfo.InvariantCulture, $"{First.Year:0000}-Q{(First.Month + 2) / 3}"),
        _ => First.Year.ToString("0000", CultureInfo.InvariantCulture),
    };

    static DateTimeOffset Midnight(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
