using System.Globalization;
using CityOps.Gis.Leaflet;
using Microsoft.AspNetCore.WebUtilities;

namespace CityOps.Gis.Web.Cases;

/// <summary>The state of the page where a case is reported, as its address holds it: <c>/cases/new?component=…</c> or <c>?at=longitude,latitude</c>.</summary>
/// <param name="Component">Identification code of the component it is about.</param>
public sealed record ReportAddress(string? Component, MapPlace? Place)
{
    public const string Path = "/cases/new";

    /// <summary>The layer whose features a case can be at.</summary>
    public const string ComponentLayer = "components";

    public static ReportAddress Parse(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        return new(query.TryGetValue("component", out var code) && code.ToString() is { Length: > 0 } text ? text : null, query.TryGetValue("at", out var at) ? PlaceOf(at.ToString()) : null);
    }

    public override string ToString()
        => QueryHelpers.AddQueryString(Path, new Dictionary<string, string?> { ["component"] = Component, ["at"] = Place?.ToString() }.Where(one => one.Value is not null));

    static MapPlace? PlaceOf(string text)
        => text.Split(',') is [var east, var north] && double.TryParse(east, NumberStyles.Float, CultureInfo.InvariantCulture, out var longitude) && double.TryParse(north, NumberStyles.Float, CultureInfo.InvariantCulture, out var latitude)
            && Math.Abs(longitude) <= 180 && Math.Abs(latitude) <= 86 ? new(longitude, latitude) : null;
}
