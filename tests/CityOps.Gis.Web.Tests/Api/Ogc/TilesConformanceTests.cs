using System.Globalization;
using System.Net;
using CityOps.Gis.Tiles.Encoding;
using CityOps.Gis.Tiling;
using Xunit;

namespace CityOps.Gis.Tests.Web.Api.Ogc;

/// <summary>The abstract tests of OGC API Tiles (20-057, annex A), each under its number.</summary>
[Collection(nameof(OgcReading))]
public sealed class TilesConformanceTests(OgcServer server)
{
    const string Relation = "http://www.opengis.net/def/rel/ogc/1.0/", Tileset = "/tiles/WebMercatorQuad", Components = "/collections/components/tiles/WebMercatorQuad";

    [Theory(DisplayName = "/conf/{class}/conformance-success: the classes of Tiles are declared")]
    [InlineData("core")]
    [InlineData("tileset")]
    [InlineData("tilesets-list")]
    [InlineData("dataset-tilesets")]
    [InlineData("geodata-tilesets")]
    [InlineData("collections-selection")]
    [InlineData("mvt")]
    [InlineData("oas30")]
    public async Task ConformanceSuccess(string name)
        => Assert.Contains($"http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/{name}", (await server.Json("/conformance")).GetProperty("conformsTo").EnumerateArray().Select(one => one.GetString()));

    [Theory(DisplayName = "/conf/core/tc-tilematrix-definition, tc-tilerow-definition, tc-tilecol-definition: matrix, row and column are path parameters")]
    [InlineData("tileMatrix")]
    [InlineData("tileRow")]
    [InlineData("tileCol")]
    public async Task ParameterDefinition(string name)
    {
        var parameter = (await server.Json("/api")).GetProperty("components").GetProperty("parameters").GetProperty(name);
        Assert.Equal(("path", true, "integer"), (parameter.GetProperty("in").GetString(), parameter.GetProperty("required").GetBoolean(), parameter.GetProperty("schema").GetProperty("type").GetString()));
    }

