using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace CityOps.Gis.Leaflet;

/// <summary>
/// A Leaflet map in which MapLibre GL draws our vector tiles. Only the viewport, the visible layers and the selection cross the circuit;
/// tiles go from the server to the browser.
/// </summary>
public sealed partial class MapView(IJSRuntime script) : IAsyncDisposable
{
    ElementReference _element;
    IJSObjectReference? _module;
    IJSObjectReference? _map;
    DotNetObjectReference<MapView>? _self;
    MapViewport? _asked;
    IReadOnlySet<string>? _drawn;
    string? _selected;
    string? _focused;
    IReadOnlyDictionary<string, string>? _queries;
    MapHeat? _heat;
    IReadOnlyList<MapOverlay>? _overlays;
    IReadOnlyDictionary<string, double>? _opacities;
    MapBaseMap? _baseMap;
    MapPlace? _handle;
    MapCorners? _corners;
    MapTool _tool;
    DrawnShape? _shape;
    bool _isDisposed;
    bool _isMaking;

    static readonly JsonSerializerOptions Words = new(JsonSerializerDefaults.Web);

    /// <summary>All layers, drawn in the order of their style; read once, when the map is made.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<MapLayer> Layers { get; set; }

    /// <summary>Ids of the layers that are drawn.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlySet<string> Visible { get; set; }

    [Parameter, EditorRequired]
    public required MapTexts Texts { get; set; }

    /// <summary>Polygons filled as land, always drawn.</summary>
    [Parameter]
    public MapLayer? Land { get; set; }

    /// <summary>Where to go; a new object moves the map, also to the same place. Where people go themselves is told by <see cref="OnViewportChanged"/>.</summary>
    [Parameter]
    public MapViewport? Viewport { get; set; }

    /// <summary>Shown at first where there is no <see cref="Viewport"/>.</summary>
    [Parameter]
    public MapBounds? Bounds { get; set; }

    /// <summary>Width that a panel at the right covers, pixels: boxes are fitted into what is left of it.</summary>
    [Parameter]
    public int RightPixels { get; set; }

    /// <summary>URL of the GeoJSON feature that is marked.</summary>
    [Parameter]
    public string? SelectionUrl { get; set; }

    /// <summary>URL of the GeoJSON area that is looked at; what lies outside is dimmed.</summary>
    [Parameter]
    public string? FocusUrl { get; set; }

    /// <summary>By layer id: the query at the end of its tiles' addresses, without its question mark.</summary>
    [Parameter]
    public IReadOnlyDictionary<string, string>? TilesQueries { get; set; }

    /// <summary>Pictures below the layers; null = the plain ground.</summary>
    [Parameter]
    public MapBaseMap? BaseMap { get; set; }

    /// <summary>By layer id, from 0 (invisible) to 1; layers that are not named are as their style says. A new object changes what is drawn.</summary>
    [Parameter]
    public IReadOnlyDictionary<string, double>? Opacities { get; set; }

    /// <summary>The city's projected system, in which the coordinates of the pointer are shown too; read once.</summary>
    [Parameter]
    public MapProjection? Projected { get; set; }

    /// <summary>Maps of a page with the same name here move together; read once.</summary>
    [Parameter]
    public string? Group { get; set; }

    /// <summary>A heat map over the ground; null = none.</summary>
    [Parameter]
    public MapHeat? Heat { get; set; }

    /// <summary>Drawn over the layers, the last above the others; a new list changes what is drawn.</summary>
    [Parameter]
    public IReadOnlyList<MapOverlay>? Overlays { get; set; }

    /// <summary>A marker that people drag or move with the arrow keys; null = none. Where it goes is told by <see cref="OnHandleMoved"/>.</summary>
    [Parameter]
    public MapPlace? Handle { get; set; }

    /// <summary>Corners of a line or polygon that people change; null = none. The map shows each step at once and tells it by <see cref="OnCornerChanged"/>.</summary>
    [Parameter]
    public MapCorners? Corners { get; set; }

