using System.Globalization;
using CityOps.Gis.Web.Pages;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components;

/// <summary>The period that layers with a time are asked for, in days of Beijing time: one that has a name and ends today, or a first and a last day of one's own.</summary>
public sealed partial class PeriodField(IStringLocalizer<UiText> texts, TimeProvider clock)
{
    static readonly string[] PeriodNames = ["all", "today", "7", "30", "year", "own"];
    static readonly TimeSpan Beijing = TimeSpan.FromHours(8);
    (DateOnly? From, DateOnly? To) _shown;
    bool _isOwn;

    [Parameter, EditorRequired]
    public required MapQuestion Question { get; set; }

    [Parameter]
    public EventCallback<MapQuestion> QuestionChanged { get; set; }

    IStringLocalizer<UiText> Text => texts;
    DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().ToOffset(Beijing).DateTime);

    string PeriodName
        => _isOwn ? "own" : (Question.From, Question.To) is (null, null) ? "all" : PeriodNames.FirstOrDefault(name => Period(name) is { } days && days == (Question.From, Question.To)) ?? "own";

    // Own days are folded when somebody clears the question.
    protected override void OnParametersSet()
    {
        var days = (Question.From, Question.To);
        _isOwn &= days != (null, null) || _shown == (null, null);
        _shown = days;
    }

    Task Change(MapQuestion question) => question == Question ? Task.CompletedTask : QuestionChanged.InvokeAsync(question);

    // The last day is today; "to" is the day after it.
    (DateOnly? From, DateOnly? To)? Period(string name) => name switch
    {
        "all" => (null, null),
        "today" => (Today, Today.AddDays(1)),
        "7" => (Today.AddDays(-6), Today.AddDays(1)),
        "30" => (Today.AddDays(-29), Today.AddDays(1)),
        "year" => (new DateOnly(Today.Year, 1, 1), Today.AddDays(1)),
        _ => null,
    };

    Task Choose(string? name)
    {
        _isOwn = name == "own";
        return Period(name ?? "all") is { } days ? Change(Question with { From = days.From, To = days.To }) : Task.CompletedTask;
    }

    // A day beyond the other takes the other along.
    Task From(string? text)
    {
        var from = Parse(text);
        return Change(Question with { From = from, To = from >= Question.To ? from?.AddDays(1) : Question.To });
    }

    Task To(string? text)
    {
        var to = Parse(text)?.AddDays(1);
        return Change(Question with { To = to, From = Question.From >= to ? to?.AddDays(-1) : Question.From });
    }

    static DateOnly? Parse(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
