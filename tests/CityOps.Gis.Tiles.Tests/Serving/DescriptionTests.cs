using System.Diagnostics;
using System.Net;
using System.Text.Json;
using CityOps.Gis.Layers;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Serving;

/// <summary>The catalogue, TileJSON, styles and the page that says why.</summary>
public sealed class DescriptionTests(TileServer server) : IClassFixture<TileServer>
{
    [Fact]
    public async Task The_catalogue_tells_of_each_layer_who_answers_and_how_it_stands()
    {
        var catalogue = await Json("/tiles");
        var layers = catalogue.GetProperty("layers").EnumerateArray().ToDictionary(layer => layer.GetProperty("id").GetString()!);

        Assert.Equal(PostGisDatabase.Catalog.Layers.Where(layer => layer.Geometry != GeometryKind.None).Select(layer => layer.Id).Order(), layers.Keys.Order());
        Assert.Equal("snapshot", layers["components"].GetProperty("executor").GetString());
        Assert.Equal("live", layers["components"].GetProperty("state").GetString());
        Assert.Equal(20_000, layers["components"].GetProperty("rows").GetInt64());
        Assert.True(layers["components"].GetProperty("memoryBytes").GetInt64() > 500_000);
        Assert.Equal("sql", layers["cameras"].GetProperty("executor").GetString());
        Assert.Equal("waiting", layers["cameras"].GetProperty("state").GetString());
        Assert.Equal(JsonValueKind.Null, layers["cameras"].GetProperty("rows").ValueKind);
        using var described = await server.Get(layers["cameras"].GetProperty("links").GetProperty("tilejson").GetString()!);
        Assert.Equal(HttpStatusCode.OK, described.StatusCode);
    }