    /// <summary>What pointer and keys do; what they draw is told by <see cref="OnDrawn"/>, each time it is finished. Escape gives up what is begun.</summary>
    [Parameter]
    public MapTool Tool { get; set; }

    /// <summary>A shape that stays on the map; clicks pass through.</summary>
    [Parameter]
    public DrawnShape? Shape { get; set; }

    /// <summary>
    /// Server-sent events that name changed tiles, asked with <c>?layers=a,b</c>; an event <c>tiles</c> holds <c>{"layer", "zoom", "tiles": [[x, y]]}</c>, its tiles null
    /// for all. Null where the map need not follow changes.
    /// </summary>
    [Parameter]
    public string? EventsUrl { get; set; }

    /// <summary>Begins the addresses of scripts, where the host serves them under a version; no slash at its end.</summary>
    [CascadingParameter(Name = "AssetRoot")]
    public string AssetRoot { get; set; } = "";

    /// <summary>URL of the module with Leaflet and MapLibre GL (<c>npm run build</c>), below <see cref="AssetRoot"/>.</summary>
    [Parameter]
    public string BundleUrl { get; set; } = "/dist/map.js";

    /// <summary>URL of the map component's own modules (<c>npm run build</c>), below <see cref="AssetRoot"/>.</summary>
    [Parameter]
    public string ModuleUrl { get; set; } = "/dist/map-view.js";

    /// <summary>URL of the signs of points, white SVG files, with <c>{name}</c>; below <see cref="AssetRoot"/>.</summary>
    [Parameter]
    public string IconsUrl { get; set; } = "/icons/{name}.svg";

    [Parameter]
    public EventCallback<MapClick> OnFeatureClick { get; set; }

    /// <summary>A click where several points or lines lie; without a listener the most likely one is told by <see cref="OnFeatureClick"/>.</summary>
    [Parameter]
    public EventCallback<FeaturesClick> OnFeaturesClick { get; set; }

    [Parameter]
    public EventCallback<HeatCellClick> OnHeatCellClick { get; set; }

    /// <summary>A click where there is no feature.</summary>
    [Parameter]
    public EventCallback OnEmptyClick { get; set; }

    [Parameter]
    public EventCallback<MapViewport> OnViewportChanged { get; set; }

    /// <summary>Features that are drawn changed in the database, as <see cref="EventsUrl"/> tells; told every two seconds at most.</summary>
    [Parameter]
    public EventCallback OnTilesChanged { get; set; }

    /// <summary>The base map does not answer; told once for each.</summary>
    [Parameter]
    public EventCallback OnBaseMapFailed { get; set; }

    [Parameter]
    public EventCallback<OverlayClick> OnOverlayClick { get; set; }

    [Parameter]
    public EventCallback<MapPlace> OnHandleMoved { get; set; }

    [Parameter]
    public EventCallback<CornerChange> OnCornerChanged { get; set; }

    /// <summary>The last step with <see cref="Corners"/> shall be taken back; the parent puts them on the map as they were.</summary>
    [Parameter]
    public EventCallback OnCornersUndone { get; set; }

    [Parameter]
    public EventCallback<DrawnShape> OnDrawn { get; set; }

    /// <summary>Marks a feature of an overlay and moves the map as far as needed for it to be seen; null takes the mark away.</summary>
    public async Task MarkOverlay(string overlayId, string? featureId)
    {
        if (_map is not null)
            await _map.InvokeVoidAsync("markOverlay", overlayId, featureId);
    }

    /// <summary>Draws the view as a page and gives it to the browser as a file.</summary>
    public async Task<PictureOutcome> Save(MapPicture picture)
        => _map is null ? PictureOutcome.Stopped : Enum.Parse<PictureOutcome>(await _map.InvokeAsync<string>("picture", picture), ignoreCase: true);

