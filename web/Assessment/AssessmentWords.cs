using System.Globalization;
using CityOps.Gis.Assessment;
using CityOps.Gis.Cases;
using CityOps.Gis.Layers;
using CityOps.Gis.Web.Resources;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Assessment;

/// <summary>Says kinds, periods, aspects and scores in the language of the page, and which day it is in the city.</summary>
public sealed class AssessmentWords(LayerCatalog catalog, IStringLocalizer<AssessmentText> texts, GisWebOptions options, TimeProvider clock)
{
    readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone);

    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), _zone).DateTime);

    public string Of(AssessedKind kind) => texts["kind." + CaseCodes.Of(kind)];

    /// <summary>One of a kind.</summary>
    public string One(AssessedKind kind) => texts["one." + CaseCodes.Of(kind)];

    public string Of(Aspect? aspect)
        => aspect is not { } one ? texts["AllCases"] : catalog.Lists.Find("assessment-aspects")?.Find("", "", CaseCodes.Of(one))?.Name.In(UiLanguage.Current) ?? CaseCodes.Of(one);

    public string Of(AssessmentPeriod period) => period.Months switch
    {
        1 => texts["Month", period.First.Year, period.First.Month],
        3 => texts["Quarter", period.First.Year, (period.First.Month + 2) / 3],
        _ => texts["Year", period.First.Year],
    };

    public string Of(AppealState state) => texts["appeal." + CaseCodes.Of(state)];

    /// <summary>A period as it is stored; one that cannot be read, as it stands.</summary>
    public string OfPeriod(string period) => AssessmentPeriod.TryParse(period) is { } one ? Of(one) : period;

    /// <summary>Points with their sign.</summary>
    public static string Points(double points) => points.ToString("+0.#;−0.#", CultureInfo.CurrentCulture);

    /// <summary>A score with one digit behind the point; what has none is said to be not rated.</summary>
    public string Score(decimal? score) => score?.ToString("0.0", CultureInfo.CurrentCulture) ?? texts["NotRated"].Value;
}

