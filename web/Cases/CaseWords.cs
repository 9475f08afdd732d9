using System.Globalization;
using CityOps.Gis.Cases;
using CityOps.Gis.Layers;
using CityOps.Gis.Web.Resources;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Cases;

/// <summary>Says stages, requests, moves, classes and how much time is left, in the language of the page.</summary>
public sealed class CaseWords(LayerCatalog catalog, IStringLocalizer<CaseText> texts, FieldText values)
{
    public string Of(CaseStage stage) => NameOf("case-stages", CaseCodes.Of(stage));

    public string Of(CaseRequest request) => NameOf("case-requests", CaseCodes.Of(request));

    public string Of(CaseUrgency urgency) => texts["urgency." + CaseCodes.Of(urgency)];

    /// <summary>What a move is called; one of another version of the product, by its id.</summary>
    public string OfMove(string id) => texts["move." + id] is { ResourceNotFound: false } known ? known.Value : id;

    public string? OfClass(string? code)
        => code is null ? null : catalog.Lists.Find("event-classes")?.Entries.FirstOrDefault(entry => entry.Code == code)?.Name.In(UiLanguage.Current);

    public string Time(DateTimeOffset time) => values.Time(time);

    /// <summary>How a case stands to its stage's deadline, in words: "2 h 10 min left".</summary>
    public string Left(DateTimeOffset? deadline, DateTimeOffset now)
        => deadline is not { } end ? texts["NoDeadline"] : texts[end < now ? "OverdueBy" : "LeftUntil", Span(end < now ? now - end : end - now)];

    string Span(TimeSpan span)
        => span.TotalDays >= 2 ? texts["Days", (int)span.TotalDays]
            : span.TotalHours >= 1 ? texts["HoursMinutes", (int)span.TotalHours, span.Minutes]
            : texts["Minutes", Math.Max(1, (int)span.TotalMinutes).ToString(CultureInfo.InvariantCulture)];

    string NameOf(string list, string code) => catalog.Lists.Find(list)?.Find("", "", code)?.Name.In(UiLanguage.Current) ?? code;
}
