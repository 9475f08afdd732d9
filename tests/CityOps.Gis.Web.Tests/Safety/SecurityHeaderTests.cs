using Xunit;

namespace CityOps.Gis.Tests.Web.Safety;

/// <summary>What browsers are told with every answer.</summary>
public sealed class SecurityHeaderTests(SafeServer server) : IClassFixture<SafeServer>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/imports")]
    [InlineData("/no-such-page")]
    [InlineData("/app.css")]
    [InlineData("/no-such-file.js")]
    [InlineData("/_framework/blazor.web.js")]
    [InlineData("/ogc?f=html")]
    [InlineData("/ogc/collections/components/items")]
    [InlineData("/api/layers")]
    [InlineData("/tiles")]
    [InlineData("/tiles/components/10/841/439/why")]
    [InlineData("/export/records?f=html")]
    [InlineData("/export/components.csv")]
    [InlineData("/heat/components?cell=nonsense")]
    [InlineData("/search?q=118.1,24.5")]
    [InlineData("/health")]
    public async Task Every_answer_says_what_a_browser_may_do_with_it(string path)
    {
        using var answer = await server.Http.GetAsync(path, TestContext.Current.CancellationToken);
        string Header(string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join("|", values) : "";
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("same-origin", Header("Referrer-Policy"));
        Assert.Equal("same-origin", Header("Cross-Origin-Opener-Policy"));
        Assert.Equal("same-origin", Header("Cross-Origin-Resource-Policy"));
        Assert.Contains("geolocation=()", Header("Permissions-Policy"), StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotContain("|", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("", Header("Server") + Header("X-Powered-By"));
    }

    [Fact]
    public async Task A_page_runs_scripts_of_this_server_only_and_styles_of_the_document_only_by_their_hash()
    {
        using var answer = await server.Http.GetAsync("/", TestContext.Current.CancellationToken);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single().Split("; ").Select(part => part.Split(' ', 2)).ToDictionary(part => part[0], part => part[1]);
        Assert.Equal("'self'", policy["script-src"]);
        Assert.Matches("^'self'( 'sha256-[A-Za-z0-9+/]{43}=')+$", policy["style-src"]);
        Assert.Equal("'self'", policy["connect-src"]);
        Assert.Equal("'self'", policy["form-action"]);
        Assert.DoesNotContain(policy.Values, sources => sources.Contains("unsafe-eval", StringComparison.Ordinal) || sources.Contains("http", StringComparison.Ordinal) || sources.Contains('*'));
    }

    [Fact]
    public async Task A_tile_is_told_the_least()
    {
        using var answer = await server.Http.GetAsync("/tiles/components/18/216965/112637.mvt", TestContext.Current.CancellationToken);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("same-origin", answer.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
    }

    [Fact]
    public async Task Where_other_origins_may_read_their_browsers_let_them()
    {
        var host = await server.Start(options => options with { Serving = new() { CorsOrigins = ["https://map.example"] } });
        using var client = SafeServer.Client(host);
        foreach (var path in new[] { "/tiles/components/18/216965/112637.mvt", "/tiles/components.json", "/heat/components?cell=district&f=png", "/ogc" })
        {
            using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal("cross-origin", answer.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
        }
        using var page = await client.GetAsync("/", TestContext.Current.CancellationToken);
        Assert.Equal("same-origin", page.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
    }

    [Fact]
    public async Task Cookies_are_kept_from_scripts_and_from_requests_that_other_sites_make()
    {
        using var answer = await server.Http.GetAsync("/?lang=en", TestContext.Current.CancellationToken);
        var cookies = answer.Headers.GetValues("Set-Cookie").ToList();
        Assert.NotEmpty(cookies);
        Assert.All(cookies, cookie => Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase));
        Assert.All(cookies, cookie => Assert.Matches("(?i)samesite=(lax|strict)", cookie));
    }
}
