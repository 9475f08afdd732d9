using CityOps.Gis.Testing;
using CityOps.Gis.Web;
using CityOps.Gis.Web.Access;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace CityOps.Gis.Tests.Web;

/// <summary>Pages of other origins may read where the setting names them, and nowhere else.</summary>
public sealed class CrossOriginTests(PostGisDatabase database) : IClassFixture<PostGisDatabase>
{
    const string Known = "https://map.example", Other = "https://other.example";

    [Theory]
    [InlineData("/ogc")]
    [InlineData("/ogc/collections/cameras/items?limit=1")]
    [InlineData("/search?q=118.1,24.5")]
    [InlineData("/heat/components?cell=district")]
    [InlineData("/export/cameras.csv")]
    [InlineData("/tiles/cameras.json")]
    public async Task A_page_of_a_named_origin_reads_and_one_of_another_does_not(string path)
    {
        await using var app = await Start(Known);
        using var http = new HttpClient { BaseAddress = new(app.Urls.First()) };
        using var known = await Ask(http, HttpMethod.Get, path, Known);
        Assert.True(known.IsSuccessStatusCode, $"{(int)known.StatusCode}");
        Assert.Equal(Known, known.Headers.GetValues("Access-Control-Allow-Origin").Single());
        using var other = await Ask(http, HttpMethod.Get, path, Other);
        Assert.False(other.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_browsers_question_before_its_request_is_answered_for_reading_only()
    {
        await using var app = await Start(Known);
        using var http = new HttpClient { BaseAddress = new(app.Urls.First()) };
        using var reading = await Ask(http, HttpMethod.Options, "/ogc/collections/cameras/items", Known, ("Access-Control-Request-Method", "GET"), ("Access-Control-Request-Headers", "if-none-match"));
        Assert.Equal(Known, reading.Headers.GetValues("Access-Control-Allow-Origin").Single());
        using var writing = await Ask(http, HttpMethod.Options, "/ogc/collections/cameras/items", Known, ("Access-Control-Request-Method", "DELETE"));
        Assert.DoesNotContain("DELETE", writing.Headers.TryGetValues("Access-Control-Allow-Methods", out var methods) ? string.Join(",", methods) : "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_setting_no_page_of_another_origin_reads()
    {
        await using var app = await Start();
        using var http = new HttpClient { BaseAddress = new(app.Urls.First()) };
        using var answer = await Ask(http, HttpMethod.Get, "/ogc", Known);
        Assert.True(answer.IsSuccessStatusCode);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    async Task<WebApplication> Start(params string[] origins)
    {
        _ = database.Source;
        var app = GisWebHost.Build(new()
        {
            ConnectionString = database.ConnectionString, LayerFolders = [Path.Combine(AppContext.BaseDirectory, "layers")], Urls = "http://127.0.0.1:0", Serving = new() { CorsOrigins = origins }, Access = AccessOptions.TrustEverybody,
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    static async Task<HttpResponseMessage> Ask(HttpClient http, HttpMethod method, string path, string origin, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Origin", origin);
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
