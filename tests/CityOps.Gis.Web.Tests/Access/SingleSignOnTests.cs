using System.Net;
using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Access;
using CityOps.Gis.Web;
using CityOps.Gis.Web.Access.People;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace CityOps.Gis.Tests.Web.Access;

/// <summary>Signing in by the bureau's single sign-on, against OpenIddict.</summary>
public sealed class SingleSignOnTests(SignInServer server) : IClassFixture<SignInServer>, IAsyncLifetime
{
    OpenIdProvider? _provider;
    WebApplication? _host;

    public async ValueTask InitializeAsync()
    {
        _ = server.Database.Source;
        _provider = await OpenIdProvider.Start();
        var options = server.Options("http://127.0.0.1:0");
        _host = GisWebHost.Build(options with
        {
            Access = options.Access with
            {
                SingleSignOn = new(_provider.Authority, OpenIdProvider.ClientId, OpenIdProvider.Secret)
                {
                    Gives = new Dictionary<string, string[]> { ["grids-siming"] = ["grid-manager", "district:350203"], ["gis"] = ["administrator", "*"] },
                },
            },
        });
        await _host.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
        if (_provider is not null)
            await _provider.DisposeAsync();
    }

    [Fact]
    public async Task Who_comes_by_it_is_added_with_the_rights_of_their_groups_and_gets_to_where_they_wanted()
    {
        _provider!.Person = ("s1", "chen", "陈晨", ["grids-siming", "football"]);
        using var browser = server.Browser(_host!.Urls.First());

        Assert.Equal("/analysis", await Through(browser, "/sign-in/single?to=%2Fanalysis"));

        Assert.Equal(HttpStatusCode.OK, await Status(browser, "/api/layers"));
        var person = Assert.Single(await server.Get<PersonDirectory>().List(new("陈晨"), null));
        Assert.Equal(["grid-manager"], person.Rights.Roles);
        Assert.Equal((false, "350203"), (person.Rights.SeesWholeCity, Assert.Single(person.Rights.Scope.Districts)));
    }

    [Fact]
    public async Task Rights_are_those_of_the_groups_of_today()
    {
        _provider!.Person = ("s2", "lin", "林琳", ["gis"]);
        using var browser = server.Browser(_host!.Urls.First());
        await Through(browser, "/sign-in/single");
        Assert.Equal(HttpStatusCode.OK, await Status(browser, "/export/records"));

        _provider.Person = ("s2", "lin", "林琳", []);
        using var later = server.Browser(_host.Urls.First());
        await Through(later, "/sign-in/single");

        Assert.Equal(HttpStatusCode.Forbidden, await Status(later, "/api/layers"));
        Assert.Equal(HttpStatusCode.Forbidden, await Status(browser, "/export/records"));
    }

    [Fact]
    public async Task A_name_that_somebody_has_here_is_not_theirs_for_coming_by_it()
    {
        var (_, name, _) = await server.Person(Role.Administrator);
        _provider!.Person = ("s3", name, "Mallory", []);
        using var browser = server.Browser(_host!.Urls.First());
        await Through(browser, "/sign-in/single");

        Assert.Equal(HttpStatusCode.Forbidden, await Status(browser, "/api/layers"));
        Assert.Equal(2, (await server.Get<PersonDirectory>().List(new(name), null)).Count);
    }

    [Fact]
    public async Task Who_is_shut_out_here_does_not_get_in_there()
    {
        _provider!.Person = ("s4", "gone", "离职", ["grids-siming"]);
        await Through(server.Browser(_host!.Urls.First()), "/sign-in/single");
        Assert.Null(await server.Get<PersonRegister>().SetDisabled(Assert.Single(await server.Get<PersonDirectory>().List(new("离职"), null)).Rights.Id, true));
        using var browser = server.Browser(_host.Urls.First());

        Assert.Equal("/sign-in?failed=1", await Through(browser, "/sign-in/single"));
    }

    // To the provider and back, as a browser goes; ends at the first page of this site that is no step of signing in.
    async Task<string> Through(HttpClient browser, string address)
    {
        var at = new Uri(new Uri(_host!.Urls.First()), address);
        for (var steps = 0; steps < 6; steps++)
        {
            using var response = await browser.GetAsync(at);
            if (response.Headers.Location is not { } location)
                throw new InvalidOperationException($"{at} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
            at = new Uri(at, location);
            if (at.Authority == new Uri(_host.Urls.First()).Authority && at.AbsolutePath is not ("/signin-oidc" or "/sign-in/single"))
                return at.PathAndQuery;
        }
        throw new InvalidOperationException("It goes round in circles.");
    }

    static async Task<HttpStatusCode> Status(HttpClient browser, string path)
    {
        using var response = await browser.GetAsync(path);
        return response.StatusCode;
    }
}
