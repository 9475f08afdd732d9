using System.Text.RegularExpressions;
using CityOps.Gis.Access;
using CityOps.Gis.Testing;
using CityOps.Gis.Web.Access.People;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd.Access;

/// <summary>What people are told of changes of their way of signing in, in a real browser.</summary>
public sealed class CredentialJourneys(SignInMap city) : IClassFixture<SignInMap>
{
    const string Chosen = "木棉花开在鹭岛的清晨六点";

    [Theory]
    [InlineData("zh-CN", "密码已更改", "陈管")]
    [InlineData("en-GB", "Password changed", "陈管")]
    public async Task Who_got_a_password_from_an_administrator_is_told_of_it_until_he_knows(string language, string what, string who)
    {
        var (id, name, _) = await city.Person(Role.Viewer);
        string? given;
        using (new Caller(Guid.NewGuid().ToString(), who, Role.Administrator.Permissions, null) { Address = "10.0.0.9" }.Enter())
            given = await city.Services.GetRequiredService<PersonRegister>().ResetPassword(id);
        await using var tab = await city.Blank(language);
        await tab.Page.GotoAsync(city.Root + "/account");
        await SignInMap.SignIn(tab, name, given!);
        await tab.Page.FillAsync("#new-password", Chosen);
        await tab.Page.FillAsync("#repeated", Chosen);
        await tab.Page.ClickAsync("button[type=submit]");

        var notice = tab.Page.Locator("[data-notice='1']");
        await Expect(notice).ToContainTextAsync(what);
        await Expect(notice).ToContainTextAsync(who);
        await Expect(notice).ToContainTextAsync("10.0.0.9");
        await AccessibilityTests.NothingSerious(tab, "credential-notice-" + language);
        await tab.Page.ReloadAsync();
        await Expect(notice).ToBeVisibleAsync();
        await tab.Page.ClickAsync("[data-notice-known]");
        await Expect(notice).ToHaveCountAsync(0);
        await tab.Page.ReloadAsync();
        await Expect(tab.Page.Locator("[data-sign-in-changes] li")).ToContainTextAsync(what);
        await Expect(tab.Page.Locator("[data-notice]")).ToHaveCountAsync(0);
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task On_the_phone_a_line_leads_to_what_was_changed()
    {
        var (id, name, password) = await city.Person(Role.GridManager, new() { Districts = ["350203"] });
        await city.Services.GetRequiredService<PersonRegister>().RemoveTwoFactor(id);
        await using var tab = await city.Blank();
        await tab.Page.SetViewportSizeAsync(400, 780);
        await tab.Page.GotoAsync(city.Root + "/field");
        await SignInMap.SignIn(tab, name, password);
        await Expect(tab.Page.Locator("[data-sign-in-changed]")).ToBeVisibleAsync();
        await tab.Keep("credential-notice-field");
        await tab.Page.ClickAsync("[data-sign-in-changed]");
        await Expect(tab.Page.Locator("[data-notice-known]")).ToBeVisibleAsync();
        await AccessibilityTests.NothingSerious(tab, "credential-notice-phone");
        Assert.True(await tab.IsNoWiderThanTheScreen(), "The page is wider than the screen.");
        await tab.Page.ClickAsync("[data-notice-known]");
        await tab.Page.GotoAsync(city.Root + "/field");
        await Expect(tab.Page.Locator("body[data-ready=true]")).ToBeAttachedAsync();
        await Expect(tab.Page.Locator("[data-sign-in-changed]")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Who_says_it_was_not_he_puts_the_other_sessions_out_and_an_administrator_sees_to_it()
    {
        var (id, name, password) = await city.Person(Role.Viewer);
        await using var thief = await city.Blank();
        await thief.Page.GotoAsync(city.Root + "/account");
        await SignInMap.SignIn(thief, name, password);
        await Expect(thief.Page.Locator("[data-who]")).ToBeVisibleAsync();
        await using var tab = await city.Blank();
        await tab.Page.GotoAsync(city.Root + "/account");
        await SignInMap.SignIn(tab, name, password);
        await Expect(tab.Page.Locator("[data-who]")).ToBeVisibleAsync();
        var account = city.Services.GetRequiredService<OwnAccount>();
        using (new Caller(id.ToString(), name, Role.Viewer.Permissions, null) { Address = "203.0.113.7" }.Enter())
        {
            var (key, _, _) = await account.BeginTwoFactor(id, password);
            await account.ConfirmTwoFactor(id, AuthenticatorApp.Code(key, DateTimeOffset.UtcNow));
        }

        await tab.Page.Locator("nav a[href='/grids']").ClickAsync();
        await Expect(tab.Page.Locator("[data-notice='1']")).ToContainTextAsync("203.0.113.7");
        await tab.Keep("credential-notice-map");
        await tab.Page.ClickAsync("[data-notice-not-mine]");
        await Expect(tab.Page.Locator("[data-notice-told]")).ToBeVisibleAsync();
        await tab.Keep("credential-notice-told");
        await Expect(thief.Page).ToHaveURLAsync(new Regex("/sign-in"), new() { Timeout = 15_000 });

        await using var admin = await city.SignedIn(Role.Administrator, "/account");
        var dispute = admin.Page.Locator("[data-disputes] li").Filter(new() { HasText = name });
        await Expect(dispute).ToContainTextAsync("两步验证已开启");
        await AccessibilityTests.NothingSerious(admin, "credential-dispute");
        await dispute.Locator("[data-settle]").ClickAsync();
        await Expect(dispute).ToHaveCountAsync(0);
        Assert.Empty(admin.Complaints);
    }
}
