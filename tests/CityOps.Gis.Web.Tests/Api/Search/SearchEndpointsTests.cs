using System.Net;
using System.Text.Json;
using CityOps.Gis.Testing;
using CityOps.Gis.Web;
using CityOps.Gis.Web.Access;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace CityOps.Gis.Tests.Web.Api.Search;

public sealed class SearchEndpointsTests(PostGisDatabase database) : IClassFixture<PostGisDatabase>, IAsyncLifetime
{
    static bool _isFilled;
    WebApplication? _host;
    HttpClient? _client;

    public async ValueTask InitializeAsync()
    {
        if (database.ConnectionString == "")
            return;
        if (!_isFilled)
            await database.Run(SmallCity.Sql + """
                insert into gis.cameras (camera_id, name, geom) values ('CAM-0012', '沙坡尾路口球机', ST_SetSRID(ST_MakePoint(118.003, 24.401), 4490))
                """);
        _isFilled = true;
        _host = GisWebHost.Build(new() { ConnectionString = database.ConnectionString, LayerFolders = [Path.Combine(AppContext.BaseDirectory, "layers")], Urls = "http://127.0.0.1:0", Access = AccessOptions.TrustEverybody });
        await _host.StartAsync();
        _client = new() { BaseAddress = new(_host.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
    }

    [Fact]
    public async Task Answers_have_layer_title_chain_place_and_box()
    {
        var answers = await Answers("/search?q=沙坡尾");
        Assert.Equal(["communities", "cameras"], answers.Select(one => one.GetProperty("layer").GetString()));
        var camera = answers[1];
        Assert.Equal(("feature", "CAM-0012", "沙坡尾路口球机", "思明区 › 厦港街道 › 沙坡尾社区 › 350203001001003", "name-begins"), (
            camera.GetProperty("kind").GetString(), camera.GetProperty("code").GetString(), camera.GetProperty("title").GetString(), camera.GetProperty("subtitle").GetString(), camera.GetProperty("match").GetString()));
        Assert.Equal("[118.003,24.401]", camera.GetProperty("point").GetRawText());
        Assert.Equal("[118,24.4,118.01,24.41]", answers[0].GetProperty("box").GetRawText());
        Assert.Equal("摄像头", camera.GetProperty("layerTitle").GetProperty("zh").GetString());
    }

    [Fact]
    public async Task A_coordinate_is_a_place_with_the_chain_of_its_grid()
    {
        var place = (await Answers("/search?q=" + Uri.EscapeDataString("N24.401 E118.001")))[0];
        Assert.Equal(("place", "118.001000, 24.401000", "思明区 › 厦港街道 › 沙坡尾社区 › 350203001001003"), (place.GetProperty("kind").GetString(), place.GetProperty("title").GetString(), place.GetProperty("subtitle").GetString()));
        Assert.Equal(JsonValueKind.Null, place.GetProperty("offset").ValueKind);
        var shifted = (await Answers("/search?offset=gcj02&q=118.001,24.401"))[0];
        Assert.Equal("gcj02", shifted.GetProperty("offset").GetString());
    }

    [Fact]
    public async Task The_limit_and_the_layers_hold()
    {
        Assert.Single(await Answers("/search?q=沙坡尾&limit=1"));
        Assert.Equal("cameras", (await Answers("/search?q=沙坡尾&layers=cameras,cases")).Single().GetProperty("layer").GetString());
    }

    [Theory]
    [InlineData("/search?lang=en", "'q' must be what is looked for, of 1 to 100 characters.")]
    [InlineData("/search?lang=en&q=a&layers=nothing", "There is no layer 'nothing'; /api/layers lists them.")]
    [InlineData("/search?lang=en&q=a&offset=mars", "'offset=mars' is none of gcj02, bd09 and none.")]
    public async Task What_cannot_be_looked_for_is_answered_in_a_sentence(string address, string sentence)
    {
        _ = database.Source;
        using var response = await _client!.GetAsync(address);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(sentence, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("detail").GetString());
    }

    async Task<List<JsonElement>> Answers(string address)
    {
        _ = database.Source;
        return [.. JsonDocument.Parse(await _client!.GetStringAsync(address)).RootElement.GetProperty("answers").EnumerateArray()];
    }
}
