using System.Net.Http.Headers;
using System.Text;
using CityOps.Gis.Testing;
using CityOps.Gis.Tests.Web.Safety;
using CityOps.Gis.Web;
using CityOps.Gis.Web.Access;
using Xunit;

namespace CityOps.Gis.Tests.Web.Telemetry;

/// <summary>What went wrong is logged; what people asked for, sent and signed in with is not.</summary>
[Collection(nameof(LogTests))]
public sealed class LogTests(SafeServer server) : IClassFixture<SafeServer>
{
    const string Person = "张三丰先生", Phone = "13912345678", Password = "Tiger-Mountain-42", Token = "key_9f8e7d6c5b4a39281706f5e4d3c2b1a0", Session = "session-4711-abcdef";

    [Fact]
    public async Task Names_telephone_numbers_passwords_and_keys_are_in_no_line_of_the_log()
    {
        _ = server.Http;
        var (before, log) = (Console.Error, new StringWriter());
        Console.SetError(TextWriter.Synchronized(log));
        try
        {
            // One host as it should be, and one whose every question ends in a fault.
            await Ask(SafeServer.Client(await server.Start(options => options)));
            await Ask(SafeServer.Client(await server.Start(options => options with { ConnectionString = "Host=127.0.0.1;Port=9;Username=nobody;Password=" + Password + ";Timeout=1" })));
        }
        finally
        {
            Console.SetError(before);
        }
        var said = log.ToString();
        Assert.Contains("Failed to connect", said, StringComparison.Ordinal);
        foreach (var secret in new[] { Person, Uri.EscapeDataString(Person), Phone, Password, Token, Session, Convert.ToBase64String(Encoding.UTF8.GetBytes("li:" + Password)) })
            Assert.DoesNotContain(secret, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_ends_leaves_the_log_of_another_as_it_is()
    {
        _ = server.Http;
        var stays = await server.Start(options => options with { ConnectionString = "Host=127.0.0.1;Port=9;Username=nobody;Timeout=1" });
        await using (var ends = GisWebHost.Build(new()
        {
            ConnectionString = server.Database.ConnectionString, LayerFolders = [Path.Combine(AppContext.BaseDirectory, "layers")], Urls = "http://127.0.0.1:0", Access = AccessOptions.TrustEverybody,
        }))
            await ends.StartAsync(TestContext.Current.CancellationToken);
        var (before, log) = (Console.Error, new StringWriter());
        Console.SetError(TextWriter.Synchronized(log));
        try
        {
            await Ask(SafeServer.Client(stays));
        }
        finally
        {
            Console.SetError(before);
        }
        Assert.Contains("Failed to connect", log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_as_it_should_be_is_no_fault_pages_with_tokens_and_a_host_that_is_disposed_without_a_stop()
    {
        _ = server.Http;
        var (before, log) = (Console.Error, new StringWriter());
        Console.SetError(TextWriter.Synchronized(log));
        try
        {
            await using (var host = GisWebHost.Build(new()
            {
                ConnectionString = server.Database.ConnectionString, LayerFolders = [Path.Combine(AppContext.BaseDirectory, "layers")], Urls = "http://127.0.0.1:0", Access = AccessOptions.TrustEverybody,
            }))
            {
                await host.StartAsync(TestContext.Current.CancellationToken);
                using var client = SafeServer.Client(host);
                foreach (var path in new[] { "/", "/imports", "/sign-in" })
                    Assert.InRange((int)(await client.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode, 200, 399);
            }
            // What runs in the background hears of it a moment later.
            await Task.Delay(500, TestContext.Current.CancellationToken);
        }
        finally
        {
            Console.SetError(before);
        }
        Assert.DoesNotContain("BackgroundService", log.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("have been overridden", log.ToString(), StringComparison.Ordinal);
    }

    static async Task Ask(HttpClient http)
    {
        using var client = http;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("li:" + Password)));
        client.DefaultRequestHeaders.Add("X-Api-Key", Token);
        client.DefaultRequestHeaders.Add("Cookie", "session=" + Session);
        foreach (var path in new[]
        {
            $"/search?q={Phone}", $"/search?q={Uri.EscapeDataString(Person)}", $"/ogc/collections/components/items?filter={Uri.EscapeDataString($"name = '{Person}' AND fid / 0 = 1")}",
            $"/ogc/collections/components/items/{Phone}", $"/export/components.csv?q={Phone}", $"/heat/components?cell=district&q={Uri.EscapeDataString(Person)}", $"/tiles/components/12/1/1.mvt?q={Phone}",
            $"/api/layers/components/rows?q={Phone}", $"/imports?name={Uri.EscapeDataString(Person)}", $"/sign-in?to=/{Phone}",
        })
            using (await client.GetAsync(path, TestContext.Current.CancellationToken))
            {
                // Whatever the answer is; the log is what counts.
            }
        foreach (var (path, type, body) in new[]
        {
            ("/ogc/collections/components/items", "application/geo+json", $$$"""{"type":"Feature","geometry":{"type":"Point","coordinates":[118.001,24.401]},"properties":{"code":"3502030102000001","name":"{{{Person}}}","remark":"{{{Phone}}}"}}"""),
            ("/ogc/collections/components/items", "application/geo+json", $$$"""{"type":"Feature","geometry":null,"properties":{"name":"{{{Person}}}" """),
            ("/api/imports/uploads", "application/json", $$$"""{"files":[{"path":"{{{Person}}}/{{{Phone}}}.zip","size":10,"modified":1}]}"""),
            ("/sign-in", "application/x-www-form-urlencoded", $"name=li&password={Password}"),
            ("/password-strength", "application/x-www-form-urlencoded", $"Ticket={Token}&NewPassword={Password}"),
        })
        {
            using var content = new StringContent(body, Encoding.UTF8, type);
            using var answer = await client.PostAsync(path, content, TestContext.Current.CancellationToken);
        }
    }
}
