using System.Globalization;
using CityOps.Gis.Web.Resources;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Patrols;

/// <summary>Says times, lengths and shares of patrols, in the language of the page and the city's local time.</summary>
public sealed class PatrolWords(IStringLocalizer<PatrolText> texts, GisWebOptions options, TimeProvider clock)
{
    const int MinutesPerHour = 60, MetersPerKilometer = 1_000;
    readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone);

    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), _zone).DateTime);

    /// <summary>The time of day; a dash where there is none.</summary>
    public string Time(DateTimeOffset? moment) => moment is { } at ? TimeZoneInfo.ConvertTime(at, _zone).ToString("HH:mm", CultureInfo.InvariantCulture) : "–";

    public string Span(double? minutes)
        => minutes is not { } known ? "–"
            : known < MinutesPerHour ? texts["Minutes", Math.Round(known)]
            : texts["HoursMinutes", (int)known / MinutesPerHour, ((int)known % MinutesPerHour).ToString("00", CultureInfo.InvariantCulture)];

    public string Length(double meters) => texts["Kilometers", (meters / MetersPerKilometer).ToString("0.0", CultureInfo.CurrentCulture)];

    public static string Share(double share) => share.ToString("0 %", CultureInfo.InvariantCulture);

    /// <summary>A width of a style sheet.</summary>
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{Math.Clamp(share, 0, 1) * 100:0.#}%");

    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