    [Fact]
    public async Task TileJson_has_bounds_that_hold_everything_and_the_fields_of_each_layer()
    {
        var (one, two) = (await Json("/tiles/components.json"), await Json("/tiles/components,cameras.json"));
        var bounds = one.GetProperty("bounds").EnumerateArray().Select(edge => edge.GetDouble()).ToArray();

        Assert.Equal("3.0.0", one.GetProperty("tilejson").GetString());
        Assert.Equal([117.9, 24.3, 118.3, 24.7], bounds.Zip(new[] { -0.1, -0.1, 0.1, 0.1 }).Select(edge => Math.Round(edge.First + edge.Second * 0.9, 1)));
        Assert.True(bounds[0] <= 118.0 && bounds[2] >= 118.2 && bounds[1] <= 24.4 && bounds[3] >= 24.6);
        Assert.Equal(["components", "cameras"], two.GetProperty("vector_layers").EnumerateArray().Select(layer => layer.GetProperty("id").GetString()!));
        Assert.Equal("String", one.GetProperty("vector_layers")[0].GetProperty("fields").GetProperty("class_code").GetString());
        Assert.Equal("Number", one.GetProperty("vector_layers")[0].GetProperty("fields").GetProperty("cell_count").GetString());
        Assert.EndsWith("/tiles/components,cameras/{z}/{x}/{y}.mvt", two.GetProperty("tiles")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TileJson_keeps_the_question_it_was_asked_with()
    {
        var described = await Json("/tiles/components.json?class=01&district=350201,350202&executor=sql");
        var url = described.GetProperty("tiles")[0].GetString()!;

        Assert.EndsWith("/tiles/components/{z}/{x}/{y}.mvt?district=350201%2C350202&class=01&executor=sql", url, StringComparison.Ordinal);
        var (z, x, y) = TileServer.Busy;
        using var tile = await server.Get(url.Replace("{z}", $"{z}", StringComparison.Ordinal).Replace("{x}", $"{x}", StringComparison.Ordinal).Replace("{y}", $"{y}", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, tile.StatusCode);
    }

    [Fact]
    public async Task Every_layers_style_is_valid_by_MapLibres_validator()
    {
        var styles = new List<JsonElement>();
        foreach (var layer in PostGisDatabase.Catalog.Layers.Where(layer => layer.Geometry != GeometryKind.None))
            styles.Add(await Json($"/tiles/{layer.Id}/style.json"));
        styles.Add(await Json("/tiles/roads,components,cameras/style.json?district=350201"));

        Assert.Empty(Validate(JsonSerializer.Serialize(styles)));
        Assert.NotEmpty(Validate("""[{"version": 8, "sources": {}, "layers": [{"id": "a", "type": "ball"}]}]"""));
    }

    [Fact]
    public async Task A_style_has_the_colours_and_zooms_of_the_definition()
    {
        var style = await Json("/tiles/components/style.json");
        var layers = style.GetProperty("layers").EnumerateArray().ToDictionary(layer => layer.GetProperty("id").GetString()!);
        var definition = PostGisDatabase.Catalog.Find("components")!;

        Assert.Equal(definition.Zooms.LabelsFrom, layers["components-label"].GetProperty("minzoom").GetInt32());
        Assert.All(definition.Style.ColorByMajor, one => Assert.Contains(one.Value, layers["components-point"].GetProperty("paint").GetProperty("circle-color").EnumerateArray().Select(word => word.ToString())));
        Assert.Contains("cell_count", layers["components-cell-count"].GetProperty("layout").GetProperty("text-field").ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("components", 14, "", "snapshot", false)]
    [InlineData("components", 14, "?executor=sql", "sql", false)]
    [InlineData("components", 10, "", "snapshot", true)]
    [InlineData("components", 10, "?executor=sql", "sql", true)]
    public async Task Why_weighs_a_tile_and_says_what_was_done(string layers, int zoom, string query, string executor, bool isAggregated)
    {
        var at = TileServer.At(118.1, 24.5, zoom);
        using var tile = await server.Get($"/tiles/{layers}/{at}.mvt{query}");
        var report = await Json($"/tiles/{layers}/{at}/why.json{query}");
        var layer = report.GetProperty("layers")[0];
        var weight = layer.GetProperty("weight");

        Assert.Equal((await tile.Content.ReadAsByteArrayAsync()).Length, report.GetProperty("bytes").GetInt32());
        Assert.Equal(tile.Headers.ETag!.Tag, report.GetProperty("eTag").GetString());
        Assert.Equal("kept", report.GetProperty("cache").GetString());
        Assert.Equal(executor, layer.GetProperty("executor").GetString());
        Assert.Equal(isAggregated, layer.GetProperty("isAggregated").GetBoolean());
        Assert.Equal(weight.GetProperty("bytes").GetInt32(),
            weight.GetProperty("geometryBytes").GetInt32() + weight.GetProperty("otherBytes").GetInt32() + weight.GetProperty("attributes").EnumerateObject().Sum(one => one.Value.GetInt32()));
        Assert.True(weight.GetProperty("otherBytes").GetInt32() > 0);
        Assert.InRange(layer.GetProperty("drawn").GetInt64(), 1, layer.GetProperty("seen").GetInt64() - (isAggregated ? 1 : 0));
        Assert.Contains(isAggregated ? "more than" : "fit", layer.GetProperty("why").GetProperty("en").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh-CN,zh;q=0.9", "读取的数据块")]
    [InlineData("en-GB", "Blocks read")]
    public async Task Why_is_a_page_in_the_readers_language(string language, string words)
    {
        using var response = await server.Get($"/tiles/components/{TileServer.Busy}/why", ("Accept-Language", language));
        var page = await response.Content.ReadAsStringAsync();

        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.DoesNotContain(language.StartsWith("zh", StringComparison.Ordinal) ? "Blocks read" : "读取", page, StringComparison.Ordinal);
    }

    async Task<JsonElement> Json(string path)
    {
        using var response = await server.Get(path);
        return JsonDocument.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync()).RootElement;
    }

    static string Validate(string styles)
    {
        using var process = Process.Start(new ProcessStartInfo("node", [Repository.PathOf("tests/fixtures/decoders/check-styles.mjs")]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        process.StandardInput.Write(styles);
        process.StandardInput.Close();
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? said : throw new InvalidOperationException($"The validator ended with {process.ExitCode}: {said}");
    }
}
