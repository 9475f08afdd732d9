using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CityOps.Gis.Access;
using CityOps.Gis.Queries;
using CityOps.Gis.Web.Access;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CityOps.Gis.Tests.Web.Access;

/// <summary>Who may call what: every endpoint of the host, by callers of which the header <c>X-Role</c> tells the role.</summary>
public sealed class AccessTests(RoleServer server) : IClassFixture<RoleServer>
{
    // The strength of a password is told to whoever has the ticket of a sign-in.
    static readonly HashSet<string> Open = ["/health", "/health/live", "/health/ready", "/favicon.ico", "/not-allowed", "/sign-in", "/sign-out", "/password-strength"];

    [Fact]
    public async Task Nobody_gets_anything_but_sign_in_health_and_pictures_of_the_product()
    {
        var answered = new List<string>();
        foreach (var endpoint in server.Host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>())
        {
            var path = "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(Filled))));
            var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"];
            foreach (var method in methods)
                using (var response = await server.Client.SendAsync(new(new(method), path)))
                    if (response.StatusCode != HttpStatusCode.Unauthorized && !Open.Contains(path))
                        answered.Add($"{method} {path} {(int)response.StatusCode}");
        }

        Assert.Empty(answered);
    }

    [Fact]
    public async Task A_program_that_has_not_signed_in_hears_a_sentence_and_the_ways_to_sign_in()
    {
        using var response = await server.Client.GetAsync("/tiles/components/14/13564/7036.mvt");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(["Bearer", "Basic"], response.Headers.WwwAuthenticate.Select(way => way.Scheme));
        Assert.Equal("urn:cityops:sign-in-first", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString());
    }

    [Fact]
    public async Task Someone_who_opens_a_page_is_led_to_the_sign_in_and_back()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/analysis?layer=components") { Headers = { { "Accept", "text/html,application/xhtml+xml" } } };
        using var response = await server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/sign-in?to=%2Fanalysis%3Flayer%3Dcomponents", response.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("viewer", "GET", "/ogc/collections", 200)]
    [InlineData("viewer", "GET", "/export/components.csv", 403)]
    [InlineData("analyst", "GET", "/export/components.csv", 200)]
    [InlineData("analyst", "GET", "/export/records", 403)]
    [InlineData("administrator", "GET", "/export/records", 200)]
    [InlineData("analyst", "POST", "/ogc/collections/components/items", 403)]
    [InlineData("surveyor", "POST", "/ogc/collections/components/items", 415)]
    [InlineData("grid-manager", "POST", "/api/imports/uploads", 403)]
    [InlineData("viewer", "GET", "/api/imports/batches/1/report.html", 403)]
    [InlineData("surveyor", "GET", "/api/imports/batches/1/report.html", 404)]
    public async Task A_role_may_what_its_permissions_say(string role, string method, string path, int status)
    {
        using var request = new HttpRequestMessage(new(method), path) { Headers = { { "X-Role", role } }, Content = method == "POST" ? new StringContent("{}", null, path.StartsWith("/ogc", StringComparison.Ordinal) ? "text/plain" : "application/json") : null };
        using var response = await server.Client.SendAsync(request);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("/sign-in")]
    public void The_way_on_after_signing_in_stays_on_this_site(string path)
        => Assert.Equal(["/", "/", "/", "/", path], new[] { "//evil.example", "/\\evil.example", "https://evil.example/", null, path }.Select(CityOps.Gis.Web.Pages.Access.SignInAddress.After));

    [Fact]
    public void A_caller_stays_the_caller_in_copies_of_the_identity()
    {
        var caller = new Caller("p1", "Ann", Role.Viewer.Permissions, new JurisdictionScope { Districts = ["350203"] });

        Assert.Same(caller, CallerIdentity.CallerOf(new(new CallerIdentity(caller, "test").Clone())));
    }

    static string Filled(Microsoft.AspNetCore.Routing.Patterns.RoutePatternPart part) => part switch
    {
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator => separator.Content,
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "id" } => "00000000-0000-0000-0000-000000000001",
        _ => "1",
    };
}
