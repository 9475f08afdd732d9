using System.Globalization;
using CityOps.Gis.PostGis;
using CityOps.Gis.Web.Pages;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components;

/// <summary>What all layers are asked for: an area of the spine, walked through level by level, a department, and a period in days of Beijing time.</summary>
public sealed partial class QuestionPanel(IStringLocalizer<UiText> texts, SpineTree spine, TimeProvider clock) : IDisposable
{
    static readonly string[] PeriodNames = ["all", "today", "7", "30", "year", "own"];
    static readonly TimeSpan Beijing = TimeSpan.FromHours(8);
    readonly CancellationTokenSource _closing = new();
    IReadOnlyList<SpineNode> _path = [];
    IReadOnlyList<SpineNode>? _below;
    IReadOnlyList<SpineNode> _departments = [];
    string? _area;
    bool _isOpen;
    bool _isOwn;

    [Parameter, EditorRequired]
    public required MapQuestion Question { get; set; }

    [Parameter]
    public EventCallback<MapQuestion> QuestionChanged { get; set; }

    /// <summary>What else a page asks, below.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    IStringLocalizer<UiText> Text => texts;
    DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().ToOffset(Beijing).DateTime);
    string PlaceTitle => Question.Area is null ? Text["WholeCity"] : _path.Count == 0 ? Question.Area : string.Join(" › ", _path.TakeLast(2).Select(one => one.Title));

    string PeriodName
        => _isOwn ? "own" : (Question.From, Question.To) is (null, null) ? "all" : PeriodNames.FirstOrDefault(name => Period(name) is { } days && days == (Question.From, Question.To)) ?? "own";

    // Not disposed: an answer that is still on its way looks at the token.
    public void Dispose() => _closing.Cancel();

    protected override async Task OnInitializedAsync() => _departments = await spine.Departments(_closing.Token);

    protected override async Task OnParametersSetAsync()
    {
        if (_below is not null && _area == Question.Area)
            return;
        _area = Question.Area;
        _path = _area is null ? [] : await spine.PathTo(_area, _closing.Token);
        _below = await spine.Below(_area, _closing.Token);
    }

    void Fold() => _isOpen = !_isOpen;

    Task Go(string? code) => Change(Question with { Area = code });

    Task Change(MapQuestion question)
    {
        _isOwn &= !question.IsWhole;
        return question == Question ? Task.CompletedTask : QuestionChanged.InvokeAsync(question);
    }

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
