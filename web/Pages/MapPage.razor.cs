using CityOps.Gis.Features;
using CityOps.Gis.Layers;
using CityOps.Gis.Leaflet;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.PostGis.History;
using CityOps.Gis.Tiles.Serving;
using CityOps.Gis.Web.Api.BaseMaps;
using CityOps.Gis.Web.Api.Ogc;
using CityOps.Gis.Web.Components;
using CityOps.Gis.Web.Components.Features;
using CityOps.Gis.Web.Components.Tools;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;
using MudBlazor;
using Npgsql;

namespace CityOps.Gis.Web.Pages;

/// <summary>The map with its layer list and the panel of what is selected. Its state lives in the address (<see cref="MapAddress"/>).</summary>
public sealed partial class MapPage(
    IStringLocalizer<UiText> texts, IStringLocalizer<MapText> toolTexts, NavigationManager navigation, LayerCatalog catalog, LayerStatistics statistics, FeatureStore features, JurisdictionNames names,
    SpineTree spine, CollectionCounts matches, FeatureHistory history, LegendCounts legends, BaseMapTiles baseMaps, MapPictures pictures, IBrowserViewportService screen,
    GisWebOptions options) : IDisposable
{
    /// <summary>Width that the panel at the right covers, pixels.</summary>
    const int PanelPixels = 392;
    const double PointZoom = 18;

    // Addresses on their way to the browser and back. They are older than the page's own state, so they change nothing when they arrive.
    readonly List<string> _written = [];
    readonly CancellationTokenSource _closing = new();
    IReadOnlyList<LayerDefinition> _layers = [];
    IReadOnlyList<MapLayer> _drawn = [];
    MapLayer? _land;
    IReadOnlyDictionary<string, long>? _counts;
    IReadOnlySet<string> _visible = new HashSet<string>();
    MapTexts _mapTexts = null!;
    MapAddress _address = new(null, null, null);
    IReadOnlyDictionary<string, string> _queries = new Dictionary<string, string>();
    string? _focusUrl;
    IReadOnlyDictionary<string, MatchCount>? _answers;
    IReadOnlyDictionary<string, IReadOnlyDictionary<MapLegendEntry, MatchCount>> _legends = new Dictionary<string, IReadOnlyDictionary<MapLegendEntry, MatchCount>>();
    MapViewport? _viewport;
    MapBounds? _bounds;
    (LayerDefinition Layer, Feature Feature, JurisdictionNames.Names Names, bool IsGone)? _selected;
    FeaturePanel? _panel;
    IReadOnlyList<MapOverlay> _overlays = [];
    MapView? _map;
    bool _layersOpen = true;
    bool _exportOpen;
    string? _fault;
    string? _gone;
    string? _notice;
    MapTool _tool;
    MapProjection? _projected;
    FeaturesClick? _choice;
    MapPlace? _handle;
    MapPlace? _handleMoved;

    IStringLocalizer<UiText> Text => texts;
    bool IsEmpty => _counts!.Values.All(count => count == 0);
    string? SelectionUrl => _selected is { Feature.Geometry: not null, IsGone: false } one ? FormattableString.Invariant($"/api/layers/{one.Layer.Id}/features/{one.Feature.Fid}?v={one.Feature.ValidFrom.ToUnixTimeMilliseconds()}") : null;
    HashSet<string> StartLayers => [.. _layers.Where(layer => layer.Style.VisibleAtStart).Select(layer => layer.Id)];

    public void Dispose()
    {
        navigation.LocationChanged -= AddressChanged;
        _closing.Cancel();
        _closing.Dispose();
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
        _layers = [.. catalog.Layers.Where(layer => layer.Geometry != GeometryKind.None)];
        _mapTexts = ToolTexts.Of(texts, toolTexts);
        try
        {
            await Take(MapAddress.Parse(navigation.Uri));
            var counts = await statistics.Counts(catalog, _closing.Token);
            var city = await CityBounds();
            _drawn = [.. _layers.Select(layer => Drawn(layer, counts.GetValueOrDefault(layer.Id) / city?.AreaKm2))];
            // The ground is the city's own outline; it stays when the list hides the boundaries.
            _land = _drawn.FirstOrDefault(layer => layer.Id == "districts");
            _projected = CityProjection.Of(options.ProjectedCrs, city);
            _bounds = SelectedBounds() ?? await AreaBounds() ?? city;
            _counts = counts;
        }
        catch (NpgsqlException fault) when (fault.IsAway())
        {
            _fault = Text["NoDatabase"];
            WaitForDatabase();
        }
    }

    MapLayer Drawn(LayerDefinition layer, double? density) => new(layer.Id, layer.Title.In(UiLanguage.Current), $"/tiles/{layer.Id}/{{z}}/{{x}}/{{y}}.mvt", layer.Geometry, layer.Style, layer.Zooms)
    {
        LabelsUrl = !LayerLabels.Serves(layer) ? null : LayerLabels.ServesWhole(layer) ? $"/api/layers/{layer.Id}/labels" : $"/api/layers/{layer.Id}/labels?box={{box}}",
        NameField = layer.Name,
        Legend = LayerLegend.OfCells(layer, catalog),
        CountNames = LayerLegend.CountNames(layer, catalog),
        Density = density,
        IsBase = layer.Group == "base",
    };

    // A point is shown by its place instead.
    MapBounds? SelectedBounds()
        => _selected is { Feature.Geometry: { Dimension: not NetTopologySuite.Geometries.Dimension.Point, EnvelopeInternal: { IsNull: false } box } } ? new(box.MinX, box.MinY, box.MaxX, box.MaxY) : null;

    // The city's outline, else whatever there is.
    async Task<MapBounds?> CityBounds()
    {
        foreach (var layer in _layers.OrderBy(layer => layer.Id != "districts"))
            if (await statistics.Extent(layer, _closing.Token) is { } extent)
                return new(extent.West, extent.South, extent.East, extent.North);
        return null;
    }

    async Task Take(MapAddress address)
    {
        var isElsewhere = address.At != _address.At;
        _address = address;
        _queries = Queries();
        _visible = address.Layers is { } chosen ? chosen.Where(id => catalog.Find(id) is not null).ToHashSet() : StartLayers;
        await Focus();
        await Count();
        await Select(address.Feature);
        if (address.At is not null && isElsewhere)
            _viewport = address.At with { };
        else if (address.At is null && _selected?.Feature.Geometry is NetTopologySuite.Geometries.Point { IsEmpty: false } point)
            _viewport = new(PointZoom, point.Y, point.X);
    }

    // What is shown stays until the other is there. Of a feature that is gone its last version and its history are shown.
    async Task Select(FeatureId? id)
    {
        var layer = id is null ? null : catalog.Find(id.LayerId);
        var there = layer is null ? null : await features.Find(layer, id!.Fid, _closing.Token);
        var shown = there ?? (layer is null ? null : await history.Last(layer, id!.Fid, _closing.Token));
        var named = shown is null ? null : await names.Of(shown.Jurisdiction, _closing.Token);
        if (id is null || _selected is not { } before || (before.Layer.Id, before.Feature.Fid) != (id.LayerId, id.Fid))
            (_overlays, _handle, _handleMoved) = ([], null, null);
        _selected = shown is null ? null : (layer!, shown, named!, there is null);
        _gone = id is null || shown is not null ? null : Text["FeatureGone", layer?.Title.In(UiLanguage.Current) ?? id.LayerId, id.Fid].Value;
    }

    async Task<bool> MayLeave() => _selected is null || _panel is null || await _panel.MayLeave();

    void ChooseTab(string? tab) => Write(_address with { Tab = tab }, isStep: false);

    async Task Clicked(MapClick click)
    {
        _choice = null;
        if (!await MayLeave())
            return;
        var id = new FeatureId(click.LayerId, click.Fid);
        await Select(id);
        Write(_address with { Feature = id }, isStep: true);
        if (_map is not null)
            await _map.Reveal(click.Longitude, click.Latitude, PanelPixels);
    }

    void Choose(FeaturesClick click) => _choice = click;

    Task Choose(FoundFeature feature) => Clicked(new(feature.LayerId, feature.Fid, _choice!.Longitude, _choice.Latitude, default));

    Task ClickedNothing()
    {
        _choice = null;
        return Deselect();
    }

    /// <summary>Selects a feature and brings it into view.</summary>
    async Task Go(FeatureId id)
    {
        if (!await MayLeave())
            return;
        await Select(id);
        Write(_address with { Feature = id }, isStep: true);
        if (_map is null || _selected?.Feature.Geometry is not { IsEmpty: false } place)
            return;
        if (place is NetTopologySuite.Geometries.Point point)
            _viewport = new(Math.Max(PointZoom, _address.At?.Zoom ?? 0), point.Y, point.X);
        else if (SelectedBounds() is { } bounds)
            await _map.Fit(bounds);
    }

    void Use(MapTool tool) => (_tool, _choice, _notice) = (tool, null, null);

    // A selection is made once; measuring goes on until it is put away.
    async Task Drawn(DrawnShape shape)
    {
        if (shape.Tool is MapTool.Distance or MapTool.Area)
            return;
        _tool = MapTool.None;
        _notice = SelectedShape.FaultOf(shape) is { } fault ? toolTexts[fault].Value : null;
        if (_notice is null)
            await Ask(_address.Question with { Shape = shape });
    }

    async Task Fit(DrawnShape shape)
    {
        if (_map is not null)
            await _map.Fit(SelectedShape.BoundsOf(shape));
    }

    // What is drawn and asked first; a layer without features has no table to look at.
    List<LayerDefinition> TableLayers
        => [.. _layers.OrderBy(layer => _counts!.GetValueOrDefault(layer.Id) == 0).ThenBy(layer => !MapQuestion.Concerns(layer)).ThenBy(layer => !_visible.Contains(layer.Id)).ThenBy(layer => layer.Style.Order)];

    TableAddress? Table => _address.Table is { } table && _layers.Any(layer => layer.Id == table.LayerId) ? table : null;

    void Open(TableAddress? table) => Write(_address with { Table = table }, isStep: table?.LayerId != _address.Table?.LayerId);

    // The map marks the row's place by itself.
    async Task ChooseRow(FeatureId id)
    {
        if (!await MayLeave())
            return;
        await Select(id);
        Write(_address with { Feature = id }, isStep: true);
    }

    async Task DrawPicture(string title, bool isPdf)
    {
        if (_map is null)
            return;
        var legend = PictureLegend.Of(_layers.Where(layer => _visible.Contains(layer.Id)), catalog, _counts!, _answers, _legends);
        await _map.Save(await pictures.Of(title, _address, legend, isPdf, _closing.Token));
    }

    void OpenExport() => (_layersOpen, _exportOpen) = (true, true);

    async Task Deselect()
    {
        if (_address.Feature is null || !await MayLeave())
            return;
        await Select(null);
        Write(_address with { Feature = null }, isStep: true);
    }

    // What was opened last goes first.
    Task CloseOnEscape(KeyboardEventArgs key)
    {
        if (key.Key != "Escape")
            return Task.CompletedTask;
        if (_choice is null && _tool == MapTool.None)
            return Deselect();
        Use(MapTool.None);
        return Task.CompletedTask;
    }

    void Show(IReadOnlySet<string> visible)
    {
        _visible = visible;
        _ = CountLegends();
        Write(_address with { Layers = StartLayers.SetEquals(visible) ? null : [.. _layers.Where(layer => visible.Contains(layer.Id)).Select(layer => layer.Id)] }, isStep: true);
    }

    // Sliding is one step, however many stops it makes.
    void Fade(IReadOnlyDictionary<string, double> opacities) => Write(_address with { Opacities = opacities }, isStep: false);

    // Legends fill in when they are counted; the map does not wait for them.
    async Task CountLegends()
    {
        var question = _address.Question;
        var counted = new Dictionary<string, IReadOnlyDictionary<MapLegendEntry, MatchCount>>();
        try
        {
            foreach (var layer in _layers.Where(layer => _visible.Contains(layer.Id) && MapQuestion.Concerns(layer)))
                if (await legends.Of(layer, question.Of(layer), _closing.Token) is { Count: > 0 } counts)
                    counted[layer.Id] = counts;
        }
        catch (OperationCanceledException)
        {
            // The page is closed.
            return;
        }
        if (question != _address.Question)
            return;
        _legends = counted;
        StateHasChanged();
    }

    void Choose(TileExecutor? executor)
    {
        Write(_address with { Executor = executor }, isStep: true);
        _queries = Queries();
    }

    async Task Ask(MapQuestion question)
    {
        var isElsewhere = question.Area != _address.Question.Area;
        Write(_address with { Question = question }, isStep: true);
        _queries = Queries();
        await Count();
        if (!isElsewhere)
            return;
        await Focus();
        if (_map is not null && (question.Area is null ? await CityBounds() : await AreaBounds()) is { } bounds)
            await _map.Fit(bounds);
    }

    Dictionary<string, string> Queries()
        => _layers.Select(layer => (layer.Id, Query: _address.TilesQuery(layer))).Where(one => one.Query is not null).ToDictionary(one => one.Id, one => one.Query!);

    // Counts of what is not held in memory wait for nobody; they are estimates where the database would take long.
    async Task Count()
    {
        if (_address.Question.IsWhole)
        {
            _answers = null;
            _ = CountLegends();
            return;
        }
        var question = _address.Question;
        var answers = new Dictionary<string, MatchCount>();
        foreach (var layer in _layers.Where(MapQuestion.Concerns))
            answers[layer.Id] = await matches.Whole(layer, question.Of(layer), _closing.Token);
        // A newer question may have been answered meanwhile.
        if (question == _address.Question)
            _answers = answers;
        _ = CountLegends();
    }

    async Task Focus()
        => _focusUrl = await Area() is { } area ? $"/api/layers/{area.LayerId}/features/{area.Fid}" : null;

    // A code of no area known today dims nothing, and its features are asked for all the same.
    async Task<SpineNode?> Area()
        => _address.Question.Area is { } code && (await spine.PathTo(code, _closing.Token)).LastOrDefault() is { } area && area.Code == code ? area : null;

    async Task<MapBounds?> AreaBounds()
        => await Area() is { } area && catalog.Find(area.LayerId) is { } layer && await features.Find(layer, area.Fid, _closing.Token) is { Geometry.EnvelopeInternal: { IsNull: false } box }
            ? new(box.MinX, box.MinY, box.MaxX, box.MaxY)
            : null;

    void Moved(MapViewport viewport) => Write(_address with { At = viewport }, isStep: false);

    // A step can be gone back; panning only rewrites the step it happens in.
    void Write(MapAddress address, bool isStep)
    {
        if (address.ToString() == _address.ToString())
            return;
        _address = address;
        _written.Add(address.ToString());
        navigation.NavigateTo(address.ToString(), new NavigationOptions { ReplaceHistoryEntry = !isStep });
    }

    void AddressChanged(object? sender, LocationChangedEventArgs change)
    {
        var address = MapAddress.Parse(change.Location);
        var at = _written.IndexOf(address.ToString());
        if (at >= 0)
            _written.RemoveRange(0, at + 1);
        else
            _ = InvokeAsync(async () =>
            {
                await Take(address);
                StateHasChanged();
            });
    }
}
