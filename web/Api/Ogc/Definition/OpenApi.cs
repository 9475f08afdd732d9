using System.Text.Json.Nodes;
using CityOps.Gis.Layers;
using CityOps.Gis.Web.Api.Ogc.Editing;
using CityOps.Gis.Web.Api.Ogc.Tiles;

namespace CityOps.Gis.Web.Api.Ogc.Definition;

/// <summary>
/// The API's definition (OpenAPI 3.0.3), made from the layers: each collection's items are an address of their own with the collection's own queryables. Operation ids
/// end as OGC API Tiles asks (20-057, table 12).
/// </summary>
static class OpenApi
{
    public static JsonObject Document(HttpRequest request, LayerCatalog layers, OgcOptions options) => new()
    {
        ["openapi"] = "3.0.3",
        ["info"] = new JsonObject
        {
            ["title"] = Landing.Title.In(UiLanguage.Current),
            ["description"] = Landing.Description.In(UiLanguage.Current),
            ["version"] = typeof(OpenApi).Assembly.GetName().Version?.ToString(3) ?? "1.0.0",
            ["license"] = new JsonObject { ["name"] = new LocalText("内部使用", "Internal use").In(UiLanguage.Current), ["url"] = OgcAddress.Server(request) + OgcAddress.Root },
        },
        ["servers"] = new JsonArray(new JsonObject { ["url"] = OgcAddress.Server(request) + OgcAddress.Root }),
        ["security"] = new JsonArray(),
        ["tags"] = new JsonArray(
            Tag("Capabilities", new("服务能力", "What the API offers")), Tag("Data", new("要素", "Features")),
            Tag("Tiles", new("矢量瓦片", "Vector tiles")), Tag("Styles", new("样式", "Styles"))),
        ["paths"] = Paths(layers, options),
        ["components"] = new JsonObject { ["parameters"] = OpenApiParameters.All(), ["responses"] = OpenApiResponses.All(), ["schemas"] = OpenApiResponses.Schemas() },
    };

    static JsonObject Paths(LayerCatalog layers, OgcOptions options)
    {
        var paths = new JsonObject
        {
            ["/"] = Get("getLandingPage", "Capabilities", new("入口", "Landing page"), "Document"),
            ["/conformance"] = Get("getConformance", "Capabilities", new("遵循的标准", "Conformance declaration"), "Document"),
            ["/api"] = Get("getApi", "Capabilities", new("接口定义", "This definition"), "Definition"),
            ["/collections"] = Get("getCollections", "Data", new("全部集合", "All collections"), "Document"),
            ["/tileMatrixSets"] = Get("getTileMatrixSetsList", "Tiles", new("瓦片矩阵集列表", "Tile matrix sets"), "Document"),
            ["/tileMatrixSets/" + TileMatrixSet.Id] = Get("getTileMatrixSet", "Tiles", TileMatrixSet.Title, "Document"),
            ["/tiles"] = Get("dataset.vector.getTileSetsList", "Tiles", new("全部图层的瓦片集", "Tilesets of the dataset"), "Document"),
            ["/tiles/" + TileMatrixSet.Id] = Get("dataset.vector.getTileSet", "Tiles", new("全部图层的瓦片集", "The dataset's tileset"), "Document", ["collections", .. OpenApiParameters.Question]),
            ["/tiles/" + TileMatrixSet.Id + "/{tileMatrix}/{tileRow}/{tileCol}"] = Tile("dataset.vector.getTile", new("全部图层的瓦片", "A tile of the dataset"), ["collections", .. OpenApiParameters.Question]),
            ["/styles"] = Get("getStyles", "Styles", new("样式列表", "Styles"), "Document"),
            ["/styles/{styleId}"] = Get("getStyle", "Styles", new("MapLibre 样式", "A MapLibre style"), "Style", ["styleId"]),
        };
        foreach (var layer in layers.Layers)
            AddLayer(paths, layer, layers, options);
        return paths;
    }

    static void AddLayer(JsonObject paths, LayerDefinition layer, LayerCatalog catalog, OgcOptions options)
    {
        var (at, title) = ($"/collections/{layer.Id}", layer.Title);
        paths[at] = Get($"{layer.Id}.getCollection", "Data", title, "Document");
        paths[at + "/queryables"] = Get($"{layer.Id}.getQueryables", "Data", With(title, "可查询属性", "queryables"), "Schema");
        paths[at + "/schema"] = Get($"{layer.Id}.getSchema", "Data", With(title, "属性", "schema"), "Schema");
        var items = Get($"{layer.Id}.getFeatures", "Data", With(title, "要素", "features"), "Features", OpenApiParameters.Items);
        foreach (var one in QueryableParameters.Of(layer).Where(one => !OpenApiParameters.IsTaken(one.Name)))
            items["get"]!["parameters"]!.AsArray().Add(OpenApiParameters.Of(one, catalog));
        var item = Get($"{layer.Id}.getFeature", "Data", With(title, "单个要素", "one feature"), "Feature", ["featureId", "crs"]);
        if (EditingEndpoints.IsEditable(layer, options))
            OpenApiEditing.Add(items, item, layer);
        (paths[at + "/items"], paths[at + "/items/{featureId}"]) = (items, item);
        if (layer.Geometry == GeometryKind.None)
            return;
        paths[at + "/tiles"] = Get($"{layer.Id}.collection.vector.getTileSetsList", "Tiles", With(title, "瓦片集列表", "tilesets"), "Document", OpenApiParameters.Question);
        paths[$"{at}/tiles/{TileMatrixSet.Id}"] = Get($"{layer.Id}.collection.vector.getTileSet", "Tiles", With(title, "瓦片集", "tileset"), "Document", OpenApiParameters.Question);
        paths[$"{at}/tiles/{TileMatrixSet.Id}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}"] = Tile($"{layer.Id}.collection.vector.getTile", With(title, "瓦片", "a tile"), OpenApiParameters.Question);
    }

    static JsonObject Get(string id, string tag, LocalText summary, string response, params IEnumerable<string> parameters) => new()
    {
        ["get"] = Operation(id, tag, summary, response, "200", [.. parameters, "f", "lang"]),
    };

    static JsonObject Tile(string id, LocalText summary, IEnumerable<string> parameters)
    {
        var operation = Operation(id, "Tiles", summary, "Tile", "200", ["tileMatrix", "tileRow", "tileCol", .. parameters]);
        operation["responses"]!["204"] = OpenApiResponses.Reference("EmptyTile");
        return new() { ["get"] = operation };
    }

    /// <summary>An operation with the refusals that every one may give.</summary>
    public static JsonObject Operation(string id, string tag, LocalText summary, string response, string status, IEnumerable<string> parameters) => new()
    {
        ["tags"] = new JsonArray(tag),
        ["operationId"] = id,
        ["summary"] = summary.In(UiLanguage.Current),
        ["parameters"] = new JsonArray([.. parameters.Select(OpenApiParameters.Reference)]),
        ["responses"] = new JsonObject
        {
            [status] = OpenApiResponses.Reference(response),
            ["400"] = OpenApiResponses.Reference("Problem"),
            ["404"] = OpenApiResponses.Reference("Problem"),
            ["406"] = OpenApiResponses.Reference("Problem"),
            ["503"] = OpenApiResponses.Reference("Problem"),
        },
    };

    static LocalText With(LocalText title, string zh, string en) => new($"{title.Zh}：{zh}", $"{title.En}: {en}");

    static JsonObject Tag(string name, LocalText description) => new() { ["name"] = name, ["description"] = description.In(UiLanguage.Current) };
}
