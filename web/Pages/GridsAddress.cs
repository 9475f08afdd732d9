using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace CityOps.Gis.Web.Pages;

/// <summary>The state of the page of a person's grids as its address holds it: <c>/grids?days=7</c>.</summary>
/// <param name="Days">Days before today at whose beginning the comparison starts: 1 is yesterday.</param>
public sealed record GridsAddress(int Days)
{
    public const int UsualDays = 1;
    const int MostDays = 366;
    static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    /// <summary>Reads an address; what cannot be read has its default.</summary>
    public static GridsAddress Parse(string uri)
        => QueryHelpers.ParseQuery(new Uri(uri).Query).TryGetValue("days", out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= MostDays
            ? new(days)
            : new(UsualDays);

    /// <summary>Midnight in Beijing, so many days before today.</summary>
    public static DateTimeOffset Since(TimeProvider clock, int days)
        => new(clock.GetUtcNow().ToOffset(Beijing).Date.AddDays(-Math.Clamp(days, 0, MostDays)), Beijing);

    public override string ToString() => Days == UsualDays ? "/grids" : string.Create(CultureInfo.InvariantCulture, $"/grids?days={Days}");

    /// <summary>The same state in another language.</summary>
    public string In(string language) => $"{this}{(Days == UsualDays ? '?' : '&')}{UiLanguage.QueryKey}={language}";
}
