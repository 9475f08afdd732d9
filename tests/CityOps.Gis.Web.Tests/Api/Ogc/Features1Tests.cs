using System.Net;
using System.Text.Json;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.Web.Api.Ogc;

/// <summary>The abstract tests of OGC API Features part 1 (17-069r4, annex A), each under its number.</summary>
[Collection(nameof(OgcReading))]
public sealed class Features1Tests(OgcServer server)
{
    static readonly string[] Ids = [.. PostGisDatabase.Catalog.Layers.Select(layer => layer.Id)];
    static readonly string[] Filled = ["districts", "unit_grids", "components", "cases", "cameras", "departments"];

    [Fact(DisplayName = "/conf/core/http: HTTP 1.1 is spoken")]
    public async Task Http()
    {
        using var response = await server.Http.SendAsync(new(HttpMethod.Get, "/ogc") { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact });
        Assert.Equal((HttpStatusCode.OK, HttpVersion.Version11), (response.StatusCode, response.Version));
    }

    [Fact(DisplayName = "/conf/core/crs84: geometries are WGS 84 longitude and latitude unless another system is asked for")]
    public async Task Crs84()
    {
        foreach (var id in Filled)
            foreach (var feature in (await server.Json($"/collections/{id}/items?limit=20")).GetProperty("features").EnumerateArray().Where(feature => feature.GetProperty("geometry").ValueKind == JsonValueKind.Object))
                Assert.All(Positions(feature.GetProperty("geometry").GetProperty("coordinates")), at => Assert.True(at.Longitude is > 117 and < 119 && at.Latitude is > 24 and < 25, $"{at}"));
    }

    [Fact(DisplayName = "/conf/core/root-op: the landing page is there")]
    public async Task RootOp() => await IsThere("");

