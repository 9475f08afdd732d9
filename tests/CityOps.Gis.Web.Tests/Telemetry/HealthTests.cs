using System.Net;
using System.Text.Json;
using CityOps.Gis.Tests.Web.Safety;
using Xunit;

namespace CityOps.Gis.Tests.Web.Telemetry;

/// <summary>What those hear who watch over the server.</summary>
public sealed class HealthTests(SafeServer server) : IClassFixture<SafeServer>
{
    [Fact]
    public async Task A_server_that_can_serve_says_so_check_by_check()
    {
        using var answer = await server.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var checks = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("checks");
        Assert.Equal(["database", "follower", "migrations"], checks.EnumerateObject().Select(check => check.Name).Order());
        Assert.Equal(HttpStatusCode.OK, await Status(server.Http, "/health/live"));
        Assert.Equal(HttpStatusCode.OK, await Status(server.Http, "/health"));
    }

    [Fact]
    public async Task Without_its_database_a_server_lives_and_is_not_ready_and_tells_nothing_of_the_inside()
    {
        var host = await server.Start(options => options with { ConnectionString = "Host=127.0.0.1;Port=9;Username=secret_user;Password=secret_word;Timeout=1" });
        using var client = SafeServer.Client(host);
        Assert.Equal(HttpStatusCode.OK, await Status(client, "/health/live"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Status(client, "/health"));
        using var ready = await client.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        var text = await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Npgsql", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_an_earlier_version_is_not_ready_and_the_script_is_named()
    {
        var last = await Last();
        await server.Database.Run($"delete from public.cityops_migration where scriptname = '{last}'");
        try
        {
            using var ready = await server.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
            Assert.Contains(last, await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            using var stranger = SafeServer.Client(await server.Start(options => options with { Access = new() { Trusted = _ => null } }));
            using var told = await stranger.GetAsync("/health/ready", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, told.StatusCode);
            Assert.DoesNotContain(last, await told.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        finally
        {
            await server.Database.Run($"insert into public.cityops_migration (scriptname, applied) values ('{last}', now())");
        }
    }

    async Task<string> Last()
    {
        await using var command = server.Database.Source.CreateCommand("select max(scriptname) from public.cityops_migration");
        return (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    static async Task<HttpStatusCode> Status(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
