using System.Text.Json.Nodes;
using CityOps.Gis.Layers;
using CityOps.Gis.Queries;
using CityOps.Gis.Tiling;

namespace CityOps.Gis.Web.Api.Ogc.Definition;

/// <summary>The parameters of the definition, each described once.</summary>
static class OpenApiParameters
{
    /// <summary>Parameters that make a question.</summary>
    public static IReadOnlyList<string> Question { get; } = [.. FeatureQueryText.Names, "datetime"];

    /// <summary>Parameters of a collection's items beside its queryables.</summary>
    public static IReadOnlyList<string> Items { get; } = [.. Question, "bbox-crs", "filter-crs", "crs", .. ItemsRequests.PageNames];

    static readonly Dictionary<string, (LocalText Description, Func<JsonObject> Schema)> Known = new()
    {
        ["f"] = (new("格式", "Format"), () => Enum("json", "html")),
        ["lang"] = (new("语言", "Language"), () => Enum("zh", "en")),
        ["limit"] = (new("每页要素数", "Features on a page"), () => new() { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = ItemsRequest.MostLimit, ["default"] = ItemsRequest.DefaultLimit }),
        ["after"] = (new("此编号之后的一页", "The page after the feature of this number"), Number),
        ["before"] = (new("此编号之前的一页", "The page before the feature of this number"), Number),
        ["offset"] = (new("跳过的要素数；after 更快", "Features to pass over; 'after' is faster"), Number),
        ["bbox"] = (new("范围：四个数，次序依 bbox-crs，默认“西,南,东,北”", "Box of four numbers in the order of bbox-crs, west,south,east,north by default"), Box),
        ["bbox-crs"] = (new("bbox 的坐标系", "Reference system of bbox"), Crs),
        ["crs"] = (new("返回坐标的坐标系", "Reference system of the answer"), Crs),
        ["filter-crs"] = (new("filter 中几何的坐标系", "Reference system of places in the filter"), Crs),
        ["datetime"] = (new("时刻、日期或以“/”连接的起止", "An instant, a day or an interval a/b with .. for an open end"), Text),
        ["filter"] = (new("CQL2 条件", "A CQL2 filter"), Text),
        ["filter-lang"] = (new("filter 的语言", "Language of the filter"), () => Enum("cql2-text", "cql2-json")),
        ["q"] = (new("可搜索字段中的文字", "Words in the searchable fields"), Text),
        ["polygon"] = (new("WKT 面，单位为度", "A polygon as WKT in degrees"), Text),
        ["near"] = (new("“经度,纬度,米”", "longitude,latitude,metres"), Text),
        ["from"] = (new("起始时间（含）", "Begin of the time, included"), Text),
        ["to"] = (new("结束时间（不含）", "End of the time, not included"), Text),
        ["as-of"] = (new("当时的状态", "As the layer stood then"), Text),
        ["district"] = (new("区代码", "District codes"), List),
        ["subdistrict"] = (new("街道代码", "Subdistrict codes"), List),
        ["community"] = (new("社区代码", "Community codes"), List),
        ["grid"] = (new("单元网格代码", "Unit grid codes"), List),
        ["department"] = (new("部门代码，含下级", "Department codes, with those below them"), List),
        ["class"] = (new("大类或小类代码", "Class codes or majors"), List),
        ["status"] = (new("状态", "States"), List),
        ["collections"] = (new("集合，以逗号分隔", "Collections, separated by commas"), List),
    };

    static readonly Dictionary<string, (LocalText Description, Func<JsonObject> Schema)> Paths = new()
    {
        ["featureId"] = (new("要素编号", "Feature number"), () => new() { ["type"] = "integer", ["format"] = "int64" }),
        ["styleId"] = (new("样式标识", "Style id"), Text),
        ["tileMatrix"] = (new("瓦片矩阵（级别）", "Tile matrix (zoom)"), () => new() { ["type"] = "integer", ["minimum"] = 0, ["maximum"] = TileCoord.MaxZoom }),
        ["tileRow"] = (new("行，自北向南", "Row from the north"), Number),
        ["tileCol"] = (new("列，自西向东", "Column from the west"), Number),
    };

    public static bool IsTaken(string name) => Known.ContainsKey(name);

    public static JsonNode Reference(string name) => new JsonObject { ["$ref"] = "#/components/parameters/" + name };

    public static JsonObject All()
    {
        var all = new JsonObject();
        foreach (var (name, (description, schema)) in Known)
            all[name] = Query(name, description, schema());
        foreach (var (name, (description, schema)) in Paths)
            all[name] = new JsonObject { ["name"] = name, ["in"] = "path", ["required"] = true, ["description"] = description.In(UiLanguage.Current), ["schema"] = schema() };
        return all;
    }

    /// <summary>A queryable as a parameter.</summary>
    public static JsonObject Of(Queries.Queryable one, LayerCatalog catalog)
    {
        var schema = FeatureSchema.Property(one.Type!.Value, one.Title, one.CodeList, catalog);
        // What JSON Schema knows and OpenAPI 3.0 does not.
        schema.Remove("x-ogc-codelist");
        return Query(one.Name, one.Title, one.Type == FieldType.List ? Text() : schema);
    }

    static JsonObject Query(string name, LocalText description, JsonObject schema) => new()
    {
        ["name"] = name, ["in"] = "query", ["required"] = false, ["description"] = description.In(UiLanguage.Current), ["schema"] = schema, ["style"] = "form", ["explode"] = false,
    };

    static JsonObject Text() => new() { ["type"] = "string" };

    static JsonObject Number() => new() { ["type"] = "integer", ["format"] = "int64", ["minimum"] = 0 };

    static JsonObject List() => new() { ["type"] = "array", ["items"] = Text() };

    static JsonObject Crs()
    {
        var schema = Enum([.. OgcCrs.All.Select(crs => crs.Uri)]);
        schema["format"] = "uri";
        schema["default"] = OgcCrs.Crs84.Uri;
        return schema;
    }

    static JsonObject Enum(params string[] values) => new() { ["type"] = "string", ["enum"] = new JsonArray([.. values.Select(value => JsonValue.Create(value))]) };

    static JsonObject Box() => new()
    {
        ["type"] = "array",
        ["oneOf"] = new JsonArray(new JsonObject { ["minItems"] = 4, ["maxItems"] = 4 }, new JsonObject { ["minItems"] = 6, ["maxItems"] = 6 }),
        ["items"] = new JsonObject { ["type"] = "number" },
    };
}
