using System.Globalization;
using CityOps.Gis.Assessment;
using CityOps.Gis.Cases;
using CityOps.Gis.PostGis.Assessment;
using Microsoft.AspNetCore.WebUtilities;

namespace CityOps.Gis.Web.Assessment;

/// <summary>The state of the page of ratings as its address holds it: <c>/assessment?kind=community&amp;period=2026-11&amp;aspect=clean&amp;of=350203001001&amp;indicator=grid-closing</c>.</summary>
/// <param name="Code">The object that is open; null for none.</param>
/// <param name="Indicator">The figure whose cases are listed; null for none.</param>
public sealed record AssessmentAddress(AssessmentQuestion Question, string? Code = null, string? Indicator = null)
{
    public const string Path = "/assessment";

    /// <summary>Reads an address; what cannot be read has its default.</summary>
    /// <param name="day">In the city: without a period it is the month of this day.</param>
    public static AssessmentAddress Parse(string uri, DateOnly day)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        string? Text(string name) => query.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;
        return new(Read(Text("kind"), Text("period"), Text("aspect"), day), Text("of"), Text("indicator"));
    }

    /// <summary>Reads the question of an address.</summary>
    public static AssessmentQuestion Read(string? kind, string? period, string? aspect, DateOnly day)
    {
        var what = CaseCodes.Find<AssessedKind>(kind) ?? AssessedKind.District;
        return new(what, AssessmentPeriod.TryParse(period) ?? AssessmentPeriod.MonthOf(day), what.IsArea() ? CaseCodes.Find<Aspect>(aspect) : null);
    }

    /// <summary>The question as the query of an address.</summary>
    public static string QueryOf(AssessmentQuestion question) => string.Create(CultureInfo.InvariantCulture,
        $"kind={CaseCodes.Of(question.Kind)}&period={question.Period}{(question.Aspect is { } aspect ? "&aspect=" + CaseCodes.Of(aspect) : "")}");

    public override string ToString()
        => $"{Path}?{QueryOf(Question)}{(Code is null ? "" : "&of=" + Uri.EscapeDataString(Code))}{(Indicator is null ? "" : "&indicator=" + Uri.EscapeDataString(Indicator))}";
}