    [Fact(DisplayName = "/conf/core/tc-op: a tile is had by the template of its tileset")]
    public async Task TcOp()
    {
        foreach (var path in new[] { Tileset, Components, "/collections/cases/tiles/WebMercatorQuad" })
        {
            var template = OgcServer.Link(await server.Json(path), "item")!;
            using var response = await server.Get(Filled(template, At(118.01, 24.405, 14)));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Fact(DisplayName = "/conf/core/tc-success: a tile has the media type asked for and the features of its square")]
    public async Task TcSuccess()
    {
        var at = At(118.005, 24.405, 16);
        using var response = await server.Get($"/ogc{Components}/{at.Zoom}/{at.Y}/{at.X}", ("Accept", "application/vnd.mapbox-vector-tile"));
        var tile = MvtReader.Read(await response.Content.ReadAsByteArrayAsync());
        var expected = await server.Database.Rows($"select fid from gis.components where status <> '移除' and ST_GeometryType(geom) = 'ST_Point' and ST_Within(geom, ST_Transform(ST_TileEnvelope({at}), 4490))".Replace($"{at}", $"{at.Zoom}, {at.X}, {at.Y}", StringComparison.Ordinal));
        Assert.Equal("application/vnd.mapbox-vector-tile", response.Content.Headers.ContentType?.MediaType);
        Assert.Subset(tile.Layers.Single().Features.Select(feature => (long)feature.Id!.Value).ToHashSet(), expected.Select(long.Parse).ToHashSet());
    }

    [Theory(DisplayName = "/conf/core/tc-error: a tile out of range is a 404, one without content a 204")]
    [InlineData("14/99999/1", 404)]
    [InlineData("14/1/99999", 404)]
    [InlineData("30/1/1", 404)]
    [InlineData("x/1/1", 404)]
    [InlineData("14/0/0", 204)]
    public async Task TcError(string address, int status)
    {
        using var response = await server.Get($"/ogc{Components}/{address}");
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact(DisplayName = "/conf/tileset/description: a tileset is described by the schema of its standard")]
    public async Task TilesetDescription()
    {
        foreach (var path in new[] { Tileset, Components })
        {
            var tileset = await server.Json(path);
            Assert.Equal(("vector", "http://www.opengis.net/def/crs/EPSG/0/3857", "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"),
                (tileset.GetProperty("dataType").GetString(), tileset.GetProperty("crs").GetString(), tileset.GetProperty("tileMatrixSetURI").GetString()));
            var item = tileset.GetProperty("links").EnumerateArray().Single(link => link.GetProperty("rel").ValueEquals("item"));
            Assert.True(item.GetProperty("templated").GetBoolean());
            Assert.Equal("application/vnd.mapbox-vector-tile", item.GetProperty("type").GetString());
            Assert.All(new[] { "{tileMatrix}", "{tileRow}", "{tileCol}" }, part => Assert.Contains(part, item.GetProperty("href").GetString(), StringComparison.Ordinal));
            var set = await server.Json(OgcServer.Link(tileset, Relation + "tiling-scheme")!);
            Assert.Equal("WebMercatorQuad", set.GetProperty("id").GetString());
            var first = set.GetProperty("tileMatrices")[0];
            Assert.Equal((559082264.0287178, 156543.03392804097, 256, 1), (first.GetProperty("scaleDenominator").GetDouble(), first.GetProperty("cellSize").GetDouble(), first.GetProperty("tileWidth").GetInt32(), first.GetProperty("matrixWidth").GetInt32()));
        }
    }

    [Fact(DisplayName = "/conf/tilesets-list/tileset-links: a list of tilesets has what clients choose by")]
    public async Task TilesetLinks()
    {
        foreach (var path in new[] { "/tiles", "/collections/components/tiles" })
        {
            var tileset = (await server.Json(path)).GetProperty("tilesets")[0];
            Assert.All(new[] { "dataType", "crs", "tileMatrixSetURI" }, member => Assert.False(string.IsNullOrEmpty(tileset.GetProperty(member).GetString())));
            Assert.EndsWith(path + "/WebMercatorQuad", OgcServer.Link(tileset, "self"), StringComparison.Ordinal);
            Assert.NotNull(OgcServer.Link(tileset, Relation + "tiling-scheme"));
            await server.Json(OgcServer.Link(tileset, "self")!);
        }
    }

    [Fact(DisplayName = "/conf/dataset-tilesets/landingpage: the landing page links to the dataset's tilesets")]
    public async Task DatasetLandingPage()
        => Assert.Equal(1, (await server.Json(OgcServer.Link(await server.Json(""), Relation + "tilesets-vector")!)).GetProperty("tilesets").GetArrayLength());

    [Fact(DisplayName = "/conf/dataset-tilesets/operation: the dataset's tiles hold every layer that has something there")]
    public async Task DatasetOperation()
    {
        var at = At(118.01, 24.405, 14);
        using var response = await server.Get($"/ogc{Tileset}/{at.Zoom}/{at.Y}/{at.X}");
        var names = MvtReader.Read(await response.Content.ReadAsByteArrayAsync()).Layers.Select(layer => layer.Name);
        Assert.Subset(names.ToHashSet(), new HashSet<string> { "components", "cases", "cameras", "unit_grids", "districts" });
    }

    [Fact(DisplayName = "/conf/geodata-tilesets/desc-links: every collection with a geometry links to its tilesets")]
    public async Task GeodataDescLinks()
    {
        foreach (var collection in (await server.Json("/collections")).GetProperty("collections").EnumerateArray())
            Assert.Equal(collection.TryGetProperty("storageCrs", out _), OgcServer.Link(collection, Relation + "tilesets-vector") is not null);
    }

    [Fact(DisplayName = "/conf/geodata-tilesets/operation: a collection's tileset holds that collection")]
    public async Task GeodataOperation()
        => Assert.Equal(["components"], (await server.Json(Components)).GetProperty("layers").EnumerateArray().Select(layer => layer.GetProperty("id").GetString()));

    [Fact(DisplayName = "/conf/collections-selection/query-collections: the dataset's tiles can be had of some collections, in their order")]
    public async Task QueryCollections()
    {
        var at = At(118.01, 24.405, 14);
        using var response = await server.Get($"/ogc{Tileset}/{at.Zoom}/{at.Y}/{at.X}?collections=cameras,components");
        Assert.Equal(["cameras", "components"], MvtReader.Read(await response.Content.ReadAsByteArrayAsync()).Layers.Select(layer => layer.Name));
        Assert.Equal(["cases"], (await server.Json(Tileset + "?collections=cases")).GetProperty("layers").EnumerateArray().Select(layer => layer.GetProperty("id").GetString()));
        Assert.Equal(400, (await server.Refusal(Tileset + "?collections=nothing")).Status);
    }

    [Fact(DisplayName = "/conf/mvt/content: a tile is one Mapbox Vector Tile, and its grid is that of the tile matrix")]
    public async Task MvtContent()
    {
        var at = At(118.01, 24.405, 14);
        using var ours = await server.Get($"/ogc{Components}/{at.Zoom}/{at.Y}/{at.X}?class=01");
        using var product = await server.Get($"/tiles/components/{at}.mvt?class=01");
        Assert.Equal(await product.Content.ReadAsByteArrayAsync(), await ours.Content.ReadAsByteArrayAsync());
    }

    [Theory(DisplayName = "/conf/oas30/operation-id: operations are found by the suffixes of their ids")]
    [InlineData(".dataset.vector.getTileSetsList")]
    [InlineData(".dataset.vector.getTileSet")]
    [InlineData(".dataset.vector.getTile")]
    [InlineData(".collection.vector.getTileSetsList")]
    [InlineData(".collection.vector.getTileSet")]
    [InlineData(".collection.vector.getTile")]
    [InlineData(".getTileMatrixSetsList")]
    [InlineData(".getTileMatrixSet")]
    public async Task OperationId(string suffix)
        => Assert.Contains((await server.Json("/api")).GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()), operation => ("." + operation.Value.GetProperty("operationId").GetString()).EndsWith(suffix, StringComparison.Ordinal));

