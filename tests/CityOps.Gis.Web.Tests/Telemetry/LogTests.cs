using System.Net.Http.Headers;
using System.Text;
using CityOps.Gis.Tests.Web.Safety;
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
        })
        {
            using var content = new StringContent(body, Encoding.UTF8, type);
            using var answer = await client.PostAsync(path, content, TestContext.Current.CancellationToken);
        }
    }
}