    [Fact(DisplayName = "/conf/core/root-success: the landing page links to definition, conformance and collections")]
    public async Task RootSuccess()
    {
        var root = await server.Json("");
        Assert.NotNull(OgcServer.Link(root, "service-desc") ?? OgcServer.Link(root, "service-doc"));
        foreach (var relation in new[] { "conformance", "data", "service-desc", "service-doc" })
        {
            using var response = await server.Get(OgcServer.Link(root, relation)!);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Fact(DisplayName = "/conf/core/api-definition-op: the definition is there under its links")]
    public async Task ApiDefinitionOp()
    {
        var root = await server.Json("");
        foreach (var link in root.GetProperty("links").EnumerateArray().Where(link => link.GetProperty("rel").GetString() is "service-desc" or "service-doc"))
        {
            using var response = await server.Get(link.GetProperty("href").GetString()!, ("Accept", link.GetProperty("type").GetString()!));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(link.GetProperty("type").GetString()!.Split(';')[0], response.Content.Headers.ContentType!.MediaType);
        }
    }

    [Fact(DisplayName = "/conf/core/api-definition-success: the definition is OpenAPI 3.0")]
    public async Task ApiDefinitionSuccess() => Assert.StartsWith("3.0", (await server.Json("/api")).GetProperty("openapi").GetString(), StringComparison.Ordinal);

    [Fact(DisplayName = "/conf/core/conformance-op: the declaration of conformance is there")]
    public async Task ConformanceOp() => await IsThere("/conformance");

    [Fact(DisplayName = "/conf/core/conformance-success: the declaration names the classes of part 1")]
    public async Task ConformanceSuccess()
    {
        var classes = (await server.Json("/conformance")).GetProperty("conformsTo").EnumerateArray().Select(one => one.GetString()!).ToList();
        Assert.All(new[] { "core", "geojson", "html", "oas30" }, one => Assert.Contains($"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{one}", classes));
        Assert.All(classes, one => Assert.True(Uri.IsWellFormedUriString(one, UriKind.Absolute)));
    }

    [Fact(DisplayName = "/conf/core/fc-md-op: the collections are there")]
    public async Task FcMdOp() => await IsThere("/collections");

    [Fact(DisplayName = "/conf/core/fc-md-success: the collections are a list of collections")]
    public async Task FcMdSuccess()
    {
        var collections = await server.Json("/collections");
        Assert.Equal(Ids.Order(), collections.GetProperty("collections").EnumerateArray().Select(one => one.GetProperty("id").GetString()!).Order());
        Assert.All(collections.GetProperty("collections").EnumerateArray(), one => Assert.False(string.IsNullOrEmpty(one.GetProperty("title").GetString())));
    }

    [Fact(DisplayName = "/conf/core/fc-md-links: the collections link to themselves and their twins, with types")]
    public async Task FcMdLinks()
    {
        var collections = await server.Json("/collections");
        Assert.NotNull(OgcServer.Link(collections, "self"));
        Assert.NotNull(OgcServer.Link(collections, "alternate"));
        Assert.All(collections.GetProperty("links").EnumerateArray(), link => Assert.True(link.TryGetProperty("rel", out _) && link.TryGetProperty("type", out _)));
    }

    [Fact(DisplayName = "/conf/core/fc-md-items: every collection has id and links")]
    public async Task FcMdItems() => Assert.All((await server.Json("/collections")).GetProperty("collections").EnumerateArray(), one =>
    {
        Assert.Contains(one.GetProperty("id").GetString(), Ids);
        Assert.NotEmpty(one.GetProperty("links").EnumerateArray());
    });

    [Fact(DisplayName = "/conf/core/fc-md-items-links: every collection links to its items in every format, with types")]
    public async Task FcMdItemsLinks() => Assert.All((await server.Json("/collections")).GetProperty("collections").EnumerateArray(), one =>
    {
        var items = one.GetProperty("links").EnumerateArray().Where(link => link.GetProperty("rel").ValueEquals("items")).ToList();
        Assert.Equal(["application/geo+json", "text/html"], items.Select(link => link.GetProperty("type").GetString()).Order());
    });

    [Fact(DisplayName = "/conf/core/fc-md-extent: extents hold every geometry and every time")]
    public async Task FcMdExtent()
    {
        foreach (var id in new[] { "components", "cases", "cameras", "unit_grids" })
        {
            var extent = (await server.Json($"/collections/{id}")).GetProperty("extent");
            var box = extent.GetProperty("spatial").GetProperty("bbox")[0].EnumerateArray().Select(edge => edge.GetDouble()).ToArray();
            FormattableString envelope = $"ST_Expand(ST_MakeEnvelope({box[0]:R}, {box[1]:R}, {box[2]:R}, {box[3]:R}, 4490), 1e-9)";
            Assert.Equal(0, await server.Database.Value<long>($"select count(*) from gis.{id} where not ST_Covers({FormattableString.Invariant(envelope)}, geom)"));
        }
        var interval = (await server.Json("/collections/cases")).GetProperty("extent").GetProperty("temporal").GetProperty("interval")[0];
        Assert.Equal(0, await server.Database.Value<long>($"select count(*) from gis.cases where occurred_at < '{interval[0]}' or occurred_at > '{interval[1]}'"));
    }

    [Fact(DisplayName = "/conf/core/fc-md-extent-multi: an extent of one box stands alone in its list")]
    public async Task FcMdExtentMulti()
        => Assert.Equal(1, (await server.Json("/collections/components")).GetProperty("extent").GetProperty("spatial").GetProperty("bbox").GetArrayLength());

    [Fact(DisplayName = "/conf/core/sfc-md-op: every collection is there")]
    public async Task SfcMdOp()
    {
        foreach (var id in Ids)
            await IsThere($"/collections/{id}");
    }

    [Fact(DisplayName = "/conf/core/sfc-md-success: a collection is what the list says of it")]
    public async Task SfcMdSuccess()
    {
        foreach (var listed in (await server.Json("/collections")).GetProperty("collections").EnumerateArray())
        {
            var alone = await server.Json($"/collections/{listed.GetProperty("id").GetString()}");
            foreach (var member in listed.EnumerateObject().Where(member => member.Name != "links"))
                Assert.Equal(member.Value.GetRawText(), alone.GetProperty(member.Name).GetRawText());
        }
    }

    [Fact(DisplayName = "/conf/core/fc-op: the items of every collection are there")]
    public async Task FcOp()
    {
        foreach (var id in Ids)
            await IsThere($"/collections/{id}/items");
    }

    [Fact(DisplayName = "/conf/core/fc-bbox-definition: bbox is defined as four or six numbers")]
    public async Task FcBboxDefinition()
    {
        var parameter = await Parameter("bbox");
        Assert.Equal(("query", false, "form", false), Shape(parameter));
        var schema = parameter.GetProperty("schema");
        Assert.Equal(("array", "number"), (schema.GetProperty("type").GetString(), schema.GetProperty("items").GetProperty("type").GetString()));
        Assert.Equal([4, 6], schema.GetProperty("oneOf").EnumerateArray().Select(one => one.GetProperty("minItems").GetInt32()));
    }

    [Fact(DisplayName = "/conf/core/fc-bbox-response: only features that intersect the box, and all of them")]
    public async Task FcBboxResponse()
    {
        var expected = (await server.Database.Rows("select fid from gis.components where status <> '移除' and ST_Intersects(geom, ST_MakeEnvelope(118.004, 24.403, 118.012, 24.407, 4490)) order by fid")).Select(long.Parse);
        Assert.Equal(expected, OgcServer.Fids(await server.Json("/collections/components/items?limit=1000&bbox=118.004,24.403,118.012,24.407")));
    }

    [Fact(DisplayName = "/conf/core/fc-limit-definition: limit is defined as a whole number with bounds and a default")]
    public async Task FcLimitDefinition()
    {
        var schema = (await Parameter("limit")).GetProperty("schema");
        Assert.Equal(("integer", 1, 10_000, 100), (schema.GetProperty("type").GetString(), schema.GetProperty("minimum").GetInt32(), schema.GetProperty("maximum").GetInt32(), schema.GetProperty("default").GetInt32()));
    }

    [Theory(DisplayName = "/conf/core/fc-limit-response: no more features than the limit")]
    [InlineData("?limit=1", 1)]
    [InlineData("?limit=13", 13)]
    [InlineData("", 100)]
    public async Task FcLimitResponse(string query, int most)
        => Assert.Equal(most, (await server.Json($"/collections/components/items{query}")).GetProperty("features").GetArrayLength());

    [Fact(DisplayName = "/conf/core/fc-time-definition: datetime is defined as a text")]
    public async Task FcTimeDefinition()
    {
        var parameter = await Parameter("datetime");
        Assert.Equal(("query", false, "form", false), Shape(parameter));
        Assert.Equal("string", parameter.GetProperty("schema").GetProperty("type").GetString());
    }

    [Theory(DisplayName = "/conf/core/fc-time-response: only features of the time, and all that have no time")]
    [InlineData("2026-01-08T00:00:00Z", "occurred_at = '2026-01-08Z'")]
    [InlineData("2026-01-08T00:00:00Z/2026-01-10T12:00:00Z", "occurred_at between '2026-01-08Z' and '2026-01-10 12:00Z'")]
    [InlineData("2026-02-08T00:00:00Z/..", "occurred_at >= '2026-02-08Z'")]
    [InlineData("2026-02-08T00:00:00Z/", "occurred_at >= '2026-02-08Z'")]
    [InlineData("../2026-01-08T00:00:00Z", "occurred_at <= '2026-01-08Z'")]
    [InlineData("/2026-01-08T00:00:00Z", "occurred_at <= '2026-01-08Z'")]
    public async Task FcTimeResponse(string datetime, string where)
    {
        var expected = (await server.Database.Rows($"select fid from gis.cases where {where} order by fid")).Select(long.Parse);
        Assert.Equal(expected, OgcServer.Fids(await server.Json($"/collections/cases/items?limit=1000&datetime={datetime}")));
        Assert.Equal(50, (await server.Json($"/collections/cameras/items?datetime={datetime}")).GetProperty("numberReturned").GetInt32());
    }

    [Theory(DisplayName = "/conf/core/query-param-invalid: a parameter with a value that is none is a 400")]
    [InlineData("limit=-1")]
    [InlineData("bbox=a,b,c,d")]
    [InlineData("bbox=0,0,1")]
    [InlineData("datetime=now")]
    public async Task QueryParamInvalid(string query) => Assert.Equal(400, (await server.Refusal($"/collections/components/items?{query}")).Status);

    [Fact(DisplayName = "/conf/core/query-param-unknown: a parameter that is not known is a 400 everywhere")]
    public async Task QueryParamUnknown()
    {
        foreach (var path in new[] { "", "/conformance", "/api", "/collections", "/collections/components", "/collections/components/items", "/collections/components/items/1", "/collections/components/queryables",
            "/collections/components/schema", "/tileMatrixSets", "/tileMatrixSets/WebMercatorQuad", "/tiles", "/tiles/WebMercatorQuad", "/collections/components/tiles", "/collections/components/tiles/WebMercatorQuad",
            "/collections/components/tiles/WebMercatorQuad/14/7036/13564", "/styles", "/styles/components" })
            Assert.Contains("unknown_parameter", (await server.Refusal($"{path}?unknown_parameter=1")).Detail, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "/conf/core/fc-response: the items are a feature collection with links and counts")]
    public async Task FcResponse()
    {
        var page = await server.Json("/collections/components/items");
        Assert.Equal("FeatureCollection", page.GetProperty("type").GetString());
        Assert.NotEmpty(page.GetProperty("links").EnumerateArray());
        Assert.All(page.GetProperty("features").EnumerateArray(), feature => Assert.Equal("Feature", feature.GetProperty("type").GetString()));
    }

    [Fact(DisplayName = "/conf/core/fc-links: the items link to themselves, their twins and the next page, with types")]
    public async Task FcLinks()
    {
        var page = await server.Json("/collections/components/items?limit=10");
        foreach (var relation in new[] { "self", "alternate", "next", "collection" })
            Assert.NotNull(OgcServer.Link(page, relation));
        Assert.All(page.GetProperty("links").EnumerateArray(), link => Assert.True(link.TryGetProperty("type", out _)));
    }

    [Fact(DisplayName = "/conf/core/fc-timeStamp: timeStamp is the time of the answer")]
    public async Task FcTimeStamp()
        => Assert.InRange((await server.Json("/collections/components/items?limit=1")).GetProperty("timeStamp").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddMinutes(1));

    [Fact(DisplayName = "/conf/core/fc-numberMatched: numberMatched counts the features of the question, page or not")]
    public async Task FcNumberMatched()
    {
        var expected = await server.Database.Value<long>("select count(*) from gis.components where class_code = '0101' and status <> '移除'");
        var page = await server.Json("/collections/components/items?limit=1000&class=0101");
        Assert.Equal((expected, "exact"), (page.GetProperty("numberMatched").GetInt64(), page.GetProperty("numberMatchedKind").GetString()));
    }

    [Fact(DisplayName = "/conf/core/fc-numberReturned: numberReturned counts the features of the page")]
    public async Task FcNumberReturned()
    {
        var page = await server.Json("/collections/components/items?limit=17");
        Assert.Equal(page.GetProperty("features").GetArrayLength(), page.GetProperty("numberReturned").GetInt32());
    }

    [Fact(DisplayName = "/conf/core/f-op: every feature of a page is there under its id")]
    public async Task FOp()
    {
        foreach (var id in Filled)
            foreach (var fid in OgcServer.Fids(await server.Json($"/collections/{id}/items?limit=3")))
                await IsThere($"/collections/{id}/items/{fid}");
    }

    [Fact(DisplayName = "/conf/core/f-success: a feature alone is what it is in a page")]
    public async Task FSuccess()
    {
        foreach (var listed in (await server.Json("/collections/components/items?limit=5")).GetProperty("features").EnumerateArray())
        {
            var alone = await server.Json($"/collections/components/items/{listed.GetProperty("id")}");
            Assert.Equal("Feature", alone.GetProperty("type").GetString());
            foreach (var member in new[] { "id", "geometry", "properties" })
                Assert.Equal(listed.GetProperty(member).GetRawText(), alone.GetProperty(member).GetRawText());
        }
    }

    [Fact(DisplayName = "/conf/core/f-links: a feature links to itself, its twin and its collection")]
    public async Task FLinks()
    {
        var fid = OgcServer.Fids(await server.Json("/collections/components/items?limit=1"))[0];
        var feature = await server.Json($"/collections/components/items/{fid}");
        foreach (var relation in new[] { "self", "alternate", "collection" })
            Assert.NotNull(OgcServer.Link(feature, relation));
    }

    [Fact(DisplayName = "/conf/geojson/definition: features are had as application/geo+json, the rest as application/json")]
    public async Task GeoJsonDefinition()
    {
        var fid = OgcServer.Fids(await server.Json("/collections/components/items?limit=1"))[0];
        foreach (var (path, type) in new[] { ("", "application/json"), ("/collections", "application/json"), ("/collections/components/items", "application/geo+json"), ($"/collections/components/items/{fid}", "application/geo+json") })
        {
            using var response = await server.Get("/ogc" + path, ("Accept", type));
            Assert.Equal((HttpStatusCode.OK, type), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        }
    }

    [Fact(DisplayName = "/conf/geojson/content: features are GeoJSON by RFC 7946, as check-geojson finds")]
    public async Task GeoJsonContent()
    {
        foreach (var id in Filled.Where(id => id != "departments"))
        {
            using var response = await server.Get($"/ogc/collections/{id}/items?limit=1000");
            Assert.Equal("", Node.Run("check-geojson.mjs", await response.Content.ReadAsStringAsync()));
        }
        Assert.NotEqual("", Node.Run("check-geojson.mjs", """{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": {"type": "Point"}}]}"""));
    }

    [Fact(DisplayName = "/conf/html/definition: every address gives a page to who likes pages better")]
    public async Task HtmlDefinition()
    {
        var fid = OgcServer.Fids(await server.Json("/collections/components/items?limit=1"))[0];
        foreach (var path in new[] { "", "/conformance", "/api", "/collections", "/collections/components", "/collections/components/items", $"/collections/components/items/{fid}", "/collections/components/queryables",
            "/collections/components/schema", "/tiles", "/tiles/WebMercatorQuad", "/tileMatrixSets", "/tileMatrixSets/WebMercatorQuad", "/collections/components/tiles", "/styles", "/styles/components" })
        {
            using var response = await server.Get("/ogc" + path, ("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"));
            Assert.True(response.StatusCode == HttpStatusCode.OK && response.Content.Headers.ContentType?.MediaType == "text/html", $"{path}: {(int)response.StatusCode} {response.Content.Headers.ContentType}");
        }
    }

    [Fact(DisplayName = "/conf/html/content: pages hold what the documents hold, and links")]
    public async Task HtmlContent()
    {
        var page = await server.Json("/collections/components/items?limit=5");
        using var response = await server.Get("/ogc/collections/components/items?limit=5&f=html");
        var html = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
        Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.OrdinalIgnoreCase);
        foreach (var feature in page.GetProperty("features").EnumerateArray())
            Assert.Contains(feature.GetProperty("properties").GetProperty("code").GetString()!, html, StringComparison.Ordinal);
        Assert.Contains("560 features", html, StringComparison.Ordinal);
        Assert.Contains(OgcServer.Link(page, "next")!.Split('?')[0], html, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "/conf/oas30/completeness: every address that answers is defined, and every one that is defined answers")]
    public async Task OasCompleteness()
    {
        var paths = (await server.Json("/api")).GetProperty("paths").EnumerateObject().Select(path => path.Name).ToList();
        foreach (var id in Ids)
            Assert.All(new[] { "", "/items", "/items/{featureId}", "/queryables", "/schema" }, part => Assert.Contains($"/collections/{id}{part}", paths));
        foreach (var path in paths.Where(path => !path.Contains('{', StringComparison.Ordinal)))
            await IsThere(path == "/" ? "" : path);
    }

    [Fact(DisplayName = "/conf/oas30/exception-codes: refusals are defined with every operation")]
    public async Task OasExceptionCodes() => Assert.All(await Operations(), operation => Assert.All(new[] { "400", "404", "406" }, status => Assert.True(operation.GetProperty("responses").TryGetProperty(status, out _))));

    [Fact(DisplayName = "/conf/oas30/security: the definition says that nothing is asked of who reads")]
    public async Task OasSecurity() => Assert.Equal(0, (await server.Json("/api")).GetProperty("security").GetArrayLength());

    [Fact(DisplayName = "/conf/oas30/definition-1: the definition is had as OpenAPI JSON and as a page")]
    public async Task OasDefinition1()
    {
        using var json = await server.Get("/ogc/api", ("Accept", "application/vnd.oai.openapi+json;version=3.0"));
        using var html = await server.Get("/ogc/api", ("Accept", "text/html"));
        Assert.Equal(("application/vnd.oai.openapi+json", "text/html"), (json.Content.Headers.ContentType?.MediaType, html.Content.Headers.ContentType?.MediaType));
    }

    [Fact(DisplayName = "/conf/oas30/definition-2: the definition is valid OpenAPI 3.0, as Redocly's linter finds")]
    public async Task OasDefinition2()
    {
        using var reading = await server.Get("/ogc/api");
        Assert.Equal("", Node.Run("check-openapi.mjs", await reading.Content.ReadAsStringAsync()));
        using var editing = await server.Editing.GetAsync("/ogc/api");
        Assert.Equal("", Node.Run("check-openapi.mjs", await editing.Content.ReadAsStringAsync()));
        Assert.NotEqual("", Node.Run("check-openapi.mjs", """{"openapi": "3.0.3", "info": {"title": "x"}, "paths": {"/a": {"get": {"responses": 7}}}}"""));
    }

    [Fact(DisplayName = "/conf/oas30/oas-impl: what the definition says of parameters is what the API does")]
    public async Task OasImpl()
    {
        var definition = await server.Json("/api");
        foreach (var parameter in definition.GetProperty("paths").GetProperty("/collections/components/items").GetProperty("get").GetProperty("parameters").EnumerateArray().Select(one => Resolved(definition, one)))
        {
            var (name, schema) = (parameter.GetProperty("name").GetString()!, parameter.GetProperty("schema"));
            if (Sample(name, schema) is { } value)
                await IsThere($"/collections/components/items?{name}={Uri.EscapeDataString(value)}");
        }
    }

    static string? Sample(string name, JsonElement schema) => name switch
    {
        "f" or "after" or "before" or "offset" => null,
        "bbox" => "118,24.4,118.01,24.41",
        "near" => "118.01,24.405,100",
        "polygon" => "POLYGON((118 24.4,118.01 24.4,118.01 24.41,118 24.4))",
        "datetime" or "from" or "to" or "as-of" => "2030-01-01T00:00:00Z",
        "filter" => "fid > 5",
        _ when schema.TryGetProperty("enum", out var values) => values[0].GetString(),
        _ when schema.TryGetProperty("format", out var format) && format.ValueEquals("date") => "2020-05-05",
        _ when schema.TryGetProperty("format", out var format) && format.ValueEquals("date-time") => "2020-05-05T00:00:00Z",
        _ => schema.GetProperty("type").GetString() switch { "integer" or "number" => "1", "boolean" => "true", _ => "x" },
    };

    async Task<List<JsonElement>> Operations()
        => [.. (await server.Json("/api")).GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(operation => operation.Value))];

