using CityOps.Gis.Assessment;
using CityOps.Gis.Leaflet;
using CityOps.Gis.Web.Cases;
using Microsoft.AspNetCore.WebUtilities;

namespace CityOps.Gis.Web.Assessment;

/// <summary>What the page where a check on the spot is written down begins with: <c>/assessment/checks/new?period=2026-11&amp;department=11&amp;at=longitude,latitude</c>.</summary>
public sealed record SpotCheckAddress(AssessmentPeriod? Period = null, string? Department = null, MapPlace? Place = null)
{
    public const string Path = "/assessment/checks/new";

    /// <summary>Reads an address; what cannot be read is left out.</summary>
    public static SpotCheckAddress Parse(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        return new(query.TryGetValue("period", out var period) ? AssessmentPeriod.TryParse(period.ToString()) : null, query.TryGetValue("department", out var code) && code.ToString() is { Length: > 0 } text ? text : null, ReportAddress.Parse(uri).Place);
    }

    public override string ToString()
        => QueryHelpers.AddQueryString(Path, new Dictionary<string, string?> { ["period"] = Period?.ToString(), ["department"] = Department, ["at"] = Place?.ToString() }.Where(one => one.Value is not null));
}
