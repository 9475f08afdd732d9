using CityOps.Gis.Leaflet;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components.Tools;

/// <summary>The buttons on the map that choose how to select and what to measure; the pressed one is put away by pressing it again.</summary>
public sealed partial class MapTools(IStringLocalizer<MapText> texts)
{
    static readonly MapTool[][] Groups = [[MapTool.Box, MapTool.Polygon, MapTool.Circle], [MapTool.Distance, MapTool.Area]];

    [Parameter, EditorRequired]
    public required MapTool Tool { get; set; }

    [Parameter]
    public EventCallback<MapTool> ToolChanged { get; set; }

    /// <summary>More buttons, below.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    IStringLocalizer<MapText> Text => texts;

    static string NameOf(MapTool tool) => tool.ToString().ToLowerInvariant();

    string TitleOf(MapTool tool) => Text["tool." + NameOf(tool)];

    Task Toggle(MapTool tool) => ToolChanged.InvokeAsync(tool == Tool ? MapTool.None : tool);
}
