using CityOps.Gis.Leaflet;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.Web.Cases;

/// <summary>Chooses where something is to happen: an area of the spine, or one that is drawn on the map.</summary>
public sealed partial class AreaChoice(IStringLocalizer<CaseText> texts)
{
    /// <summary>Begins the ids of the fields, unique on the page.</summary>
    [Parameter, EditorRequired]
    public required string Id { get; set; }

    /// <summary>Code of the area that is chosen; null for none.</summary>
    [Parameter]
    public string? Area { get; set; }

    [Parameter]
    public EventCallback<string?> AreaChanged { get; set; }

    /// <summary>The polygon that was drawn, in place of an area; null for none.</summary>
    [Parameter]
    public DrawnShape? Shape { get; set; }

    [Parameter]
    public bool IsDrawing { get; set; }

    /// <summary>Drawing shall begin, or what was drawn be dropped.</summary>
    [Parameter]
    public EventCallback<bool> OnDraw { get; set; }

    /// <summary>What is said of an area that is drawn; null = that it is.</summary>
    [Parameter]
    public string? Drawn { get; set; }

    IStringLocalizer<CaseText> Text => texts;

    /// <summary>The polygon of what was drawn, in degrees; null where it is none.</summary>
    public static Polygon? PolygonOf(DrawnShape? shape)
        => shape is not { Tool: MapTool.Polygon, Places: { Count: > 2 } places } ? null : new(new([.. places.Append(places[0]).Select(place => new Coordinate(place.Longitude, place.Latitude))]));
}
