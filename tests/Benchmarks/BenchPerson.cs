using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CityOps.Gis.Benchmarks;

/// <summary>The one who asks the product's questions in a bench: an administrator, added at the console and signed in by the form, as people are.</summary>
static partial class BenchPerson
{
    const string Cookie = "cityops.session", Password = "eleven geese over the bench";

    /// <summary>The cookie of a new session: <c>name=value</c>.</summary>
    public static async Task<string> SignIn(string program, string connection, string url)
    {
        var name = "bench-" + Guid.NewGuid().ToString("N")[..8];
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new(url) };
        var page = await http.GetStringAsync("/sign-in");
        page = await (await Send(http, page, ("Name", name), ("Password", Add(program, connection, name)))).Content.ReadAsStringAsync();
        using var answer = await Send(http, page, ("NewPassword", Password), ("Repeated", Password));
        return answer.Headers.GetValues("Set-Cookie").First(cookie => cookie.StartsWith(Cookie + "=", StringComparison.Ordinal)).Split(';')[0];
    }

    /// <summary>The cookie as clients keep it.</summary>
    public static Cookie Of(string cookie, string url) => new(Cookie, cookie[(Cookie.Length + 1)..], "/", new Uri(url).Host);

    static string Add(string program, string connection, string name)
    {
        var start = new ProcessStartInfo("dotnet", [program, "people", "add", name, "--role", "administrator", "--json"]) { RedirectStandardOutput = true };
        start.Environment["CITYOPS_DATABASE"] = connection;
        using var process = Process.Start(start)!;
        using var answer = JsonDocument.Parse(process.StandardOutput.ReadToEnd());
        return answer.RootElement.GetProperty("password").GetString()!;
    }

    static Task<HttpResponseMessage> Send(HttpClient http, string page, params (string Name, string Value)[] fields)
    {
        var hidden = Hidden().Matches(page).Select(input => KeyValuePair.Create(Attribute(input.Value, "name"), Attribute(input.Value, "value"))).Where(one => one.Key != "");
        return http.PostAsync("/sign-in", new FormUrlEncodedContent(hidden.Concat(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)))));
    }

    static string Attribute(string tag, string name) => WebUtility.HtmlDecode(Regex.Match(tag, $"{name}=\"([^\"]*)\"").Groups[1].Value);

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>")]
    private static partial Regex Hidden();
}
