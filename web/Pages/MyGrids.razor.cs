using CityOps.Gis.Access;
using CityOps.Gis.Layers;
using CityOps.Gis.Leaflet;
using CityOps.Gis.PostGis.Detections;
using CityOps.Gis.PostGis.History;
using CityOps.Gis.PostGis.Views;
using CityOps.Gis.PostGis;
using CityOps.Gis.Web.Api.Views;
using CityOps.Gis.Web.Components.Tools;
using CityOps.Gis.Web.Components.Views;
using CityOps.Gis.Web.Components;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using MudBlazor;
using Npgsql;

namespace CityOps.Gis.Web.Pages;

/// <summary>
/// A grid manager's morning: the own grids on a map, the numbers of the day for each, and what changed since yesterday. Which grids are a person's own is kept with
/// the person, and until some are chosen they are those of the scope; the period is in the address.
/// </summary>
public sealed partial class MyGrids(
    IStringLocalizer<ViewText> texts, IStringLocalizer<UiText> pageTexts, NavigationManager navigation, LayerCatalog catalog, AreaPlaces places, SpineTree spine, OwnGrids own,
    GridFigures figures, GridChanges changes, TimeProvider clock, FieldText values, IBrowserViewportService screen, IJSRuntime browser) : IDisposable
{
    const string GridColor = "#0b4f8a";
    static readonly Dictionary<string, string> KindColors = new() { ["added"] = "#2e8b57", ["changed"] = "#2563a8", ["moved"] = "#e8590c", ["removed"] = "#b3261e", ["deleted"] = "#b3261e" };
    readonly CancellationTokenSource _closing = new();
    readonly Answering _counting = new();
    readonly Dictionary<string, IReadOnlyDictionary<string, long[]>> _figures = [];
    readonly List<(LayerDefinition Layer, GridChange Change)> _changes = [];
    IReadOnlyList<MapLayer> _drawn = [];
    MapLayer? _land;
    IReadOnlySet<string> _visible = new HashSet<string>();
    IReadOnlyList<MapOverlay> _overlays = [];
    IReadOnlyList<string> _chosen = [], _titles = [];
    IReadOnlyList<SpineNode> _grids = [];
    IReadOnlyList<GridColumn> _columns = [];
    IReadOnlyDictionary<ChangeKind, long>? _counts;
    readonly AddressBar _bar = new(browser);
    GridsAddress _address = new(GridsAddress.UsualDays);
    MapViewport? _viewport;
    MapTexts _mapTexts = null!;
    MapBounds? _bounds;
    MapView? _map;
    string _today = "", _since = "";
    string? _fault;
    int _asked;
    bool _sideOpen = true, _isReady, _isChoosing, _isNarrow, _isMapThere;

    [CascadingParameter]
    public Caller? Caller { get; set; }

    IStringLocalizer<ViewText> Text => texts;
    // What stands or happens in a grid; areas, as parking fences, are where things are, and what a recogniser saw is a case once somebody has confirmed it.
    IEnumerable<LayerDefinition> Counted => catalog.Layers.Where(layer => MapQuestion.Concerns(layer) && layer.Geometry != GeometryKind.Polygon && layer.Id != DetectionTables.LayerId);

    public void Dispose()
    {
        navigation.LocationChanged -= AddressChanged;
        _closing.Cancel();
        _counting.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        navigation.LocationChanged += AddressChanged;
        _address = GridsAddress.Parse(navigation.Uri);
        _viewport = _address.At;
        _mapTexts = ToolTexts.Of(pageTexts);
        var layers = catalog.Layers.Where(layer => layer.Geometry != GeometryKind.None && (layer.Style.VisibleAtStart || layer.Group is "spine" or "base")).ToList();
        _drawn = [.. layers.Select(Drawn)];
        _visible = layers.Where(layer => layer.Style.VisibleAtStart).Select(layer => layer.Id).ToHashSet();
        _land = _drawn.FirstOrDefault(layer => layer.Id == "districts");
        try
        {
            await Take(Caller is null ? [] : await own.Of(Caller, _closing.Token));
        }
        catch (NpgsqlException fault) when (fault.IsAway())
        {
            _fault = pageTexts["NoDatabase"];
            WaitForDatabase();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || !await screen.IsBreakpointWithinWindowSizeAsync(Breakpoint.Xs))
            return;
        _isNarrow = true;
        FoldWhereNarrow();
        StateHasChanged();
    }

    // Where the list would cover the numbers it is there only to choose from.
    void FoldWhereNarrow() => _sideOpen = _isNarrow ? _isChoosing : _sideOpen;

    MapLayer Drawn(LayerDefinition layer) => new(layer.Id, layer.Title.In(UiLanguage.Current), $"/tiles/{layer.Id}/{{z}}/{{x}}/{{y}}.mvt", layer.Geometry, layer.Style, layer.Zooms)
    {
        LabelsUrl = !LayerLabels.Serves(layer) ? null : LayerLabels.ServesWhole(layer) ? $"/api/layers/{layer.Id}/labels" : $"/api/layers/{layer.Id}/labels?box={{box}}",
        Legend = LayerLegend.OfCells(layer, catalog),
        CountNames = LayerLegend.CountNames(layer, catalog),
        IsBase = layer.Group == "base",
    };

    // The map begins where the grids are, and goes where others are that are chosen.
    async Task Take(IReadOnlyList<string> chosen)
    {
        _chosen = chosen;
        _grids = chosen.Count == 0 ? [] : await own.Grids(chosen, _closing.Token);
        if (_address.Grid is not null && _grids.All(grid => grid.Code != _address.Grid))
            Write(_address with { Grid = null });
        _titles = await Titles();
        _bounds = await own.Bounds(_grids, _closing.Token) is { } box ? new(box.West, box.South, box.East, box.North) : await places.City(_closing.Token);
        if (_map is not null && _bounds is not null)
            await _map.Fit(_bounds);
        (_isReady, _isChoosing) = (true, _grids.Count == 0);
        FoldWhereNarrow();
        StateHasChanged();
        await Count();
    }

    async Task<IReadOnlyList<string>> Titles()
    {
        var titles = new List<string>();
        foreach (var code in _chosen)
            titles.Add((await spine.PathTo(code, _closing.Token)) is { Count: > 0 } path && path[^1].Code == code ? string.Join(" › ", path.TakeLast(2).Select(one => one.Title)) : code);
        return titles;
    }

    async Task Keep(IReadOnlyList<string>? codes)
    {
        _isChoosing = false;
        if (codes is null)
            return;
        await own.Choose(Caller!.Id!, codes, _closing.Token);
        await Take(codes);
    }

    // Numbers fill in layer by layer; a later question takes the place of one that is still being answered.
    async Task Count()
    {
        var (now, since) = (clock.GetUtcNow(), GridsAddress.Since(clock, _address.Days));
        (_asked, _today, _since, _counts) = (_asked + 1, values.Time(now), values.Time(since), null);
        _figures.Clear();
        _changes.Clear();
        _overlays = OverlaysNow();
        if (_grids.Count == 0)
            return;
        string[] codes = [.. _grids.Select(grid => grid.Code)];
        await _counting.Ask(async cancel =>
        {
            await FindFigures(codes, now, cancel);
            await FindChanges(codes, since, cancel);
        });
        if (_counting.Halt == AnswerHalt.Away)
        {
            _fault = pageTexts["NoDatabase"];
            WaitForDatabase();
        }
        await InvokeAsync(StateHasChanged);
    }

    async Task FindFigures(string[] codes, DateTimeOffset now, CancellationToken cancel)
    {
        var columns = new List<GridColumn>();
        foreach (var layer in Counted.OrderBy(layer => layer.Style.Order))
            columns.AddRange(GridColumn.Of(layer, await figures.IsEmpty(layer, cancel)));
        cancel.ThrowIfCancellationRequested();
        _columns = columns;
        await InvokeAsync(StateHasChanged);
        foreach (var layer in Counted)
        {
            var found = await figures.Of(layer, codes, now, cancel);
            cancel.ThrowIfCancellationRequested();
            _figures[layer.Id] = found;
            await InvokeAsync(StateHasChanged);
        }
    }

    async Task FindChanges(string[] codes, DateTimeOffset since, CancellationToken cancel)
    {
        var all = new Dictionary<ChangeKind, long>();
        var list = new List<(LayerDefinition, GridChange Change)>();
        foreach (var layer in Counted)
        {
            foreach (var (kind, count) in await changes.Count(layer, codes, since, cancel))
                all[kind] = all.GetValueOrDefault(kind) + count;
            list.AddRange((await changes.List(layer, codes, since, OwnGridEndpoints.MostChanges, cancel)).Select(change => (layer, change)));
        }
        cancel.ThrowIfCancellationRequested();
        _changes.AddRange(list.OrderByDescending(one => one.Change.At).Take(OwnGridEndpoints.MostChanges));
        _counts = all;
    }

    IReadOnlyList<MapOverlay> OverlaysNow() =>
    [
        new("grids", "/api/own-grids/outlines", GridColor) { LabelProperty = "name", Version = _asked },
        new("changes", $"/api/own-grids/changes?days={_address.Days}", GridColor) { ColorProperty = "kind", Colors = KindColors, LabelProperty = "title", Version = _asked },
    ];

    Task Compare(int days)
    {
        Write(_address with { Days = days }, isStep: true);
        return Count();
    }

    Task MarkGrid(string code)
    {
        Write(_address with { Grid = code });
        return Mark("grids", code);
    }

    Task MarkChange(string id)
    {
        Write(_address with { Grid = null });
        return Mark("changes", id);
    }

    Task Mark(string overlayId, string? id) => _map?.MarkOverlay(overlayId, id) ?? Task.CompletedTask;

    // The map tells where it is as soon as it is there; only then can it mark what the address names.
    async Task Moved(MapViewport viewport)
    {
        var isFirst = !_isMapThere;
        _isMapThere = true;
        Write(_address with { At = viewport });
        if (isFirst && _address.Grid is not null)
            await Mark("grids", _address.Grid);
    }

    void Write(GridsAddress address, bool isStep = false)
    {
        if (address.ToString() == _address.ToString())
            return;
        _address = address;
        _bar.Write(address.ToString(), isStep);
    }

    Task Clicked(OverlayClick click)
    {
        if (click.OverlayId == "grids" && click.FeatureId != _address.Grid)
            return MarkGrid(click.FeatureId);
        // A grid that is marked is clicked once more to see what is in it.
        if (click.OverlayId == "grids")
            Open(_grids.FirstOrDefault(grid => grid.Code == click.FeatureId));
        else
            navigation.NavigateTo(FormattableString.Invariant($"/?at=19/{click.Latitude:0.000000}/{click.Longitude:0.000000}&feature={click.FeatureId}&tab=history"));
        return Task.CompletedTask;
    }

    void Open(SpineNode? grid)
    {
        if (grid is not null)
            navigation.NavigateTo($"/?feature={grid.LayerId}/{grid.Fid}");
    }

    void Open(MapClick click)
        => navigation.NavigateTo(FormattableString.Invariant($"/?at=19/{click.Latitude:0.000000}/{click.Longitude:0.000000}&feature={click.LayerId}/{click.Fid}"));

    void AddressChanged(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(() =>
    {
        var address = GridsAddress.Parse(change.Location);
        return new Uri(change.Location).AbsolutePath != "/grids" || _bar.IsOwn(address.ToString()) ? Task.CompletedTask : Take(address);
    });

    // Back or forward, or an address that somebody wrote.
    async Task Take(GridsAddress address)
    {
        var isOtherTime = address.Days != _address.Days;
        (_address, _viewport) = (address, address.At is { } view && view != _address.At ? view with { } : _viewport);
        await Mark("grids", address.Grid);
        if (isOtherTime)
            await Count();
        StateHasChanged();
    }
}
