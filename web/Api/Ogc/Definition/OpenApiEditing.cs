using System.Text.Json.Nodes;
using CityOps.Gis.Layers;

namespace CityOps.Gis.Web.Api.Ogc.Definition;

/// <summary>The operations that change features (OGC API Features part 4), where they are allowed.</summary>
static class OpenApiEditing
{
    public static void Add(JsonObject items, JsonObject item, LayerDefinition layer)
    {
        items["post"] = Operation(layer, "createFeature", new("新增要素", "create a feature"), "201", OgcLink.GeoJson, isItem: false);
        item["put"] = Operation(layer, "replaceFeature", new("替换要素", "replace the feature"), "200", OgcLink.GeoJson, isItem: true);
        item["patch"] = Operation(layer, "updateFeature", new("更改要素", "change parts of the feature"), "200", "application/merge-patch+json", isItem: true);
        item["delete"] = Operation(layer, "deleteFeature", new("删除要素", "remove the feature"), "204", null, isItem: true);
    }

    static JsonObject Operation(LayerDefinition layer, string id, LocalText what, string status, string? body, bool isItem)
    {
        var operation = OpenApi.Operation($"{layer.Id}.{id}", "Data", new($"{layer.Title.Zh}：{what.Zh}", $"{layer.Title.En}: {what.En}"), body is null ? "Removed" : "Feature", status, isItem ? ["featureId"] : []);
        var responses = operation["responses"]!.AsObject();
        foreach (var refusal in isItem ? new[] { "409", "412", "415", "422", "428" } : ["409", "415", "422"])
            responses[refusal] = OpenApiResponses.Reference("Problem");
        if (isItem)
            operation["parameters"]!.AsArray().Add(new JsonObject
            {
                ["name"] = "If-Match", ["in"] = "header", ["required"] = true, ["schema"] = new JsonObject { ["type"] = "string" },
                ["description"] = new LocalText("读取时得到的 ETag", "The ETag the feature was read with").In(UiLanguage.Current),
            });
        if (body is not null)
            operation["requestBody"] = new JsonObject
            {
                ["required"] = true,
                ["content"] = new JsonObject { [body] = new JsonObject { ["schema"] = OpenApiResponses.Schema(body == OgcLink.GeoJson ? "Feature" : "Document") } },
            };
        return operation;
    }
}
