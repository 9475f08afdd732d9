using System.Globalization;
using CityOps.Gis.Leaflet;
using Microsoft.AspNetCore.WebUtilities;

namespace CityOps.Gis.Web.Pages;

/// <summary>The state of the page of a person's grids as its address holds it: <c>/grids?days=7&amp;grid=350203002002101&amp;at=16/24.46550/118.07550</c>.</summary>
/// <param name="Days">Days before today at whose beginning the comparison starts: 1 is yesterday.</param>
/// <param name="Grid">Code of the grid that is marked; null = none.</param>
/// <param name="At">Null = where the grids are.</param>
public sealed record GridsAddress(int Days, string? Grid = null, MapViewport? At = null)
{
    public const int UsualDays = 1;
    const int MostDays = 366;
    static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    /// <summary>Reads an address; what cannot be read has its default.</summary>
    public static GridsAddress Parse(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        string? Text(string key) => query.TryGetValue(key, out var value) && value.ToString() is { Length: > 0 } text ? text : null;
        var days = int.TryParse(Text("days"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked is > 0 and <= MostDays ? asked : UsualDays;
        return new(days, Text("grid"), MapViewport.TryParse(Text("at")));
    }

    /// <summary>Midnight in Beijing, so many days before today.</summary>
    public static DateTimeOffset Since(TimeProvider clock, int days)
        => new(clock.GetUtcNow().ToOffset(Beijing).Date.AddDays(-Math.Clamp(days, 0, MostDays)), Beijing);

    public override string ToString() => Parts.Length == 0 ? "/grids" : $"/grids?{string.Join('&', Parts)}";

    /// <summary>The same state in another language.</summary>
    public string In(string language) => $"{this}{(Parts.Length == 0 ? '?' : '&')}{UiLanguage.QueryKey}={language}";

    string[] Parts =>
    [
        .. Days == UsualDays ? Array.Empty<string>() : [string.Create(CultureInfo.InvariantCulture, $"days={Days}")],
        .. Grid is null ? Array.Empty<string>() : ["grid=" + Uri.EscapeDataString(Grid)],
        .. At is null ? Array.Empty<string>() : [$"at={At}"],
    ];
}
