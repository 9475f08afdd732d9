using CityOps.Gis.Assessment;
using Microsoft.AspNetCore.WebUtilities;

namespace CityOps.Gis.Web.Assessment;

/// <summary>The state of the page of own figures as its address holds it: <c>/assessment/mine?period=2026-11&amp;indicator=collector-valid</c>. Whose they are it does not hold.</summary>
/// <param name="Period">Null: the newest with anything in it.</param>
/// <param name="Indicator">The figure whose cases are listed; null for none.</param>
public sealed record OwnFiguresAddress(AssessmentPeriod? Period = null, string? Indicator = null)
{
    public const string Path = "/assessment/mine";

    /// <summary>Reads an address; what cannot be read has its default.</summary>
    public static OwnFiguresAddress Parse(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        string? Text(string name) => query.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;
        return new(AssessmentPeriod.TryParse(Text("period")), Text("indicator"));
    }

    public override string ToString()
        => QueryHelpers.AddQueryString(Path, new Dictionary<string, string?> { ["period"] = Period?.ToString(), ["indicator"] = Indicator }.Where(one => one.Value is not null));
}
