using System.Globalization;
using System.Net;
using System.Text.Json;
using CityOps.Gis.Tiles.Following;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Serving;

/// <summary>What a client sees: statuses, headers, several layers in a tile.</summary>
public sealed class TileRequestTests(TileServer server) : IClassFixture<TileServer>
{
    static readonly string Busy = $"/tiles/components/{TileServer.Busy}.mvt";

    [Fact]
    public async Task A_tile_comes_with_its_type_tag_and_what_was_done_for_it()
    {
        using var response = await server.Get(Busy);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/vnd.mapbox-vector-tile", response.Content.Headers.ContentType?.ToString());
        Assert.False(response.Headers.ETag!.IsWeak);
        Assert.Equal("no-cache, private", response.Headers.CacheControl?.ToString());
        Assert.Contains("Accept-Encoding", response.Headers.Vary);
        Assert.Equal("snapshot", Header(response, "X-CityOps-Executor"));
        Assert.StartsWith("live; as-of=20", Header(response, "X-CityOps-Data"), StringComparison.Ordinal);
        Assert.StartsWith("cache;desc=", Header(response, "Server-Timing"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_executors_can_be_asked_for_and_count_the_same()
    {
        using var sql = await server.Get(Busy + "?executor=sql");

        Assert.Equal("sql", Header(sql, "X-CityOps-Executor"));
        Assert.Equal("live", Header(sql, "X-CityOps-Data"));
        Assert.Equal(
            (await server.Tile("components", TileServer.Crowded, "?executor=sql")).Layers.Single().Features.Sum(cell => Convert.ToInt64(cell.Attributes["cell_count"], CultureInfo.InvariantCulture)),
            (await server.Tile("components", TileServer.Crowded, "?executor=snapshot")).Layers.Single().Features.Sum(cell => Convert.ToInt64(cell.Attributes["cell_count"], CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Several_layers_come_in_one_tile_in_the_order_asked_each_by_its_own_executor()
    {
        using var response = await server.Get($"/tiles/cameras,components/{TileServer.Busy}.mvt");
        var tile = await server.Tile("cameras,components", TileServer.Busy);

        Assert.Equal("snapshot, sql", Header(response, "X-CityOps-Executor"));
        Assert.Equal(["cameras", "components"], tile.Layers.Select(layer => layer.Name));
        Assert.All(tile.Layers, layer => Assert.NotEmpty(layer.Features));
    }

    [Fact]
    public async Task The_question_is_put_to_each_layer_of_a_tile()
    {
        var tile = await server.Tile("components,cameras", TileServer.Busy, "?status=fault");

        Assert.Equal(["cameras"], tile.Layers.Select(layer => layer.Name));
        Assert.All(tile.Layers.Single().Features, camera => Assert.Equal("fault", camera.Attributes["status"]));
    }

    [Theory]
    [InlineData("/tiles/nowhere/14/1/1.mvt", 404, "no-such-layer")]
    [InlineData("/tiles/components,nowhere/14/1/1.mvt", 404, "no-such-layer")]
    [InlineData("/tiles/departments/14/1/1.mvt", 404, "no-such-layer")]
    [InlineData("/tiles/components/14/1/1.png", 404, "no-such-path")]
    [InlineData("/tiles/components", 404, "no-such-path")]
    [InlineData("/tiles/components,components/14/1/1.mvt", 400, "layer-twice")]
    [InlineData("/tiles/a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q/14/1/1.mvt", 400, "too-many-layers")]
    [InlineData("/tiles/components/23/0/0.mvt", 400, "no-such-tile")]
    [InlineData("/tiles/components/3/8/0.mvt", 400, "no-such-tile")]
    [InlineData("/tiles/components/3/-1/0.mvt", 400, "no-such-tile")]
    [InlineData("/tiles/components/3/x/0.mvt", 400, "no-such-tile")]
    [InlineData("/tiles/components/3/0.mvt", 400, "no-such-tile")]
    [InlineData("/tiles/components/14/1/1.mvt?distrct=1", 400, "bad-question")]
    [InlineData("/tiles/components/14/1/1.mvt?from=yesterday", 400, "bad-question")]
    [InlineData("/tiles/components/14/1/1.mvt?bbox=1,2,3", 400, "bad-question")]
    [InlineData("/tiles/components/14/1/1.mvt?executor=magic", 400, "bad-question")]
    public async Task A_mistake_is_answered_with_a_stable_code_and_a_sentence(string path, int status, string type)
    {
        using var response = await server.Get(path);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStreamAsync());

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("urn:cityops:" + type, problem.RootElement.GetProperty("type").GetString());
        Assert.EndsWith(".", problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sentence_is_in_the_readers_language()
    {
        using var response = await server.Get("/tiles/nowhere/14/1/1.mvt", ("Accept-Language", "fr, zh-CN;q=0.8, en;q=0.5"));

        Assert.Contains("没有可供瓦片的图层", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LayerState.Copying, HttpStatusCode.ServiceUnavailable)]
    [InlineData(LayerState.TooLarge, HttpStatusCode.Conflict)]
    public async Task Memory_asked_for_a_layer_it_does_not_hold_says_whether_to_wait(LayerState state, HttpStatusCode status)
    {
        await server.Start();
        server.Live.Find("cases")!.Set(state, new("原因。", "The reason."));

        using var response = await server.Get("/tiles/cases/14/1/1.mvt?executor=snapshot");

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(state == LayerState.Copying, response.Headers.RetryAfter is not null);
        Assert.Contains("The reason.", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tile_without_features_has_no_content()
    {
        using var response = await server.Get($"/tiles/components/{TileServer.Empty}.mvt");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("/tiles/components.json")]
    [InlineData("/tiles")]
    [InlineData(null)]
    public async Task Head_has_the_headers_of_Get_and_no_body(string? path)
    {
        using var get = await server.Get(path ?? Busy);
        using var head = await server.Send(HttpMethod.Head, path ?? Busy);

        Assert.Equal(get.StatusCode, head.StatusCode);
        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Equal(path is null ? (await get.Content.ReadAsByteArrayAsync()).Length : head.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task What_would_write_is_refused_with_the_methods_allowed()
    {
        using var response = await server.Send(HttpMethod.Post, Busy);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["GET", "HEAD", "OPTIONS"], response.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_browser_of_an_allowed_origin_may_ask_and_read_the_headers()
    {
        using var before = await server.Send(HttpMethod.Options, Busy, ("Origin", "https://map.example"), ("Access-Control-Request-Method", "GET"));
        using var response = await server.Get(Busy, ("Origin", "https://map.example"));

        Assert.Equal(HttpStatusCode.NoContent, before.StatusCode);
        Assert.Equal("GET, HEAD, OPTIONS", Header(before, "Access-Control-Allow-Methods"));
        Assert.Equal("https://map.example", Header(response, "Access-Control-Allow-Origin"));
        Assert.Contains("ETag", Header(response, "Access-Control-Expose-Headers"), StringComparison.Ordinal);
        Assert.Contains("Origin", response.Headers.Vary);
    }

    [Fact]
    public async Task A_browser_of_another_origin_gets_no_leave()
    {
        using var response = await server.Get(Busy, ("Origin", "https://elsewhere.example"));

        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_tile_of_an_old_copy_says_that_it_is_old()
    {
        await server.Start();
        var live = server.Live.Find("components")!;
        live.Set(LayerState.Stale);
        using var response = await server.Get(Busy);
        live.Set(LayerState.Live);

        Assert.StartsWith("stale; as-of=", Header(response, "X-CityOps-Data"), StringComparison.Ordinal);
    }

    static string Header(HttpResponseMessage response, string name) => string.Join(", ", response.Headers.GetValues(name));
}
