using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace CityOps.Gis.Web.Patrols;

/// <summary>The state of the page of patrols as its address holds it: <c>/patrols?day=2026-11-26&amp;person=…</c>.</summary>
/// <param name="Day">Of the city; null for today.</param>
/// <param name="Person">Whose day is open; null for nobody's.</param>
public sealed record PatrolsAddress(DateOnly? Day = null, string? Person = null)
{
    public const string Path = "/patrols";

    /// <summary>Reads an address; what cannot be read has its default.</summary>
    public static PatrolsAddress Parse(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        return new(query.TryGetValue("day", out var day) ? ParseDay(day.ToString()) : null, query.TryGetValue("person", out var person) && person.ToString() is { Length: > 0 } text ? text : null);
    }

    /// <summary>Null for a text that is no day.</summary>
    public static DateOnly? ParseDay(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1990 and < 2200 ? day : null;

    public override string ToString()
        => QueryHelpers.AddQueryString(Path, new Dictionary<string, string?> { ["day"] = Day is { } day ? PatrolWords.Text(day) : null, ["person"] = Person }.Where(one => one.Value is not null));
}
