using CityOps.Gis.Layers;
using CityOps.Gis.Leaflet;
using CityOps.Gis.PostGis;
using CityOps.Gis.Tiles.Serving;
using CityOps.Gis.Web.Api.BaseMaps;
using CityOps.Gis.Web.Api.Ogc;
using CityOps.Gis.Web.Components;
using CityOps.Gis.Web.Components.Features;
using CityOps.Gis.Web.Components.Tools;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using MudBlazor;
using Npgsql;

namespace CityOps.Gis.Web.Pages;

/// <summary>The map with its layer list and the panel of what is selected. Its state lives in the address (<see cref="MapAddress"/>).</summary>
public sealed partial class MapPage(
    IStringLocalizer<UiText> texts, IStringLocalizer<MapText> toolTexts, NavigationManager navigation, LayerCatalog catalog, LayerStatistics statistics, AreaPlaces places, SelectedFeatures selectable,
    MapStarts starts, CollectionCounts matches, PartCounts parts, BaseMapTiles baseMaps, MapPictures pictures, IBrowserViewportService screen, IJSRuntime browser) : IDisposable
{
    /// <summary>Width that the panel at the right covers, pixels.</summary>
    const int PanelPixels = 392;

    readonly AddressBar _bar = new(browser);
    readonly MapNumbers _numbers = new(catalog, statistics, matches, parts);
    readonly CancellationTokenSource _closing = new();
    readonly IReadOnlyList<LayerDefinition> _layers = starts.Layers;
    MapStart? _start;
    IReadOnlySet<string> _visible = new HashSet<string>();
    MapTexts _mapTexts = null!;
    MapAddress _address = new(null, null, null);
    IReadOnlyDictionary<string, string> _queries = new Dictionary<string, string>();
    string? _focusUrl;
    MapViewport? _viewport;
    SelectedFeature? _selected;
    FeaturePanel? _panel;
    IReadOnlyList<MapOverlay> _overlays = [];
    MapView? _map;
    MapPicture? _printed;
    bool _layersOpen = true;
    bool _exportOpen;
    bool _isStill;
    string? _fault;
    string? _gone;
    string? _notice;
    bool _isBaseSilent;
    int _edits;
    MapTool _tool;
    FeaturesClick? _choice;
    MapPlace? _handle;
    MapPlace? _handleMoved;
    MapCorners? _corners;

    IStringLocalizer<UiText> Text => texts;
    HashSet<string> StartLayers => [.. _layers.Where(layer => layer.Style.VisibleAtStart).Select(layer => layer.Id)];
    IReadOnlyList<LayerDefinition> VisibleLayers => [.. _layers.Where(layer => _visible.Contains(layer.Id))];

    // What is drawn and asked first; a layer without features has no table to look at.
    List<LayerDefinition> TableLayers
        => [.. _layers.OrderBy(layer => _numbers.Whole!.GetValueOrDefault(layer.Id) == 0).ThenBy(layer => !MapQuestion.Concerns(layer)).ThenBy(layer => !_visible.Contains(layer.Id)).ThenBy(layer => layer.Style.Order)];

    TableAddress? Table => _address.Table is { } table && _layers.Any(layer => layer.Id == table.LayerId) ? table : null;

    // The source is not disposed: a count that is still on its way looks at its token.
    public void Dispose()
    {
        navigation.LocationChanged -= AddressChanged;
        _closing.Cancel();
    }

    // Where the list would cover the map it waits to be asked for.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || !await screen.IsBreakpointWithinWindowSizeAsync(Breakpoint.Xs))
            return;
        _layersOpen = false;
        StateHasChanged();
    }

    protected override async Task OnInitializedAsync()
    {
        navigation.LocationChanged += AddressChanged;
        _mapTexts = ToolTexts.Of(texts, toolTexts);
        try
        {
            await _numbers.Begin(_closing.Token);
            _address = MapAddress.Parse(navigation.Uri);
            _start = await starts.Of(_address, _numbers.Whole!, _closing.Token);
            (_visible, _queries, _focusUrl, _viewport) = (_start.Visible, _start.Queries, _start.FocusUrl, _start.Viewport);
            Take(_address.Feature, _start.Selected);
            _ = Count();
        }
        catch (NpgsqlException fault) when (fault.IsAway())
        {
            _fault = Text["NoDatabase"];
            WaitForDatabase();
        }
    }

    async Task Take(MapAddress address)
    {
        var isElsewhere = address.At != _address.At;
        _address = address;
        _queries = starts.Queries(address);
        _visible = starts.Visible(address);
        _focusUrl = await places.Url(address.Question.Area, _closing.Token);
        await Select(address.Feature);
        if (address.At is not null && isElsewhere)
            _viewport = address.At with { };
        else if (address.At is null && MapStarts.Near(_selected) is { } near)
            _viewport = near;
    }

    async Task Ask(MapQuestion question)
    {
        var isElsewhere = question.Area != _address.Question.Area;
        Write(_address with { Question = question }, isStep: true);
        _queries = starts.Queries(_address);
        _ = Count();
        if (isElsewhere)
            await Try(() => GoTo(question.Area));
    }

    async Task GoTo(string? area)
    {
        _focusUrl = await places.Url(area, _closing.Token);
        if (_map is not null && (area is null ? await places.City(_closing.Token) : await places.Bounds(area, _closing.Token)) is { } bounds)
            await _map.Fit(bounds);
    }

    void Show(IReadOnlySet<string> visible)
    {
        _visible = visible;
        _ = Count();
        Write(_address with { Layers = StartLayers.SetEquals(visible) ? null : [.. VisibleLayers.Select(layer => layer.Id)] }, isStep: true);
    }

    // Sliding is one step, however many stops it makes.
    void Fade(IReadOnlyDictionary<string, double> opacities) => Write(_address with { Opacities = opacities }, isStep: false);

    void Choose(TileExecutor? executor)
    {
        Write(_address with { Executor = executor }, isStep: true);
        _queries = starts.Queries(_address);
    }

    void Open(TableAddress? table) => Write(_address with { Table = table }, isStep: table?.LayerId != _address.Table?.LayerId);

    // Who pans sees nothing else change: nothing is rendered unless a layer comes near enough to be drawn, or is left behind.
    void Moved(MapViewport viewport)
    {
        _isStill = LayersBeyond(viewport.Zoom) == LayersBeyond(_address.At?.Zoom);
        Write(_address with { At = viewport }, isStep: false);
    }

    // Going nearer brings one layer after another, so their number says which they are.
    int LayersBeyond(double? zoom) => VisibleLayers.Count(layer => LayerList.IsBeyond(layer, zoom));

    protected override bool ShouldRender()
    {
        var renders = !_isStill;
        _isStill = false;
        return renders;
    }

    // Numbers fill in when they are counted, and nobody waits for them.
    Task Count() => Try(CountAll);

    async Task CountAll()
    {
        await _numbers.Count(_address.Question, _layers, VisibleLayers, StateHasChanged, _closing.Token);
        _printed = await pictures.Of(Text["Product"], _address, Legend, isPdf: false, _closing.Token);
        StateHasChanged();
    }

    IReadOnlyList<MapPictureLayer> Legend => PictureLegend.Of(VisibleLayers, catalog, _numbers.Whole!, _numbers.Answers, _numbers.Legends, _address.Question.Filters);

    // What is shown stays until the new numbers are there.
    Task CountAgain() => Try(async () =>
    {
        await _numbers.Begin(_closing.Token);
        await CountAll();
    });

    // What the database does not answer is told, and what is there stays.
    async Task Try(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            return;
        }
        catch (NpgsqlException fault) when (fault.IsAway())
        {
            Say(Text["NoDatabase"]);
            StateHasChanged();
        }
    }

    async Task<PictureOutcome> DrawPicture(string title, bool isPdf)
    {
        if (_map is null)
            return PictureOutcome.Stopped;
        return await _map.Save(await pictures.Of(title, _address, Legend, isPdf, _closing.Token));
    }

    void Say(string? notice) => (_notice, _isBaseSilent) = (notice, false);

    void BaseMapFailed() => (_notice, _isBaseSilent) = (toolTexts["BaseMapSilent"], true);

    void ToOwnGround()
    {
        Say(null);
        Write(_address with { Base = null }, isStep: true);
    }

    void OpenExport() => (_layersOpen, _exportOpen) = (true, true);

    void Write(MapAddress address, bool isStep)
    {
        if (address.ToString() == _address.ToString())
            return;
        _address = address;
        _bar.Write(address.ToString(), isStep);
    }

    void AddressChanged(object? sender, LocationChangedEventArgs change)
    {
        // Another page's address is not the map's: it would be taken, and written back over it.
        if (new Uri(change.Location).AbsolutePath != "/")
            return;
        var address = MapAddress.Parse(change.Location);
        if (!_bar.IsOwn(address.ToString()))
            _ = InvokeAsync(() => Try(async () =>
            {
                await Take(address);
                _ = Count();
                StateHasChanged();
            }));
    }
}
