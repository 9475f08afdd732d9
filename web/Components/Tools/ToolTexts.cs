using CityOps.Gis.Leaflet;
using CityOps.Gis.Web.Resources;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components.Tools;

/// <summary>The words of a map with tools, in the language of the page.</summary>
public static class ToolTexts
{
    public static MapTexts Of(IStringLocalizer<UiText> texts, IStringLocalizer<MapText> tools)
        => new(UiLanguage.Current, texts["Map"], texts["ZoomIn"], texts["ZoomOut"], texts["Attribution"])
        {
            Tools = new(tools["draw.box"], tools["draw.polygon"], tools["draw.circle"], tools["draw.distance"], tools["draw.area"], tools["draw.more"], tools["draw.crossed"],
                tools["Coordinates"], tools["Handle"], tools["Corner"], tools["CornerAdd"], tools["CornersTooMany"]),
        };
}
