using System.Globalization;
using System.Net;
using System.Text.Json;
using CityOps.Gis.Testing;
using CityOps.Gis.Web.Api.Ogc;
using Xunit;

namespace CityOps.Gis.Tests.Web.Api.Ogc;

/// <summary>The abstract tests of OGC API Features part 3 (19-079r2, annex A), each under its number. The language itself is tested where it is read.</summary>
[Collection(nameof(OgcReading))]
public sealed class Features3Tests(OgcServer server)
{
    static readonly string[] Ids = [.. PostGisDatabase.Catalog.Layers.Select(layer => layer.Id)];

    [Theory(DisplayName = "/conf/{class}/get-conformance: the classes of part 3 and of CQL2 are declared")]
    [InlineData("ogcapi-features-3/1.0/conf/queryables")]
    [InlineData("ogcapi-features-3/1.0/conf/queryables-query-parameters")]
    [InlineData("ogcapi-features-3/1.0/conf/filter")]
    [InlineData("ogcapi-features-3/1.0/conf/features-filter")]
    [InlineData("cql2/1.0/conf/cql2-text")]
    [InlineData("cql2/1.0/conf/cql2-json")]
    [InlineData("cql2/1.0/conf/basic-cql2")]
    public async Task GetConformance(string conformance)
        => Assert.Contains("http://www.opengis.net/spec/" + conformance, (await server.Json("/conformance")).GetProperty("conformsTo").EnumerateArray().Select(one => one.GetString()));

    [Fact(DisplayName = "/conf/filter/get-collections: the collections are had")]
    public async Task GetCollections() => Assert.Equal(Ids.Length, (await server.Json("/collections")).GetProperty("collections").GetArrayLength());

