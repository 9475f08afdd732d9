using CityOps.Gis.Access;
using CityOps.Gis.Layers;
using CityOps.Gis.Leaflet;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.PostGis.SpecialTasks;
using CityOps.Gis.Web.Cases;
using CityOps.Gis.Web.Components.Tools;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.SpecialTasks;

/// <summary>Special tasks, one of them with the progress of its grids as a list and on the map, and the checklist of a grid; or a new one. Which, stands in the address.</summary>
public sealed partial class SpecialTasksPage(
    IStringLocalizer<SpecialText> texts, IStringLocalizer<UiText> pageTexts, IStringLocalizer<MapText> toolTexts, NavigationManager navigation, LayerCatalog catalog, AreaPlaces places,
    SpecialTaskList tasks, SpecialDesk desk, CaseWords words)
{
    const string Overlay = "special", PlainColor = "#7a8a97";

    // As SpecialTasksPage.razor.css has them for the legend.
    static readonly Dictionary<string, string> Colors = new() { ["open"] = PlainColor, ["begun"] = "#2563a8", ["done"] = "#2e8b57", ["not-in-order"] = "#e8590c", ["overdue"] = "#b3261e" };
    IReadOnlyList<MapLayer> _drawn = [];
    IReadOnlySet<string> _visible = new HashSet<string>();
    IReadOnlyList<MapOverlay> _overlays = [];
    IReadOnlyList<SpecialTask>? _tasks;
    IReadOnlyList<SpecialGrid> _grids = [];
    IReadOnlyList<ItemState> _items = [];
    SpecialAddress _address = new();
    SpecialTask? _task;
    CaseRefusal? _refusal;
    DrawnShape? _shape;
    MapTexts _mapTexts = null!;
    MapLayer? _land;
    MapBounds? _bounds;
    bool _isPlaced;
    MapView? _map;
    MapTool _tool;
    DateTimeOffset _now;
    int _version;
    bool _isRead, _isWithdrawing;

    [CascadingParameter]
    public Caller? Caller { get; set; }

    IStringLocalizer<SpecialText> Text => texts;
    bool MaySupervise => Caller?.May(Permission.SuperviseCases) == true;
    long Pages => ((_task?.Grids ?? 0) + SpecialTaskList.PageSize - 1) / SpecialTaskList.PageSize;

    protected override TimeSpan Interval => TimeSpan.FromSeconds(10);

    protected override void Leave() => navigation.LocationChanged -= AddressChanged;

    protected override async Task OnInitializedAsync()
    {
        navigation.LocationChanged += AddressChanged;
        _mapTexts = ToolTexts.Of(pageTexts, toolTexts);
        (_drawn, _visible, _land) = CaseMaps.Ground(catalog);
        _address = SpecialAddress.Parse(navigation.Uri);
        _bounds = await BoundsNow();
        _isPlaced = true;
        await Read();
    }

    async Task Read()
    {
        var address = _address;
        var (task, all) = (address.Task is { } id ? await tasks.Find(id, Closing) : null, address is { Task: null, IsNew: false } ? await tasks.All(Closing) : null);
        IReadOnlyList<SpecialGrid> grids = task is null || address.Grid is not null ? [] : await tasks.Grids(task.Id, address.Page - 1, Closing);
        IReadOnlyList<ItemState> items = task is null || address.Grid is null ? [] : await tasks.Checklist(task.Id, address.Grid, Closing);
        if (address != _address)
            return;
        (_task, _tasks, _grids, _items, _isRead, _now) = (task, all, grids, items, true, Clock.GetUtcNow());
        _overlays = task is null ? [] : [new(Overlay, FormattableString.Invariant($"/api/special-tasks/{task.Id}/grids"), PlainColor) { ColorProperty = "state", Colors = Colors, LabelProperty = "title", Version = ++_version }];
    }

    // What others tick; the numbers alone tell whether the map has to be drawn anew.
    protected override async Task Look()
    {
        using var _ = (Caller ?? Caller.Nobody).Enter();
        if (_address.IsNew || _address.Task is { } id && _task == await tasks.Find(id, Closing))
            return;
        await Read();
        StateHasChanged();
    }

    string StateOf(SpecialTask task)
        => task.WithdrawnAt is not null ? "withdrawn" : task.Begins > _now ? "coming" : task.GridsDone == task.Grids ? "done" : task.IsOverdue(_now) ? "overdue" : "running";

    string CodeOf(SpecialGrid grid) => grid.Progress.Code(_now > _task!.Ends);

    void Draw(bool isDrawing) => (_tool, _shape) = (isDrawing ? MapTool.Polygon : MapTool.None, null);

    void Drawn(DrawnShape shape) => (_tool, _shape) = (MapTool.None, shape);

    async Task Withdraw()
    {
        _refusal = (await desk.Withdraw(_task!.Id, Closing)).Refusal;
        _isWithdrawing = false;
        await Read();
    }

    void Clicked(OverlayClick click)
    {
        if (_address.Task is not null)
            navigation.NavigateTo((_address with { Grid = click.FeatureId }).ToString());
    }

    async Task<MapBounds?> BoundsNow()
    {
        var box = _address.Task is not { } id ? null : _address.Grid is { } grid ? await tasks.Bounds(id, grid, Closing) : await tasks.Bounds(id, Closing);
        return box is { } found ? new(found.West, found.South, found.East, found.North) : await places.City(Closing);
    }

    void AddressChanged(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(async () =>
    {
        if (new Uri(change.Location).AbsolutePath != SpecialAddress.Path)
            return;
        var before = _address;
        (_address, _tool, _shape, _refusal, _isWithdrawing) = (SpecialAddress.Parse(change.Location), MapTool.None, null, null, false);
        if (_address.Task != before.Task)
            (_task, _isRead) = (null, false);
        StateHasChanged();
        await Read();
        StateHasChanged();
        if (_map is null || (_address.Task, _address.Grid) == (before.Task, before.Grid))
            return;
        if (await BoundsNow() is { } bounds)
            await _map.Fit(bounds);
        await _map.MarkOverlay(Overlay, _address.Grid);
    });
}
