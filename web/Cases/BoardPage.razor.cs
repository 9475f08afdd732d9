using System.Globalization;
using CityOps.Gis.Access;
using CityOps.Gis.Cases;
using CityOps.Gis.Layers;
using CityOps.Gis.Leaflet;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.PostGis;
using CityOps.Gis.Web.Components.Tools;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace CityOps.Gis.Web.Cases;

/// <summary>
/// The dispatcher's board: the open cases of his scope by stage and urgency, as a list by when they are due and on the map, one of them open, several moved at once. All of it but
/// what is ticked stands in the address; list and map follow what others do.
/// </summary>
public sealed partial class BoardPage(
    IStringLocalizer<CaseText> texts, IStringLocalizer<UiText> pageTexts, NavigationManager navigation, LayerCatalog catalog, AreaPlaces places, LayerStatistics statistics, CaseBoard board, CaseDepartments known,
    CaseWords words, IJSRuntime script) : IAsyncDisposable
{
    const string Overlay = "board";
    const double NearZoom = 17;

    static readonly CaseStage[] Stages = [CaseStage.Collect, CaseStage.File, CaseStage.Dispatch, CaseStage.Handle, CaseStage.Feedback, CaseStage.HangUp];
    static readonly CaseUrgency[] Urgencies = [CaseUrgency.Overdue, CaseUrgency.Warning, CaseUrgency.InTime, CaseUrgency.None];

    // The page asks for one number, and for the cases only where that has changed; time itself makes cases overdue, so once in a while it asks all the same.
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    readonly Dictionary<long, BoardCase> _chosen = [];
    IReadOnlyList<MapLayer> _drawn = [];
    IReadOnlySet<string> _visible = new HashSet<string>();
    IReadOnlyList<MapOverlay> _overlays = [];
    IReadOnlyList<(string Code, string Name)> _departments = [];
    IReadOnlyList<(string Code, string Name, long Count)> _classes = [], _inDepartments = [];
    IReadOnlyList<BoardCase>? _cases;
    BatchOutcome? _outcome;
    BoardCounts? _counts;
    BoardAddress _address = new(new BoardQuestion());
    CaseDeskFrame? _frame;
    IJSObjectReference? _module, _rows;
    MapTexts _mapTexts = null!;
    MapLayer? _land;
    MapBounds? _bounds;
    MapViewport? _viewport;
    bool _isPlaced;
    MapView? _map;
    DateTimeOffset _now;
    string? _focus;
    long _layerVersion;
    int _version;

    [CascadingParameter]
    public Caller? Caller { get; set; }

    IStringLocalizer<CaseText> Text => texts;
    BoardQuestion Question => _address.Question;
    long Pages => ((_counts?.Total ?? 0) + CaseBoard.PageSize - 1) / CaseBoard.PageSize;

    protected override TimeSpan Interval => TimeSpan.FromSeconds(5);

    protected override void Leave() => navigation.LocationChanged -= AddressChanged;

    public async ValueTask DisposeAsync()
    {
        StopWaiting();
        Dispose();
        try
        {
            if (_rows is not null)
                await _rows.InvokeVoidAsync("remove");
            if (_module is not null)
                await _module.DisposeAsync();
        }
        catch (Exception fault) when (fault is JSDisconnectedException or OperationCanceledException)
        {
            // The browser is gone, and the page with it.
            _module = null;
        }
    }

    protected override async Task OnInitializedAsync()
    {
        navigation.LocationChanged += AddressChanged;
        _mapTexts = ToolTexts.Of(pageTexts);
        (_drawn, _visible, _land) = CaseMaps.Ground(catalog);
        _address = BoardAddress.Parse(navigation.Uri);
        _departments = await known.All(Closing);
        _bounds = await places.Bounds(Question.Area, Closing) ?? await places.City(Closing);
        await Read();
        if (Opened is { } opened)
            _viewport = new(NearZoom, opened.Latitude, opened.Longitude);
        _isPlaced = true;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        var module = await script.InvokeAsync<IJSObjectReference>("import", Closing, $"{AssetRoot}/Cases/BoardPage.razor.js");
        (_module, _rows) = (module, await module.InvokeAsync<IJSObjectReference>("create", Closing, _frame!.List));
    }

    /// <summary>Begins the addresses of static files.</summary>
    [CascadingParameter(Name = "AssetRoot")]
    public string AssetRoot { get; set; } = "";

    CaseTask? Opened => _cases?.FirstOrDefault(one => one.Fid == _address.Case)?.Task is { } task && !double.IsNaN(task.Longitude) ? task : null;

    async Task Read()
    {
        var address = _address;
        _layerVersion = (await statistics.Versions(Closing)).GetValueOrDefault(CaseTables.LayerId);
        var now = Clock.GetUtcNow();
        var counts = await board.Counts(address.Question, now, Closing);
        var cases = await board.Page(address.Question, address.Page - 1, now, Closing);
        if (address != _address)
            return;
        (_now, _counts, _cases, _focus) = (now, counts, cases, await places.Url(address.Question.Area, Closing));
        _classes = Named(counts.Classes.Where(one => one.Key != ""), address.Question.Class, code => words.OfClass(code) ?? code);
        _inDepartments = Named(counts.Departments, address.Question.Department, NameOf);
        // What is ticked and has moved since is shown as it is now.
        foreach (var one in cases.Where(one => _chosen.ContainsKey(one.Fid)))
            _chosen[one.Fid] = one;
        _overlays = [CaseMaps.ByUrgency(Overlay, address.Places, ++_version)];
    }

    // The commonest first; the one that is chosen is there even where it has none.
    static IReadOnlyList<(string, string, long)> Named(IEnumerable<KeyValuePair<string, long>> counts, string? chosen, Func<string, string> name)
    {
        var all = counts.ToDictionary(one => one.Key, one => one.Value);
        if (chosen is not null)
            all.TryAdd(chosen, 0);
        return [.. all.OrderByDescending(one => one.Value).ThenBy(one => one.Key, StringComparer.Ordinal).Select(one => (one.Key, name(one.Key), one.Value))];
    }

    string NameOf(string code) => code == BoardQuestion.Nobody ? Text["Nobody"] : _departments.FirstOrDefault(one => one.Code == code).Name ?? code;

    // Rows keep their elements, so the list does not lose its place, and what is being typed stays.
    protected override async Task Look()
    {
        using var _ = (Caller ?? Caller.Nobody).Enter();
        if (Clock.GetUtcNow() - _now > Longest || (await statistics.Versions(Closing)).GetValueOrDefault(CaseTables.LayerId) != _layerVersion)
            await Read();
        StateHasChanged();
    }

    void Choose(BoardCase one, bool isChosen)
    {
        _outcome = null;
        if (isChosen)
            _chosen[one.Fid] = one;
        else
            _chosen.Remove(one.Fid);
    }

    void ChooseAll(bool isChosen)
    {
        foreach (var one in _cases ?? [])
            Choose(one, isChosen);
    }

    void Clear()
    {
        _chosen.Clear();
        _outcome = null;
    }

    // Those that were refused and are still asked for stay ticked.
    async Task Done(BatchOutcome outcome)
    {
        _outcome = outcome;
        await Read();
        foreach (var fid in outcome.Moved.Concat(outcome.Refused.Select(one => one.Case.Fid).Where(fid => _cases?.Any(one => one.Fid == fid) == false)))
            _chosen.Remove(fid);
    }

    string Asking(BoardQuestion question) => _address.Asking(question).ToString();

    void Go(BoardQuestion question) => navigation.NavigateTo(Asking(question));

    void Open(long? fid) => navigation.NavigateTo((_address with { Case = fid }).ToString());

    static string? TextOf(ChangeEventArgs change) => change.Value as string is { Length: > 0 } text ? text : null;

    static string Number(long? number) => (number ?? 0).ToString("#,0", CultureInfo.CurrentCulture);

    static string? At(CaseTask task) => double.IsNaN(task.Longitude) ? null : new MapPlace(task.Longitude, task.Latitude).ToString();

    void AddressChanged(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(async () =>
    {
        if (new Uri(change.Location).AbsolutePath != BoardAddress.Path)
            return;
        var before = _address;
        _address = BoardAddress.Parse(change.Location);
        StateHasChanged();
        if (_address with { Case = null } != before with { Case = null })
            await Read();
        if (_map is not null && Question.Area != before.Question.Area && (await places.Bounds(Question.Area, Closing) ?? await places.City(Closing)) is { } area)
            await _map.Fit(area);
        if (_map is not null && _address.Case != before.Case)
            await Show();
        StateHasChanged();
    });

    // First where it is, then out from behind the panel.
    async Task Show()
    {
        await _map!.MarkOverlay(Overlay, _address.Case?.ToString(CultureInfo.InvariantCulture));
        if (Opened is { } opened)
            await _map.Reveal(opened.Longitude, opened.Latitude, CasePanel.Pixels);
    }
}
