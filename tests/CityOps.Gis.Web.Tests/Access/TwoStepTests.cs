using System.Net;
using CityOps.Gis.Access;
using CityOps.Gis.Testing;
using CityOps.Gis.Web;
using Xunit;

namespace CityOps.Gis.Tests.Web.Access;

/// <summary>Where administrators are asked for the second step, a stolen password administers nothing.</summary>
public sealed class TwoStepTests(SignInServer server) : IClassFixture<SignInServer>
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_administrator_without_the_second_step_sees_the_map_and_administers_with_it()
    {
        var (id, name, password) = await server.Person(Role.Administrator);
        var options = server.Options("http://127.0.0.1:0");
        await using var host = GisWebHost.Build(options with { Access = options.Access with { AdministersByTwoSteps = true } });
        await host.StartAsync(Cancel);

        using (var alone = server.Browser(host.Urls.First()))
        {
            await SignInServer.SignIn(alone, name, password);
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (await Status(alone, "/api/layers"), await Status(alone, "/audit/entries.csv")));
        }
        var key = await server.WithPerson(id, async (people, person) =>
        {
            await people.ResetAuthenticatorKeyAsync(person);
            await people.SetTwoFactorEnabledAsync(person, true);
            return (await people.GetAuthenticatorKeyAsync(person))!;
        });
        using var both = server.Browser(host.Urls.First());
        var asked = await SignInServer.SignIn(both, name, password);
        await SignInServer.Send(both, asked, ("Code", AuthenticatorApp.Code(key, DateTimeOffset.UtcNow)));

        Assert.Equal(HttpStatusCode.OK, await Status(both, "/audit/entries.csv"));
        await host.StopAsync(Cancel);
    }

    static async Task<HttpStatusCode> Status(HttpClient browser, string path)
    {
        using var answer = await browser.GetAsync(path, Cancel);
        return answer.StatusCode;
    }
}