    [Fact(DisplayName = "/conf/queryables/get-queryables: every collection tells its queryables as a JSON Schema")]
    public async Task GetQueryables()
    {
        foreach (var id in Ids)
        {
            using var response = await server.Get($"/ogc/collections/{id}/queryables", ("Accept", "application/schema+json"));
            var schema = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
            Assert.Equal((HttpStatusCode.OK, "application/schema+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
            Assert.Equal("https://json-schema.org/draft/2020-12/schema", schema.GetProperty("$schema").GetString());
            Assert.Equal($"{server.Root}/collections/{id}/queryables", schema.GetProperty("$id").GetString());
            Assert.Equal("object", schema.GetProperty("type").GetString());
            Assert.NotEmpty(schema.GetProperty("properties").EnumerateObject());
        }
    }

    [Fact(DisplayName = "/conf/queryables/get-collection: every collection links to its queryables")]
    public async Task GetCollection()
    {
        foreach (var id in Ids)
            Assert.Equal($"{server.Root}/collections/{id}/queryables", OgcServer.Link(await server.Json($"/collections/{id}"), "http://www.opengis.net/def/rel/ogc/1.0/queryables"));
    }

    [Fact(DisplayName = "/conf/queryables-query-parameters/parameters: every queryable but the geometry is a parameter, defined and doing what it says")]
    public async Task QueryableParameters()
    {
        var definition = await server.Json("/api");
        var feature = (await server.Json("/collections/components/items?limit=1&class=0101")).GetProperty("features")[0];
        foreach (var id in Ids)
        {
            var parameters = definition.GetProperty("paths").GetProperty($"/collections/{id}/items").GetProperty("get").GetProperty("parameters").EnumerateArray()
                .Select(one => one.TryGetProperty("$ref", out var reference) ? reference.GetString()!.Split('/')[^1] : one.GetProperty("name").GetString()!).ToList();
            Assert.All((await server.Json($"/collections/{id}/queryables")).GetProperty("properties").EnumerateObject().Select(one => one.Name).Where(name => name != "geom"), name => Assert.Contains(name, parameters));
        }
        foreach (var property in feature.GetProperty("properties").EnumerateObject().Where(property => property.Value.ValueKind == JsonValueKind.String))
            Assert.Contains(feature.GetProperty("id").GetInt64(), OgcServer.Fids(await server.Json($"/collections/components/items?limit=1000&{property.Name}={Uri.EscapeDataString(property.Value.GetString()!)}")));
    }

    [Fact(DisplayName = "/conf/filter/filter-param: a filter is answered, one that is none is a 400")]
    public async Task FilterParam()
    {
        foreach (var id in Ids)
        {
            var all = (await server.Json($"/collections/{id}/items?limit=1000")).GetProperty("features").EnumerateArray().ToList();
            var found = OgcServer.Fids(await server.Json($"/collections/{id}/items?limit=1000&filter-lang=cql2-text&filter=department_code IS NULL"));
            Assert.Equal(all.Where(one => one.GetProperty("properties").GetProperty("department_code").ValueKind == JsonValueKind.Null).Select(one => one.GetProperty("id").GetInt64()), found);
            Assert.Equal(400, (await server.Refusal($"/collections/{id}/items?filter-lang=cql2-text&filter=THIS IS NOT A FILTER")).Status);
        }
    }

    [Fact(DisplayName = "/conf/filter/filter-lang-default: without a language a filter is CQL2 text")]
    public async Task FilterLangDefault()
    {
        Assert.Equal(OgcServer.Fids(await server.Json("/collections/components/items?filter-lang=cql2-text&filter=fid < 20")), OgcServer.Fids(await server.Json("/collections/components/items?filter=fid < 20")));
        Assert.Equal(400, (await server.Refusal("/collections/components/items?filter=THIS IS NOT A FILTER")).Status);
    }

    [Fact(DisplayName = "/conf/filter/expression-construction: a filter that names no queryable is a 400")]
    public async Task ExpressionConstruction()
    {
        foreach (var id in Ids)
            Assert.Contains("this_is_not_a_queryable", (await server.Refusal($"/collections/{id}/items?filter=this_is_not_a_queryable IS NULL")).Detail, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "/conf/filter/filter-crs-wgs84: places in a filter are longitude and latitude, others are a 400")]
    public async Task FilterCrsWgs84()
    {
        foreach (var id in new[] { "components", "cases", "cameras" })
        {
            var box = await Box(id);
            Assert.Equal(OgcServer.Fids(await server.Json($"/collections/{id}/items?limit=1000")), OgcServer.Fids(await server.Json($"/collections/{id}/items?limit=1000&filter=S_INTERSECTS(geom,BBOX({Text(box)}))")));
            Assert.Equal(400, (await server.Refusal($"/collections/{id}/items?filter=S_INTERSECTS(geom,BBOX(1000000,1000000,2000000,2000000))")).Status);
        }
    }

    [Fact(DisplayName = "/conf/filter/filter-crs-param: places in a filter may be in every system of the collection, others are a 400")]
    public async Task FilterCrsParam()
    {
        var box = await Box("components");
        var all = OgcServer.Fids(await server.Json("/collections/components/items?limit=1000"));
        foreach (var crs in OgcCrs.All)
        {
            // Wider, as a rectangle is turned a little by a projection.
            var (low, high) = (Position(crs, box[0] - 0.01, box[1] - 0.01), Position(crs, box[2] + 0.01, box[3] + 0.01));
            Assert.Equal(all, OgcServer.Fids(await server.Json($"/collections/components/items?limit=1000&filter=S_INTERSECTS(geom,BBOX({Text([low.First, low.Second, high.First, high.Second])}))&filter-crs={crs.Uri}")));
        }
        Assert.Equal(400, (await server.Refusal($"/collections/components/items?filter=S_INTERSECTS(geom,BBOX({Text(box)}))&filter-crs=http://www.opengis.net/def/crs/OGC/0/does_not_exist")).Status);
    }

    [Fact(DisplayName = "/conf/filter/mixing-expression: filter and bbox both restrict")]
    public async Task MixingExpression()
    {
        var box = await Box("components");
        var filter = $"filter=S_INTERSECTS(geom,BBOX({Text(box)}))";
        Assert.Equal(OgcServer.Fids(await server.Json("/collections/components/items?limit=1000")), OgcServer.Fids(await server.Json($"/collections/components/items?limit=1000&{filter}&bbox={Text(box)}")));
        Assert.Empty(OgcServer.Fids(await server.Json($"/collections/components/items?{filter}&bbox=1,1,2,2")));
    }

    [Fact(DisplayName = "/conf/features-filter/filter-on-items: the items of every collection can be filtered")]
    public async Task FilterOnItems()
    {
        foreach (var id in Ids)
            Assert.Empty(OgcServer.Fids(await server.Json($"/collections/{id}/items?filter=fid < 0")));
    }

    static (double First, double Second) Position(OgcCrs crs, double longitude, double latitude)
    {
        var (x, y) = crs.Output.Transform?.Apply(longitude, latitude) ?? (longitude, latitude);
        return crs.IsNorthFirst ? (y, x) : (x, y);
    }

    static string Text(double[] numbers) => string.Join(',', numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture)));

    async Task<double[]> Box(string id)
        => [.. (await server.Json($"/collections/{id}")).GetProperty("extent").GetProperty("spatial").GetProperty("bbox")[0].EnumerateArray().Select(edge => edge.GetDouble())];
}
