using System.Net;
using CityOps.Gis.Web.Safety;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CityOps.Gis.Tests.Web.Safety;

/// <summary>What a request asks for does not hang on how its address is written.</summary>
public sealed class RequestClassTests(SafeServer server) : IClassFixture<SafeServer>
{
    const int Burst = 3;

    [Fact]
    public async Task Every_endpoint_has_the_same_class_in_capitals_and_none_but_files_goes_without_limits()
    {
        _ = server.Database.Source;
        var host = await server.Start(options => options);
        var addresses = EndpointAddresses.Of(host);
        Assert.InRange(addresses.Count, 80, 1_000);
        foreach (var (method, path) in addresses)
        {
            var kind = Of(method, path);
            Assert.True(kind == Of(method, path.ToUpperInvariant()), $"{method} {path} is {kind}, in capitals {Of(method, path.ToUpperInvariant())}");
            Assert.True(kind != RequestClass.File || path == "/favicon.ico" || path.StartsWith("/_", StringComparison.Ordinal), $"{method} {path} is taken for a file");
        }
    }

    [Theory]
    [InlineData("POST", "/Sign-In", RequestClass.SignIn)]
    [InlineData("POST", "/Password-Strength", RequestClass.Weighing)]
    [InlineData("GET", "/EXPORT/components.csv", RequestClass.Export)]
    [InlineData("GET", "/Tiles/components/1/1/1.mvt", RequestClass.Tile)]
    [InlineData("GET", "/AUDIT/entries.csv", RequestClass.Export)]
    [InlineData("GET", "/open311/v2/requests.json", RequestClass.Question)]
    [InlineData("POST", "/Open311/v2/requests.xml", RequestClass.Upload)]
    [InlineData("GET", "/v/1234/app.css", RequestClass.File)]
    [InlineData("GET", "/imports/x.y", RequestClass.Page)]
    [InlineData("GET", "/.env", RequestClass.Page)]
    public void An_address_has_the_class_of_what_it_leads_to(string method, string path, RequestClass kind) => Assert.Equal(kind, Of(method, path));

    [Theory]
    [InlineData("/EXPORT/components.csv")]
    [InlineData("/Export/Components.CSV")]
    public async Task In_capitals_an_export_is_kept_by_nobody_and_held_back_after_the_burst(string path)
    {
        _ = server.Database.Source;
        var tight = new Dictionary<RequestClass, ClassLimits>(ClassLimits.Usual) { [RequestClass.Export] = ClassLimits.Usual[RequestClass.Export] with { PerSecond = 0.01, Burst = Burst } };
        using var client = SafeServer.Client(await server.Start(options => options with { Safety = new() { Limits = tight } }));
        for (var one = 0; one < Burst; one++)
        {
            using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Contains("no-store", answer.Headers.CacheControl?.ToString() ?? "", StringComparison.Ordinal);
        }
        using var held = await client.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.TooManyRequests, held.StatusCode);
    }

    static RequestClass Of(string method, string path)
    {
        var context = new DefaultHttpContext();
        (context.Request.Method, context.Request.Path) = (method, path);
        return RequestClasses.Of(context.Request);
    }
}
