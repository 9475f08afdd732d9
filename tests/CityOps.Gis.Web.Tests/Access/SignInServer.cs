using System.Net;
using System.Text.RegularExpressions;
using CityOps.Gis.Access;
using CityOps.Gis.Queries;
using CityOps.Gis.Testing;
using CityOps.Gis.Web;
using CityOps.Gis.Web.Access.People;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CityOps.Gis.Tests.Web.Access;

/// <summary>The host as people meet it: they sign in. Rights are read anew for each request, so that tests need not wait.</summary>
public sealed partial class SignInServer : IAsyncLifetime
{
    public const int MostFailures = 3;
    WebApplication? _host;
    int _people;

    public PostGisDatabase Database { get; } = new();
    public WebApplication Host => _host!;
    public string Root => _host!.Urls.First();

    public async ValueTask InitializeAsync()
    {
        await Database.InitializeAsync();
        if (Database.ConnectionString == "")
            return;
        _host = GisWebHost.Build(Options("http://127.0.0.1:0"));
        await _host.StartAsync();
    }

    /// <summary>The options of the host, for another one on the same database.</summary>
    public GisWebOptions Options(string urls) => new()
    {
        ConnectionString = Database.ConnectionString, LayerFolders = [Path.Combine(AppContext.BaseDirectory, "layers")], Urls = urls,
        Access = new() { MostFailures = MostFailures, Relied = TimeSpan.Zero },
    };

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
        await Database.DisposeAsync();
    }

    public T Get<T>() where T : notnull
    {
        _ = Database.Source;
        return _host!.Services.GetRequiredService<T>();
    }

    /// <summary>A person with a name of their own.</summary>
    public async Task<(Guid Id, string Name, string Password)> Person(Role role, JurisdictionScope? scope = null, bool mustChange = false)
    {
        var register = Get<PersonRegister>();
        var name = $"person{Interlocked.Increment(ref _people)}";
        var (id, password, fault) = await register.Add(name, name, [role.Id], scope is null, scope ?? new(), mustChange);
        Assert.Null(fault);
        return (id, name, password);
    }

    /// <summary>What Identity itself keeps of a person.</summary>
    public async Task<T> WithPerson<T>(Guid id, Func<UserManager<Person>, Person, Task<T>> work)
    {
        await using var scope = Get<IServiceScopeFactory>().CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
        return await work(people, (await people.FindByIdAsync(id.ToString()))!);
    }

    /// <summary>A browser without scripts, of a reader of English.</summary>
    public CookieBrowser Browser(string? root = null) => new(new() { AllowAutoRedirect = false }) { BaseAddress = new(root ?? Root), DefaultRequestHeaders = { { "Accept-Language", "en" } } };

    /// <summary>Fills in the sign-in form and sends it.</summary>
    public static async Task<SignInPage> Send(HttpClient browser, SignInPage page, params (string Name, string Value)[] fields)
    {
        var form = new FormUrlEncodedContent(page.Hidden.Where(hidden => fields.All(field => field.Name != hidden.Key)).Select(one => KeyValuePair.Create(one.Key, one.Value)).Concat(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));
        using var response = await browser.PostAsync(page.Address, form);
        return await Read(page.Address, response);
    }

    public static async Task<SignInPage> Open(HttpClient browser, string address = "/sign-in")
    {
        using var response = await browser.GetAsync(address);
        return await Read(address, response);
    }

    /// <summary>Signs in with name and password; where that leads, the page says.</summary>
    public static async Task<SignInPage> SignIn(HttpClient browser, string name, string password, string address = "/sign-in")
        => await Send(browser, await Open(browser, address), ("Name", name), ("Password", password));

    static async Task<SignInPage> Read(string address, HttpResponseMessage response)
    {
        var html = await response.Content.ReadAsStringAsync();
        var hidden = Hidden().Matches(html).Select(input => (Name: Attribute(input.Value, "name"), Value: Attribute(input.Value, "value"))).Where(one => one.Name != "").ToDictionary(one => one.Name, one => one.Value);
        var fault = Fault().Match(html) is { Success: true } match ? WebUtility.HtmlDecode(match.Groups[1].Value) : null;
        return new(address, hidden, fault, response.Headers.Location?.OriginalString, html);
    }

    static string Attribute(string tag, string name) => WebUtility.HtmlDecode(Regex.Match(tag, $"{name}=\"([^\"]*)\"").Groups[1].Value);

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>")]
    private static partial Regex Hidden();

    [GeneratedRegex("data-fault[^>]*>([^<]*)<")]
    private static partial Regex Fault();
}
