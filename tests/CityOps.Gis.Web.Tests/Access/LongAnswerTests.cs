using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Access;
using CityOps.Gis.Web.Access.Keys;
using CityOps.Gis.Web.Access.People;
using Xunit;

namespace CityOps.Gis.Tests.Web.Access;

/// <summary>Answers that go on for as long as a map is open end with the rights that they were asked with.</summary>
public sealed class LongAnswerTests(SignInServer server) : IClassFixture<SignInServer>
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("session ended")]
    [InlineData("scope changed")]
    [InlineData("shut out")]
    public async Task The_events_of_an_open_map_end_with_the_rights_of_the_session(string what)
    {
        var (id, name, password) = await server.Person(Role.GridManager, new() { Districts = ["350203"] });
        using var browser = server.Browser();
        await SignInServer.SignIn(browser, name, password);
        using var events = await Listen(browser);

        if (what == "session ended")
            await server.Get<Sessions>().EndAll(id, cancel: Cancel);
        else if (what == "scope changed")
            await server.Get<PersonRegister>().SetRights(id, [Role.GridManager.Id], seesWholeCity: false, new() { Districts = ["350206"] }, Cancel);
        else
            await server.Get<PersonRegister>().SetDisabled(id, true, Cancel);

        Assert.True(await Ends(events));
    }

    [Fact]
    public async Task The_events_asked_for_with_a_key_end_when_it_is_revoked_and_those_of_another_go_on()
    {
        using var browser = server.Browser();
        var (_, lost) = await server.Get<KeyRegister>().Make("lost", [Permission.View], null, DateTimeOffset.UtcNow.AddDays(1), Cancel);
        var (_, kept) = await server.Get<KeyRegister>().Make("kept", [Permission.View], null, DateTimeOffset.UtcNow.AddDays(1), Cancel);
        using var ending = await Listen(browser, lost);
        using var going = await Listen(browser, kept);
        var onward = Ends(going);

        await server.Get<KeyRegister>().Revoke((await server.Get<ApiKeys>().List(Cancel)).Single(key => lost.StartsWith(key.Prefix, StringComparison.Ordinal)), Cancel);

        Assert.True(await Ends(ending));
        Assert.False(onward.IsCompleted);
    }

    static async Task<StreamReader> Listen(HttpClient browser, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/tiles/events?layers=components");
        if (key is not null)
            request.Headers.Add("X-Api-Key", key);
        var response = await browser.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.True(response.IsSuccessStatusCode, response.StatusCode.ToString());
        var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancel));
        Assert.Equal("retry: 2000", await reader.ReadLineAsync(Cancel));
        return reader;
    }

    // Cut off, as there is no other way to end an answer that has begun.
    static async Task<bool> Ends(StreamReader events)
    {
        try
        {
            while (await events.ReadLineAsync(Cancel) is not null)
            {
            }
            return true;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
