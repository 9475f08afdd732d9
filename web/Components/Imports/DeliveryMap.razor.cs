using CityOps.Gis.Layers;
using CityOps.Gis.Leaflet;
using CityOps.Gis.PostGis;
using CityOps.Gis.Web.Components.Tools;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components.Imports;

/// <summary>A map of the city's boundaries and roads, for what an import page draws over it.</summary>
public sealed partial class DeliveryMap(IStringLocalizer<UiText> texts, LayerCatalog catalog, AreaPlaces places)
{
    IReadOnlyList<MapLayer> _ground = [];
    HashSet<string> _visible = [];
    MapLayer? _land;
    MapTexts _texts = null!;
    MapBounds? _city;
    MapView? _map;
    bool _isReady;

    [Parameter, EditorRequired]
    public required IReadOnlyList<MapOverlay> Overlays { get; set; }

    /// <summary>Shown at first; null = the city.</summary>
    [Parameter]
    public MapBounds? Bounds { get; set; }

    [Parameter]
    public EventCallback<OverlayClick> OnClick { get; set; }

    [Parameter]
    public EventCallback<MapViewport> OnMoved { get; set; }

    public Task Fit(MapBounds bounds) => _map?.Fit(bounds) ?? Task.CompletedTask;

    /// <summary>Marks a feature and brings it into view; null takes the mark away.</summary>
    public Task Mark(string overlayId, string? featureId) => _map?.MarkOverlay(overlayId, featureId) ?? Task.CompletedTask;

    protected override async Task OnInitializedAsync()
    {
        _ground = [.. catalog.Layers.Where(layer => layer.Geometry != GeometryKind.None && layer.Group is "spine" or "base" && layer.Style.VisibleAtStart).Select(Ground)];
        _visible = [.. _ground.Select(layer => layer.Id)];
        _land = _ground.FirstOrDefault(layer => layer.Id == "districts");
        _texts = ToolTexts.Of(texts);
        _city = await places.City(CancellationToken.None);
        _isReady = true;
    }

    static MapLayer Ground(LayerDefinition layer) => new(layer.Id, layer.Title.In(UiLanguage.Current), $"/tiles/{layer.Id}/{{z}}/{{x}}/{{y}}.mvt", layer.Geometry, layer.Style, layer.Zooms)
    {
        LabelsUrl = !LayerLabels.Serves(layer) ? null : LayerLabels.ServesWhole(layer) ? $"/api/layers/{layer.Id}/labels" : $"/api/layers/{layer.Id}/labels?box={{box}}",
        IsBase = true,
    };
}