    /// <summary>Gives up the picture that is being drawn.</summary>
    public async Task StopPicture()
    {
        if (_map is not null)
            await _map.InvokeVoidAsync("stopPicture");
    }

    /// <summary>Moves the map no further than needed for a place to be seen beside a panel at the right.</summary>
    public async Task Reveal(double longitude, double latitude, int rightPixels)
    {
        if (_map is not null)
            await _map.InvokeVoidAsync("reveal", longitude, latitude, rightPixels);
    }

    /// <summary>Moves the map so that a box fills it.</summary>
    public async Task Fit(MapBounds bounds)
    {
        if (_map is not null)
            await _map.InvokeVoidAsync("fit", bounds);
    }

    [JSInvokable]
    public Task ViewportChanged(double zoom, double latitude, double longitude) => _isDisposed ? Task.CompletedTask : OnViewportChanged.InvokeAsync(new(zoom, latitude, longitude));

    [JSInvokable]
    public Task FeatureClicked(string layerId, long fid, double longitude, double latitude, JsonElement properties)
        => OnFeatureClick.InvokeAsync(new(layerId, fid, longitude, latitude, properties));

    [JSInvokable]
    public Task FeaturesClicked(FoundFeature[] features, double longitude, double latitude, int x, int y) => OnFeaturesClick.InvokeAsync(new(features, longitude, latitude, x, y));

    [JSInvokable]
    public Task HeatCellClicked(string id, double longitude, double latitude) => OnHeatCellClick.InvokeAsync(new(id, longitude, latitude));

    [JSInvokable]
    public Task EmptyClicked() => OnEmptyClick.InvokeAsync();

    [JSInvokable]
    public Task TilesChanged() => _isDisposed ? Task.CompletedTask : OnTilesChanged.InvokeAsync();

    [JSInvokable]
    public Task BaseMapFailed() => _isDisposed ? Task.CompletedTask : OnBaseMapFailed.InvokeAsync();

    [JSInvokable]
    public Task OverlayClicked(string overlayId, string featureId, double longitude, double latitude) => OnOverlayClick.InvokeAsync(new(overlayId, featureId, longitude, latitude));

    [JSInvokable]
    public Task HandleMoved(double longitude, double latitude)
    {
        // The marker is there already; a parent that puts it back where it was still changes something.
        _handle = new(longitude, latitude);
        return OnHandleMoved.InvokeAsync(_handle);
    }

    [JSInvokable]
    public Task CornerChanged(string kind, int run, int at, double longitude, double latitude)
        => OnCornerChanged.InvokeAsync(new(Enum.Parse<CornerChangeKind>(kind, ignoreCase: true), run, at, new(longitude, latitude)));

    [JSInvokable]
    public Task CornersUndone() => OnCornersUndone.InvokeAsync();

