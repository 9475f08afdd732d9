using System.Globalization;
using System.Net;
using CityOps.Gis.Testing;
using CityOps.Gis.Web.Access;
using CityOps.Gis.Web.Safety;
using Xunit;

namespace CityOps.Gis.Tests.Web.Safety;

/// <summary>One who asks too much is held back, and nobody else.</summary>
public sealed class RateLimitTests(SafeServer server) : IClassFixture<SafeServer>
{
    // A slow machine is faster than the bucket fills.
    const int Burst = 4, SecondsOfToken = 4, MostTries = 40;

    [Theory]
    [InlineData("en", "Retry-After")]
    [InlineData("zh-CN", "稍候")]
    public async Task After_the_burst_a_caller_is_told_how_long_to_wait_and_is_served_again_after_it(string language, string word)
    {
        using var client = await Start(RequestClass.Export);
        client.DefaultRequestHeaders.AcceptLanguage.Clear();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        for (var one = 0; one < Burst; one++)
            Assert.Equal(HttpStatusCode.OK, await Status(client, "/export/components.csv"));
        await Empty(client);
        using var held = await client.GetAsync("/export/components.csv", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.TooManyRequests, held.StatusCode);
        Assert.Equal("application/problem+json", held.Content.Headers.ContentType!.MediaType);
        Assert.Contains(word, await held.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var seconds = int.Parse(held.Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture);
        Assert.InRange(seconds, 1, SecondsOfToken);
        // The bucket is filled at ticks of its own.
        await Task.Delay(TimeSpan.FromSeconds(seconds + 0.5), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, await Status(client, "/export/components.csv"));
    }

    [Fact]
    public async Task What_is_held_back_of_one_kind_takes_nothing_from_another()
    {
        using var client = await Start(RequestClass.Export);
        await Empty(client);
        Assert.Equal(HttpStatusCode.OK, await Status(client, "/tiles/components.json"));
        Assert.Equal(HttpStatusCode.OK, await Status(client, "/health"));
    }

    [Fact]
    public async Task Of_two_people_at_one_address_each_has_a_bucket()
    {
        var host = await server.Start(options => options with
        {
            Access = new() { Trusted = context => TrustedAccess.Everybody with { Id = context.Request.Headers["X-Person"] } }, Safety = new() { Limits = Tight(RequestClass.Export) },
        });
        using var client = SafeServer.Client(host);
        client.DefaultRequestHeaders.Add("X-Person", "one");
        await Empty(client);
        client.DefaultRequestHeaders.Remove("X-Person");
        client.DefaultRequestHeaders.Add("X-Person", "other");
        Assert.Equal(HttpStatusCode.OK, await Status(client, "/export/components.csv"));
    }

    [Fact]
    public async Task Another_address_has_a_bucket_of_its_own()
    {
        var host = await server.Start(options => options with { Access = Unknown, Safety = new() { Limits = Tight(RequestClass.Export), Proxies = ["127.0.0.1"] } });
        using var client = SafeServer.Client(host);
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "10.0.0.1");
        await Empty(client);
        client.DefaultRequestHeaders.Remove("X-Forwarded-For");
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "10.0.0.2");
        Assert.Equal(HttpStatusCode.OK, await Status(client, "/export/components.csv"));
    }

    [Fact]
    public async Task Whoever_is_no_proxy_of_ours_does_not_choose_an_address()
    {
        var host = await server.Start(options => options with { Access = Unknown, Safety = new() { Limits = Tight(RequestClass.Export) } });
        using var client = SafeServer.Client(host);
        var number = 0;
        await Empty(client, () =>
        {
            client.DefaultRequestHeaders.Remove("X-Forwarded-For");
            client.DefaultRequestHeaders.Add("X-Forwarded-For", $"10.0.0.{number++}");
        });
    }

    [Fact]
    public async Task An_opening_map_is_far_from_the_limit_of_tiles()
    {
        var (limits, mapTiles) = (ClassLimits.Usual[RequestClass.Tile], 12 * 40);
        Assert.InRange(limits.Burst, 5 * mapTiles, int.MaxValue);
        var answers = await Task.WhenAll(Enumerable.Range(0, mapTiles).Select(x => Status(server.Http, $"/tiles/components/12/{x}/1700.mvt")));
        Assert.All(answers, status => Assert.Equal(HttpStatusCode.NoContent, status));
    }

    // Somebody without a name, who may see everything all the same.
    static AccessOptions Unknown => new() { Trusted = _ => TrustedAccess.Everybody with { Id = null } };

    async Task<HttpClient> Start(RequestClass kind)
        => SafeServer.Client(await server.Start(options => options with { Safety = new() { Limits = Tight(kind) } }));

    static Dictionary<RequestClass, ClassLimits> Tight(RequestClass kind)
        => new(ClassLimits.Usual) { [kind] = ClassLimits.Usual[kind] with { PerSecond = 1.0 / SecondsOfToken, Burst = Burst } };

    /// <summary>Asks until no more is given.</summary>
    static async Task Empty(HttpClient client, Action? before = null)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            before?.Invoke();
            if (await Status(client, "/export/components.csv") == HttpStatusCode.TooManyRequests)
                return;
        }
        Assert.Fail($"After {MostTries} requests nothing is held back.");
    }

    static async Task<HttpStatusCode> Status(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
