using System.Text.Json.Nodes;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.Tiles.Serving;
using CityOps.Gis.Web.Api.Ogc.Pages;
using CityOps.Gis.Web.Api.Ogc.Tiles;

namespace CityOps.Gis.Web.Api.Ogc;

/// <summary>OGC API Styles (draft 20-009): a MapLibre style of each layer and one of the map as it first opens.</summary>
static class StyleApi
{
    /// <summary>Id of the style of the whole map.</summary>
    public const string City = "city";
    static readonly string[] Reading = ["GET", "HEAD"];

    public static void Map(RouteGroupBuilder api)
    {
        api.MapMethods("/styles", Reading, List);
        api.MapMethods("/styles/{styleId}", Reading, Style);
    }

    static IResult List(HttpContext context, LayerCatalog layers)
    {
        var (format, refusal) = OgcRequest.Check(context, OgcLink.Json);
        if (refusal is not null)
            return OgcAnswer.Refuse(context, refusal);
        var all = TileApi.Drawn(layers).Select(layer => (layer.Id, layer.Title)).Prepend((Id: City, Title: new("城市地图", "City map")));
        var document = new JsonObject
        {
            ["default"] = City,
            ["styles"] = new JsonArray([.. all.Select(style => new JsonObject
            {
                ["id"] = style.Id,
                ["title"] = style.Title.In(UiLanguage.Current),
                ["links"] = OgcLink.All([new(OgcAddress.Of(context.Request, "/styles/" + style.Id), "stylesheet", OgcLink.Style, "MapLibre")]),
            })]),
            ["links"] = OgcLink.All(OgcLink.SelfAndTwin(context.Request, format, OgcLink.Json)),
        };
        return OgcAnswer.Document(context, format, new("样式", "Styles"), document);
    }

    static async Task<IResult> Style(string styleId, HttpContext context, LayerCatalog layers, TileGate tiles, CollectionExtents extents)
    {
        var (format, refusal) = OgcRequest.Check(context, OgcLink.Style);
        if (refusal is not null)
            return OgcAnswer.Refuse(context, refusal);
        var shown = LayersOf(styleId, layers);
        if (shown.Count == 0)
            return OgcAnswer.Refuse(context, new(StatusCodes.Status404NotFound, "no-such-style", new($"没有样式“{styleId}”；/ogc/styles 列出全部样式。", $"There is no style '{styleId}'; /ogc/styles lists them.")));
        var ids = string.Join(',', shown.Select(layer => layer.Id));
        if (format == OgcFormat.Json)
            return OgcAnswer.Json(context, TileStyle.Of(tiles.Read(ids, "").Question!, UiLanguage.Current, OgcAddress.Server(context.Request)), OgcLink.Style);
        return OgcAnswer.Page<StylePage>(context, new Dictionary<string, object?>
        {
            [nameof(StylePage.Title)] = styleId == City ? new LocalText("城市地图", "City map") : shown[0].Title, [nameof(StylePage.StyleUrl)] = $"/tiles/{ids}/style.json",
            [nameof(StylePage.Box)] = Tileset.OfDataset(shown).Box(await extents.Of(shown, context.RequestAborted)),
        });
    }

    static IReadOnlyList<LayerDefinition> LayersOf(string styleId, LayerCatalog layers)
        => [.. TileApi.Drawn(layers).Where(layer => styleId == City ? layer.Style.VisibleAtStart : layer.Id == styleId)];
}
