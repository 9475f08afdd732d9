using System.Net;
using System.Text.Json;
using CityOps.Gis.Testing;
using CityOps.Gis.Web;
using CityOps.Gis.Web.Access;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace CityOps.Gis.Tests.Web.Api;

public sealed class LayerEndpointsTests(PostGisDatabase database) : IClassFixture<PostGisDatabase>, IAsyncLifetime
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
                insert into gis.components (code, name, class_code, supervisor_code, supervisor_name, status, first_date, geom)
                values ('3502030101000001', '上水井盖', '0101', '1', '市城市管理局', '完好', '2020-01-01', ST_SetSRID(ST_MakePoint(118.001, 24.401), 4490)),
                       ('3502030101000002', '上水井盖', '0101', '1', '市城市管理局', '移除', '2020-01-01', ST_SetSRID(ST_MakePoint(118.002, 24.401), 4490))
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
    public async Task The_list_tells_titles_style_fields_and_counts_without_removed_features()
    {
        var layer = (await Json("/api/layers")).EnumerateArray().Single(one => one.GetProperty("id").GetString() == "components");
        Assert.Equal("部件", layer.GetProperty("title").GetProperty("zh").GetString());
        Assert.Equal("any", layer.GetProperty("geometry").GetString());
        Assert.Equal("#2563a8", layer.GetProperty("style").GetProperty("colorByMajor").GetProperty("01").GetString());
        Assert.Equal(1, layer.GetProperty("count").GetInt64());
    }

    [Fact]
    public async Task A_feature_is_GeoJSON_with_its_jurisdiction_by_code_and_name()
    {
        var fid = await database.Value<long>("select fid from gis.components where code = '3502030101000001'");
        var feature = await Json($"/api/layers/components/features/{fid}");
        Assert.Equal("[118.001,24.401]", feature.GetProperty("geometry").GetProperty("coordinates").GetRawText());
        Assert.Equal("3502030101000001", feature.GetProperty("properties").GetProperty("code").GetString());
        Assert.Equal("沙坡尾社区", feature.GetProperty("jurisdiction").GetProperty("community").GetProperty("name").GetString());
        Assert.Equal("350203001001003", feature.GetProperty("jurisdiction").GetProperty("grid").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Labels_are_one_point_per_polygon_inside_it()
    {
        var labels = (await Json("/api/layers/subdistricts/labels")).GetProperty("features").EnumerateArray().ToList();
        Assert.Equal(["湖里街道", "厦港街道"], labels.Select(one => one.GetProperty("properties").GetProperty("label").GetString()).OrderDescending(StringComparer.Ordinal));
        Assert.Equal(4, (await Json("/api/layers/unit_grids/labels?box=118,24.4,118.009,24.41")).GetProperty("features").GetArrayLength());
    }

    [Theory]
    [InlineData("/api/layers/nothing/features/1", HttpStatusCode.NotFound, "There is no layer 'nothing'; /api/layers lists them.")]
    [InlineData("/api/layers/components/features/999999", HttpStatusCode.NotFound, "Layer 'components' has no feature '999999'.")]
    [InlineData("/api/layers/components/features/x", HttpStatusCode.NotFound, "Layer 'components' has no feature 'x'.")]
    [InlineData("/api/layers/unit_grids/labels?box=1,2", HttpStatusCode.BadRequest, "Labels of layer 'unit_grids' are given for a box: box=west,south,east,north in degrees.")]
    public async Task What_is_not_there_is_answered_in_a_sentence(string address, HttpStatusCode status, string sentence)
    {
        _ = database.Source;
        using var response = await _client!.GetAsync(address);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(sentence, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task The_host_is_healthy_while_its_database_answers()
    {
        _ = database.Source;
        Assert.Equal("Healthy", await _client!.GetStringAsync("/health"));
    }

    async Task<JsonElement> Json(string address)
    {
        _ = database.Source;
        return JsonDocument.Parse(await _client!.GetStringAsync(address)).RootElement;
    }
}
