using System.Text.Json.Nodes;
using CityOps.Gis.Layers;

namespace CityOps.Gis.Web.Api.Ogc.Definition;

/// <summary>The answers of the definition and the schemas they are of.</summary>
static class OpenApiResponses
{
    public static JsonNode Reference(string name) => new JsonObject { ["$ref"] = "#/components/responses/" + name };

    public static JsonObject All() => new()
    {
        ["Document"] = Response(new("文档", "The document"), (OgcLink.Json, "Document"), (OgcLink.Html, "Page")),
        ["Definition"] = Response(new("接口定义", "The definition"), (OgcLink.OpenApi, "Document"), (OgcLink.Html, "Page")),
        ["Schema"] = Response(new("JSON Schema", "A JSON Schema"), (OgcLink.Schema, "Document"), (OgcLink.Html, "Page")),
        ["Style"] = Response(new("MapLibre 样式", "A MapLibre style"), (OgcLink.Style, "Document"), (OgcLink.Html, "Page")),
        ["Features"] = Response(new("一页要素", "A page of features"), (OgcLink.GeoJson, "FeatureCollection"), (OgcLink.Html, "Page")),
        ["Feature"] = Response(new("要素", "The feature"), (OgcLink.GeoJson, "Feature"), (OgcLink.Html, "Page")),
        ["Tile"] = Response(new("矢量瓦片", "The tile"), (OgcLink.VectorTile, "Bytes")),
        ["EmptyTile"] = Response(new("瓦片为空", "The tile is empty")),
        ["Removed"] = Response(new("已删除", "It is removed")),
        ["Problem"] = Response(new("请求不能满足，原因见 detail", "The request cannot be answered; 'detail' says why"), ("application/problem+json", "Problem")),
    };

    public static JsonObject Schemas() => new()
    {
        ["Document"] = new JsonObject { ["type"] = "object" },
        ["Page"] = new JsonObject { ["type"] = "string" },
        ["Bytes"] = new JsonObject { ["type"] = "string", ["format"] = "binary" },
        ["Geometry"] = new JsonObject { ["type"] = "object", ["nullable"] = true, ["required"] = new JsonArray("type"), ["properties"] = new JsonObject { ["type"] = Text() } },
        ["Link"] = Object(["href", "rel"], ("href", Text()), ("rel", Text()), ("type", Text()), ("title", Text())),
        ["Feature"] = Object(["type", "geometry", "properties"], ("type", Enum("Feature")), ("id", Integer()), ("geometry", Schema("Geometry")),
            ("properties", new JsonObject { ["type"] = "object", ["nullable"] = true }), ("links", List("Link"))),
        ["FeatureCollection"] = Object(["type", "features"], ("type", Enum("FeatureCollection")), ("features", List("Feature")), ("numberMatched", Integer()),
            ("numberMatchedKind", Enum("exact", "estimate")), ("numberReturned", Integer()), ("timeStamp", new JsonObject { ["type"] = "string", ["format"] = "date-time" }), ("links", List("Link"))),
        ["Problem"] = Object(["type", "status"], ("type", Text()), ("title", Text()), ("status", Integer()), ("detail", Text())),
    };

    public static JsonObject Schema(string name) => new() { ["$ref"] = "#/components/schemas/" + name };

    static JsonObject Response(LocalText description, params (string Type, string Schema)[] content)
    {
        var response = new JsonObject { ["description"] = description.In(UiLanguage.Current) };
        if (content.Length > 0)
            response["content"] = new JsonObject(content.Select(one => KeyValuePair.Create(one.Type, (JsonNode?)new JsonObject { ["schema"] = Schema(one.Schema) })));
        return response;
    }

    static JsonObject Object(string[] required, params (string Name, JsonObject Schema)[] properties) => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray([.. required.Select(name => JsonValue.Create(name))]),
        ["properties"] = new JsonObject(properties.Select(one => KeyValuePair.Create(one.Name, (JsonNode?)one.Schema))),
    };

    static JsonObject List(string schema) => new() { ["type"] = "array", ["items"] = Schema(schema) };

    static JsonObject Text() => new() { ["type"] = "string" };

    static JsonObject Integer() => new() { ["type"] = "integer", ["format"] = "int64" };

    static JsonObject Enum(params string[] values) => new() { ["type"] = "string", ["enum"] = new JsonArray([.. values.Select(value => JsonValue.Create(value))]) };
}
