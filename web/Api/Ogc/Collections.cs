using System.Globalization;
using System.Text.Json.Nodes;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Collections;

namespace CityOps.Gis.Web.Api.Ogc;

/// <summary>Layers as collections (OGC 17-069r4, 7.13 and 7.14; 18-058r1, 6.2).</summary>
static class Collections
{
    public static JsonObject Document(HttpRequest request, IReadOnlyList<LayerDefinition> layers, IReadOnlyDictionary<string, CollectionExtent> extents, IEnumerable<OgcLink> links) => new()
    {
        ["links"] = OgcLink.All(links),
        ["numberMatched"] = layers.Count,
        ["numberReturned"] = layers.Count,
        ["crs"] = new JsonArray([.. OgcCrs.All.Select(crs => JsonValue.Create(crs.Uri))]),
        ["collections"] = new JsonArray([.. layers.Select(layer => Document(layer, extents[layer.Id], Links(request, layer)))]),
    };

    public static JsonObject Document(LayerDefinition layer, CollectionExtent extent, IEnumerable<OgcLink> links)
    {
        var document = new JsonObject
        {
            ["id"] = layer.Id,
            ["title"] = layer.Title.In(UiLanguage.Current),
            ["description"] = Description(layer),
            ["itemType"] = "feature",
            ["links"] = OgcLink.All(links),
        };
        if (Extent(extent) is { Count: > 0 } known)
            document["extent"] = known;
        if (layer.Geometry == GeometryKind.None)
            return document;
        document["crs"] = new JsonArray([.. OgcCrs.All.Select(crs => JsonValue.Create(crs.Uri))]);
        document["storageCrs"] = OgcCrs.Storage.Uri;
        document["dataType"] = "vector";
        return document;
    }

    static string Description(LayerDefinition layer) => new LocalText(
        $"{layer.Title.Zh}：{string.Join("、", layer.StoredFields.Select(field => field.Title.Zh))}。",
        $"{layer.Title.En}: {string.Join(", ", layer.StoredFields.Select(field => field.Title.En))}.").In(UiLanguage.Current);

    static JsonObject Extent(CollectionExtent extent)
    {
        var known = new JsonObject();
        if (extent.Box is { } box)
            known["spatial"] = new JsonObject { ["bbox"] = new JsonArray(new JsonArray(box.West, box.South, box.East, box.North)), ["crs"] = OgcCrs.Crs84.Uri };
        if (extent is { First: { } first, Last: { } last })
            known["temporal"] = new JsonObject { ["interval"] = new JsonArray(new JsonArray(Text(first), Text(last))), ["trs"] = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian" };
        return known;
    }

    public static IEnumerable<OgcLink> Links(HttpRequest request, LayerDefinition layer)
    {
        OgcLink To(string path, string rel, string type, string zh, string en)
            => new(OgcAddress.Of(request, $"/collections/{layer.Id}{path}"), rel, type, new LocalText(zh, en).In(UiLanguage.Current));
        yield return To("/items", "items", OgcLink.GeoJson, "要素（GeoJSON）", "Features as GeoJSON");
        yield return To("/items?f=html", "items", OgcLink.Html, "要素（网页）", "Features as a page");
        yield return To("/queryables", OgcLink.Relation + "queryables", OgcLink.Schema, "可查询属性", "Queryables");
        yield return To("/schema", OgcLink.Relation + "schema", OgcLink.Schema, "属性", "Schema");
        if (layer.Geometry == GeometryKind.None)
            yield break;
        yield return To("/tiles", OgcLink.Relation + "tilesets-vector", OgcLink.Json, "矢量瓦片", "Vector tiles");
        yield return new(OgcAddress.Of(request, $"/styles/{layer.Id}"), "stylesheet", OgcLink.Style, new LocalText("样式", "Style").In(UiLanguage.Current));
    }

    static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
}