    async Task<JsonElement> Parameter(string name)
    {
        var definition = await server.Json("/api");
        foreach (var id in Ids)
            Assert.Contains(definition.GetProperty("paths").GetProperty($"/collections/{id}/items").GetProperty("get").GetProperty("parameters").EnumerateArray(), one => Resolved(definition, one).GetProperty("name").ValueEquals(name));
        return definition.GetProperty("components").GetProperty("parameters").GetProperty(name);
    }

    static JsonElement Resolved(JsonElement definition, JsonElement parameter)
        => parameter.TryGetProperty("$ref", out var reference) ? definition.GetProperty("components").GetProperty("parameters").GetProperty(reference.GetString()!.Split('/')[^1]) : parameter;

    static (string?, bool, string?, bool) Shape(JsonElement parameter)
        => (parameter.GetProperty("in").GetString(), parameter.GetProperty("required").GetBoolean(), parameter.GetProperty("style").GetString(), parameter.GetProperty("explode").GetBoolean());

    async Task IsThere(string path)
    {
        using var response = await server.Get("/ogc" + path);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
    }

    static IEnumerable<(double Longitude, double Latitude)> Positions(JsonElement coordinates)
        => coordinates[0].ValueKind == JsonValueKind.Number ? [(coordinates[0].GetDouble(), coordinates[1].GetDouble())] : coordinates.EnumerateArray().SelectMany(Positions);
}
