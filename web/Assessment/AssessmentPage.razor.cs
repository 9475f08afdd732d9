using CityOps.Gis.Access;
using CityOps.Gis.Assessment;
using CityOps.Gis.Layers;
using CityOps.Gis.Leaflet;
using CityOps.Gis.PostGis.Assessment;
using CityOps.Gis.PostGis;
using CityOps.Gis.Web.Components.Tools;
using CityOps.Gis.Web.Components;
using CityOps.Gis.Web.Pages;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using Npgsql;

namespace CityOps.Gis.Web.Assessment;

/// <summary>
/// Ratings of areas, departments and people: the ranking, areas on a map of scores, and behind each figure its cases. What is shown stands in the address. Printed, it is the report of
/// the period.
/// </summary>
public sealed partial class AssessmentPage(
    IStringLocalizer<AssessmentText> texts, IStringLocalizer<UiText> pageTexts, NavigationManager navigation, LayerCatalog catalog, AreaPlaces places, Assessments assessments, ClosedPeriods closed,
    SpotChecks checks, AppealList appeals, AssessmentWords words, FieldText values, IJSRuntime browser) : IDisposable
{
    const int MostRows = 500, MonthsBack = 13, QuartersBack = 5;
    const string Overlay = "scores", NotRatedColor = "#8a97a3";
    static readonly Dictionary<string, string> s_colors = new() { ["A"] = "#2e8b57", ["B"] = "#2563a8", ["C"] = "#c79a00", ["D"] = "#b3261e", ["E"] = "#1d1d1f" };
    readonly CancellationTokenSource _closing = new();
    readonly AddressBar _bar = new(browser);
    IReadOnlyList<(int? Place, Rating Rating)>? _ranked;
    IReadOnlyList<(AssessmentPeriod Period, Rating Rating)> _history = [];
    IReadOnlyList<AssessmentPeriod> _periods = [];
    IReadOnlyList<Indicator> _indicators = [];
    IReadOnlyList<AssessedCase>? _cases;
    IReadOnlyList<SpotCheck> _checks = [];
    IReadOnlyList<MapLayer> _drawn = [];
    IReadOnlySet<string> _visible = new HashSet<string>();
    IReadOnlyList<MapOverlay> _overlays = [];
    AssessmentAddress _address = null!;
    AssessmentQuestion? _asked;
    DateTimeOffset? _closedAt;
    DateOnly _day;
    MapTexts _mapTexts = null!;
    MapLayer? _land;
    MapBounds? _bounds;
    Rating? _open;
    string? _fault;
    bool _mayClose, _isReady;
    int _version;
    long _waiting;

    [CascadingParameter]
    public Caller? Caller { get; set; }

    IStringLocalizer<AssessmentText> Text => texts;
    AssessmentQuestion Question => _address.Question;
    Caller Me => Caller ?? Gis.Access.Caller.Current;

    // Who is assessed by a kind appeals its cases; whose they are the desk says.
    bool MayAppeal => !Question.Kind.IsPerson() && Me.May(Question.Kind == AssessedKind.Department ? Permission.HandleCases : Permission.InspectCases);

    public void Dispose()
    {
        navigation.LocationChanged -= AddressChanged;
        _closing.Cancel();
    }

    protected override async Task OnInitializedAsync()
    {
        navigation.LocationChanged += AddressChanged;
        _day = words.Today;
        _address = AssessmentAddress.Parse(navigation.Uri, _day);
        _mapTexts = ToolTexts.Of(pageTexts);
        var layers = catalog.Layers.Where(layer => layer.Geometry != GeometryKind.None && layer.Group is "spine" or "base").ToList();
        (_drawn, _visible) = ([.. layers.Select(layer => DrawnLayers.Of(layer, catalog))], layers.Where(layer => layer.Style.VisibleAtStart).Select(layer => layer.Id).ToHashSet());
        _land = _drawn.FirstOrDefault(layer => layer.Id == "districts");
        try
        {
            // A map that is drawn before would begin with the whole world.
            (_bounds, _day) = (await places.City(_closing.Token), await assessments.LastDay(_closing.Token) ?? _day);
            (_address, _isReady) = (AssessmentAddress.Parse(navigation.Uri, _day), true);
            await Take(_address);
        }
        catch (NpgsqlException fault) when (fault.IsAway())
        {
            _fault = pageTexts["NoDatabase"];
            WaitForDatabase();
        }
    }

    async Task Take(AssessmentAddress address)
    {
        (_address, _cases, _checks, _history) = (address, null, [], []);
        _periods = Offered(address.Question.Period);
        _fault = Me.MaySee(Question.Kind) ? null : texts["NotForYou"].Value;
        if (_fault is not null)
            return;
        if (_asked != Question)
            await Count();
        if (address != _address)
            return;
        _waiting = await appeals.Open(_closing.Token);
        _open = _ranked?.Select(one => one.Rating).FirstOrDefault(one => one.Code == address.Code);
        if (_open is not { } open)
            return;
        var (history, found) = (await closed.Of(address.Question, open.Code, _closing.Token), await checks.Of(address.Question, open.Code, _closing.Token));
        var cases = address.Indicator is { } indicator ? await assessments.Cases(address.Question, indicator, open.Code, _closing.Token) : null;
        if (address == _address)
            (_history, _checks, _cases) = (history, found, cases);
    }

    async Task Count()
    {
        var question = Question;
        var (indicators, ratings, closedAt) = await assessments.Of(question, _closing.Token);
        if (question != Question)
            return;
        (_asked, _indicators, _closedAt, _ranked) = (question, indicators, closedAt, [.. Rating.Ranked(ratings)]);
        _mayClose = closedAt is null && question.Period.End <= words.Today && Me.May(Permission.SuperviseCases) && Me.Scope is null;
        _overlays = question.Kind.IsArea()
            ? [new(Overlay, $"/api/assessment/areas?{AssessmentAddress.QueryOf(question)}", NotRatedColor) { ColorProperty = "grade", Colors = s_colors, LabelProperty = "label", Version = ++_version }]
            : [];
    }

    async Task ClosePeriod()
    {
        await closed.Close(Question.Period, _closing.Token);
        _asked = null;
        await Take(_address);
    }

    // The last months, quarters and years, and the one that is asked for.
    List<AssessmentPeriod> Offered(AssessmentPeriod asked)
    {
        var month = AssessmentPeriod.MonthOf(words.Today);
        var quarter = new AssessmentPeriod(new(month.First.Year, (month.First.Month - 1) / 3 * 3 + 1, 1), 3);
        var offered = Back(month, MonthsBack).Concat(Back(quarter, QuartersBack)).Concat(Back(new(new(month.First.Year, 1, 1), 12), 2)).ToList();
        return offered.Contains(asked) ? offered : [asked, .. offered];
    }

    static IEnumerable<AssessmentPeriod> Back(AssessmentPeriod period, int count)
    {
        for (; count > 0; count--, period = period.Previous)
            yield return period;
    }

    Task Ask(AssessmentQuestion question) => Go(new(question.Kind.IsArea() ? question : question with { Aspect = null }));

    // The next choice may come before the browser has confirmed this one.
    Task Go(AssessmentAddress address)
    {
        _bar.Write(address.ToString(), isStep: true);
        return Take(address);
    }

    Task Print() => browser.InvokeVoidAsync("print", _closing.Token).AsTask();

    static string NameOf(Rating rating) => rating.Name is { Length: > 0 } name ? name : rating.Code;

    void AddressChanged(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(async () =>
    {
        var address = AssessmentAddress.Parse(change.Location, _day);
        if (new Uri(change.Location).AbsolutePath != AssessmentAddress.Path || _bar.IsOwn(address.ToString()))
            return;
        await Take(address);
        StateHasChanged();
    });
}
