using CityOps.Gis.Leaflet;
using CityOps.Gis.Web.Resources;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components.Tools;

/// <summary>The words of a map, in the language of the page.</summary>
public static class ToolTexts
{
    /// <summary>Of a map without tools.</summary>
    public static MapTexts Of(IStringLocalizer<UiText> texts)
        => new(UiLanguage.Current, texts["Map"], texts["ZoomIn"], texts["ZoomOut"], texts["Attribution"]) { Missing = texts["MapMissing"], AskAgain = texts["AskAgain"] };

    /// <summary>Of a map with tools.</summary>
    public static MapTexts Of(IStringLocalizer<UiText> texts, IStringLocalizer<MapText> tools)
        => Of(texts) with
        {
            Tools = new(tools["draw.box"], tools["draw.polygon"], tools["draw.circle"], tools["draw.distance"], tools["draw.area"], tools["draw.more"], tools["draw.crossed"],
                tools["Coordinates"], tools["Handle"], tools["Corner"], tools["CornerAdd"], tools["CornersTooMany"]),
        };
}
