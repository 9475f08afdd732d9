using System.Net;
using System.Net.Http.Json;
using Xunit;

namespace CityOps.Gis.Tests.Web.Safety;

/// <summary>A page of another site cannot have a person's browser write here.</summary>
public sealed class CrossSiteTests(SafeServer server) : IClassFixture<SafeServer>
{
    const string Other = "https://evil.example";

    public static TheoryData<string, string> Writes => new()
    {
        { "POST", "/api/imports/uploads" }, { "PATCH", "/api/imports/uploads/6f9619ff-8b86-d011-b42d-00cf4fc964ff" }, { "DELETE", "/api/imports/1/upload" },
        { "POST", "/ogc/collections/components/items" }, { "PUT", "/ogc/collections/components/items/1" }, { "PATCH", "/ogc/collections/components/items/1" },
        { "DELETE", "/ogc/collections/components/items/1" }, { "POST", "/" }, { "POST", "/_blazor/negotiate?negotiateVersion=1" },
    };

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task What_a_browser_says_comes_from_elsewhere_is_refused(string method, string path)
    {
        foreach (var (name, value) in new[] { ("Origin", Other), ("Origin", "null"), ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site") })
            Assert.Equal(HttpStatusCode.Forbidden, await Send(method, path, (name, value)));
    }

    [Fact]
    public async Task Whatever_else_writes_is_refused_to_a_page_of_another_site_too()
    {
        _ = server.Database.Source;
        var host = await server.Start(options => options with { Safety = new() { RateFactor = 0 } });
        using var client = SafeServer.Client(host);
        var writes = EndpointAddresses.Of(host).Where(one => one.Method is "POST" or "PUT" or "PATCH" or "DELETE").ToList();
        Assert.Contains(("POST", "/api/cases"), writes);
        foreach (var (method, path) in writes)
        {
            using var request = new HttpRequestMessage(new(method), path) { Headers = { { "Origin", Other } } };
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{method} {path} is answered {answer.StatusCode}");
        }
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task What_comes_from_an_own_page_or_from_a_program_goes_on(string method, string path)
    {
        var own = server.Http.BaseAddress!.GetLeftPart(UriPartial.Authority);
        Assert.NotEqual(HttpStatusCode.Forbidden, await Send(method, path, ("Origin", own), ("Sec-Fetch-Site", "same-origin")));
        Assert.NotEqual(HttpStatusCode.Forbidden, await Send(method, path, ("Origin", own)));
        Assert.NotEqual(HttpStatusCode.Forbidden, await Send(method, path));
    }

    [Fact]
    public async Task A_page_of_another_site_opens_no_circuit()
    {
        Assert.Equal(HttpStatusCode.Forbidden, await Send("GET", "/_blazor?id=1", ("Origin", Other), ("Connection", "Upgrade"), ("Upgrade", "websocket")));
    }

    [Fact]
    public async Task A_refusal_says_why_in_the_readers_language()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/imports/uploads") { Content = JsonContent.Create(new { files = Array.Empty<object>() }) };
        request.Headers.Add("Origin", Other);
        request.Headers.AcceptLanguage.ParseAdd("zh-CN");
        using var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("其他网站", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    async Task<HttpStatusCode> Send(string method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new(method), path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
