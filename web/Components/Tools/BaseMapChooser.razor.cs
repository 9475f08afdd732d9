using CityOps.Gis.Leaflet;
using CityOps.Gis.Web.Api.BaseMaps;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components.Tools;

/// <summary>Chooses what lies below the layers: the product's own ground, or one of the configured base maps.</summary>
public sealed partial class BaseMapChooser(IStringLocalizer<MapText> texts, BaseMapTiles tiles)
{
    bool _isOpen;

    /// <summary>Id of the base map; null = the own ground.</summary>
    [Parameter]
    public string? Base { get; set; }

    [Parameter]
    public EventCallback<string?> BaseChanged { get; set; }

    IStringLocalizer<MapText> Text => texts;

    /// <summary>A configured base map as the map draws it; null where there is none of this id.</summary>
    public static MapBaseMap? Of(string? id, BaseMapTiles tiles)
        => tiles.Maps.FirstOrDefault(map => map.Id == id) is { } map
            ? new($"/basemaps/{map.Id}/{{z}}/{{x}}/{{y}}", map.MinZoom, map.MaxZoom, map.Attribution?.In(UiLanguage.Current))
            : null;

    Task Choose(string? id)
    {
        _isOpen = false;
        return BaseChanged.InvokeAsync(id);
    }

    void Close(KeyboardEventArgs key) => _isOpen &= key.Key != "Escape";
}