    [JSInvokable]
    public Task Drawn(string tool, double[][] places, double? meters, double? squareMeters)
        => OnDrawn.InvokeAsync(new(Enum.Parse<MapTool>(tool, ignoreCase: true), [.. places.Select(place => new MapPlace(place[0], place[1]))], meters) { SquareMeters = squareMeters });

    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        // A map that is being made is removed when it is there: until then it calls.
        if (_isMaking)
            return;
        await Remove();
        _self?.Dispose();
    }

    // Only the first rendering makes markup; after that what changed goes to the module.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            await Create();
        else if (_map is not null)
            await Update();
    }

    async Task Create()
    {
        var module = await script.InvokeAsync<IJSObjectReference>("import", AssetRoot + ModuleUrl);
        if (_isDisposed)
        {
            await module.DisposeAsync();
            return;
        }
        _module = module;
        _self = DotNetObjectReference.Create(this);
        (_asked, _drawn, _selected, _focused, _queries, _heat, _opacities, _baseMap) = (Viewport, Visible, SelectionUrl, FocusUrl, TilesQueries, Heat, Opacities, BaseMap);
        _isMaking = true;
        try
        {
            _map = await module.InvokeAsync<IJSObjectReference>("create", _element, _self, AssetRoot + BundleUrl, JsonSerializer.SerializeToElement(Described(), Words));
        }
        finally
        {
            _isMaking = false;
            // The page may have been left while the browser was at it.
            if (_isDisposed)
                await DisposeAsync();
        }
        if (!_isDisposed)
            await Update();
    }

    // The frame's map begins with the same, and is taken over where both are alike.
    string First()
    {
        var described = JsonSerializer.SerializeToNode(Described(), Words)!.AsObject();
        described["bundleUrl"] = AssetRoot + BundleUrl;
        return described.ToJsonString(Words);
    }

    object Described()
        => new
        {
            Layers = Layers.Select(layer => Described(layer)), Visible, Texts, Land = Land is null ? null : Described(Land), Viewport, Bounds, RightPixels, SelectionUrl, FocusUrl, TilesQueries, EventsUrl,
            Heat, BaseMap, Opacities, Projected, Group, IconsUrl = AssetRoot + IconsUrl, ListsSeveral = OnFeaturesClick.HasDelegate, TellsChanges = OnTilesChanged.HasDelegate,
        };

    async Task Remove()
    {
        try
        {
            if (_map is not null)
                await _map.InvokeVoidAsync("remove");
            if (_module is not null)
                await _module.DisposeAsync();
        }
        catch (Exception fault) when (fault is JSDisconnectedException or OperationCanceledException)
        {
            // The browser is gone, or has stopped to answer, and the map with it.
            _module = null;
        }
    }

    // Enumerations go as words.
    static object Described(MapLayer layer)
        => new
        {
            layer.Id, layer.Title, layer.TilesUrl, Geometry = layer.Geometry.ToString().ToLowerInvariant(), layer.Style, layer.Zooms, layer.LabelsUrl, layer.IsBase, layer.Density, layer.Legend, layer.NameField,
            Names = layer.CountNames,
        };

    static string WordOf(MapTool tool) => tool.ToString().ToLowerInvariant();

    static object? Described(DrawnShape? shape) => shape is null ? null : new { Tool = WordOf(shape.Tool), Places = shape.Places.Select(place => new[] { place.Longitude, place.Latitude }), shape.Meters };

    async Task Update()
    {
        if (!ReferenceEquals(_drawn, Visible))
            await _map!.InvokeVoidAsync("show", _drawn = Visible);
        if (!ReferenceEquals(_queries, TilesQueries))
            await _map!.InvokeVoidAsync("ask", _queries = TilesQueries);
        if (_baseMap != BaseMap)
            await _map!.InvokeVoidAsync("base", _baseMap = BaseMap);
        if (!ReferenceEquals(_opacities, Opacities))
            await _map!.InvokeVoidAsync("fade", _opacities = Opacities);
        if (_heat != Heat)
            await _map!.InvokeVoidAsync("heat", _heat = Heat);
        if (!ReferenceEquals(_overlays, Overlays))
            await _map!.InvokeVoidAsync("overlay", _overlays = Overlays);
        if (_handle != Handle)
            await _map!.InvokeVoidAsync("hold", _handle = Handle);
        if (!ReferenceEquals(_corners, Corners))
            await _map!.InvokeVoidAsync("reshape", _corners = Corners);
        if (_tool != Tool)
            await _map!.InvokeVoidAsync("use", WordOf(_tool = Tool));
        if (_shape != Shape)
            await _map!.InvokeVoidAsync("outline", Described(_shape = Shape));
        if (_focused != FocusUrl)
            await _map!.InvokeVoidAsync("focus", _focused = FocusUrl);
        if (_selected != SelectionUrl)
            await _map!.InvokeVoidAsync("select", _selected = SelectionUrl);
        if (Viewport is not null && !ReferenceEquals(_asked, Viewport))
            await _map!.InvokeVoidAsync("move", _asked = Viewport);
    }
}
