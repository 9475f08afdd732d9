using System.Text.Json.Nodes;
using CityOps.Gis.Layers;

namespace CityOps.Gis.Web.Api.Ogc;

/// <summary>The landing page (OGC 17-069r4, 7.2): where everything is.</summary>
static class Landing
{
    public static LocalText Title { get; } = new("CityOps.Gis 开放接口", "CityOps.Gis open interfaces");

    public static LocalText Description { get; } = new(
        "城市管理部件、案件、监控与网格的要素、瓦片和样式，依 OGC API 标准提供。", "Features, tiles and styles of the city's managed components, cases, cameras and grids by the OGC API standards.");

    public static JsonObject Document(IEnumerable<OgcLink> links) => new()
    {
        ["title"] = Title.In(UiLanguage.Current),
        ["description"] = Description.In(UiLanguage.Current),
        ["links"] = OgcLink.All(links),
    };

    public static IEnumerable<OgcLink> Links(HttpRequest request)
    {
        OgcLink To(string path, string rel, string type, string zh, string en) => new(OgcAddress.Of(request, path), rel, type, new LocalText(zh, en).In(UiLanguage.Current));
        yield return To("/api", "service-desc", OgcLink.OpenApi, "接口定义（OpenAPI 3.0）", "API definition (OpenAPI 3.0)");
        yield return To("/api?f=html", "service-doc", OgcLink.Html, "接口文档", "API documentation");
        yield return To("/conformance", "conformance", OgcLink.Json, "遵循的标准", "Conformance declaration");
        yield return To("/conformance", OgcLink.Relation + "conformance", OgcLink.Json, "遵循的标准", "Conformance declaration");
        yield return To("/collections", "data", OgcLink.Json, "集合", "Collections");
        yield return To("/collections", OgcLink.Relation + "data", OgcLink.Json, "集合", "Collections");
        yield return To("/tiles", OgcLink.Relation + "tilesets-vector", OgcLink.Json, "矢量瓦片", "Vector tiles");
        yield return To("/tileMatrixSets", OgcLink.Relation + "tiling-schemes", OgcLink.Json, "瓦片矩阵集", "Tile matrix sets");
        yield return To("/styles", OgcLink.Relation + "styles", OgcLink.Json, "样式", "Styles");
    }
}