    [Fact(DisplayName = "A tile's question is the items' question, datetime included, and an unknown parameter is refused")]
    public async Task Questions()
    {
        var at = At(118.01, 24.405, 14);
        var expected = OgcServer.Fids(await server.Json("/collections/cases/items?limit=1000&datetime=2026-01-05T00:00:00Z/2026-01-20T00:00:00Z&class=01"));
        using var response = await server.Get($"/ogc/collections/cases/tiles/WebMercatorQuad/{at.Zoom}/{at.Y}/{at.X}?datetime=2026-01-05T00:00:00Z/2026-01-20T00:00:00Z&class=01");
        var tile = MvtReader.Read(await response.Content.ReadAsByteArrayAsync());
        Assert.NotEmpty(expected);
        Assert.Subset(expected.ToHashSet(), tile.Layers.Single().Features.Select(feature => (long)feature.Id!.Value).ToHashSet());
        using var refused = await server.Get($"/ogc{Components}/{at.Zoom}/{at.Y}/{at.X}?colour=red");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    static TileCoord At(double longitude, double latitude, int zoom) => new(zoom, (int)(WebMercator.U(longitude) * (1 << zoom)), (int)(WebMercator.V(latitude) * (1 << zoom)));

    static string Filled(string template, TileCoord at) => template
        .Replace("{tileMatrix}", at.Zoom.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{tileRow}", at.Y.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{tileCol}", at.X.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
