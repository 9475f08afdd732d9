using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CityOps.Gis.Access;
using Xunit;

namespace CityOps.Gis.Tests.Web.Access;

/// <summary>The meter on the page where a first password is chosen, as its script asks for it.</summary>
public sealed class PasswordStrengthTests(SignInServer server) : IClassFixture<SignInServer>
{
    [Theory]
    [InlineData("password1234")]
    [InlineData("kettle moon")]
    [InlineData("zzzzzzzzzzzzzzzz")]
    [InlineData("kettle on the moon")]
    [InlineData("木棉花开在鹭岛的清晨六点")]
    [InlineData("(the old one)")]
    public async Task The_meter_says_what_the_form_will_say(string wanted)
    {
        var (_, name, given) = await server.Person(Role.Viewer, mustChange: true);
        using var browser = server.Browser();
        var page = await SignInServer.SignIn(browser, name, given);
        var password = wanted[0] == '(' ? given : wanted;

        using var answer = await Ask(browser, page, password);
        var weighed = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        var sent = await SignInServer.Send(browser, page, ("NewPassword", password), ("Repeated", password));

        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal(sent.Location is not null, weighed.GetProperty("isTaken").GetBoolean());
        Assert.Equal(sent.Location is not null, weighed.GetProperty("level").GetInt32() >= 3);
        if (sent.Fault is not null)
            Assert.Contains(sent.Fault, weighed.GetProperty("words").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_answers_only_who_is_about_to_choose_one_and_only_the_page_itself()
    {
        var (_, name, given) = await server.Person(Role.Viewer, mustChange: true);
        using var browser = server.Browser();
        var first = await SignInServer.Open(browser);
        using var early = await Ask(browser, first, "kettle on the moon");
        Assert.Equal(HttpStatusCode.Unauthorized, early.StatusCode);

        var page = await SignInServer.SignIn(browser, name, given);
        using var bare = await Ask(browser, page with { Hidden = page.Hidden.Where(one => !one.Key.StartsWith("__", StringComparison.Ordinal)).ToDictionary() }, "kettle on the moon");
        Assert.Equal(HttpStatusCode.BadRequest, bare.StatusCode);
        // In an address a password would stand in logs of proxies.
        using var told = await browser.GetAsync($"/password-strength?Ticket={Uri.EscapeDataString(page.Hidden["Ticket"])}&NewPassword=kettle", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, told.StatusCode);
    }

    [Fact]
    public async Task To_have_many_weighed_takes_no_sign_in_away_and_locks_nobody()
    {
        var (_, name, given) = await server.Person(Role.Viewer, mustChange: true);
        using var browser = server.Browser();
        var page = await SignInServer.SignIn(browser, name, given);
        for (var one = 0; one < 40; one++)
            using (await Ask(browser, page, "kettle on the moon " + one))
            {
                // What it says does not matter here.
            }
        Assert.NotNull((await SignInServer.Send(browser, page, ("NewPassword", "kettle on the moon"), ("Repeated", "kettle on the moon"))).Location);
    }

    static Task<HttpResponseMessage> Ask(HttpClient browser, SignInPage page, string password)
        => browser.PostAsync("/password-strength", new FormUrlEncodedContent([.. page.Hidden.Where(one => one.Key is "Ticket" or "__RequestVerificationToken"), new("NewPassword", password)]), TestContext.Current.CancellationToken);
}
