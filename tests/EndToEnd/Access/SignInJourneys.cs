using System.Text.RegularExpressions;
using CityOps.Gis.Access;
using CityOps.Gis.Testing;
using CityOps.Gis.Web.Access.People;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd.Access;

/// <summary>How people get in, stay in and are put out, in a real browser.</summary>
public sealed class SignInJourneys(SignInMap city) : IClassFixture<SignInMap>
{
    [Fact]
    public async Task Somebody_signs_in_sees_the_map_they_asked_for_and_signs_out()
    {
        var (_, name, password) = await city.Person(Role.Viewer);
        await using var tab = await city.Blank();
        await tab.Page.GotoAsync(city.Root + "/?at=16/24.4600/118.0755");
        await SignInMap.SignIn(tab, name, "not the password");
        await Expect(tab.Page.Locator("[data-fault]")).ToHaveTextAsync("用户名或密码不正确。");
        await tab.Keep("sign-in-wrong");

        await SignInMap.SignIn(tab, name, password);
        await tab.Map.WaitForAsync();
        Assert.Contains("at=16/24.46", tab.Page.Url, StringComparison.Ordinal);
        await tab.Drawn();
        await tab.Page.ClickAsync("[data-person]");
        await Expect(tab.Page.Locator(".who")).ToContainTextAsync("查看者");
        await tab.Keep("person-menu");

        await tab.Page.ClickAsync("[data-sign-out]");
        await Expect(tab.Page).ToHaveURLAsync(new Regex("/sign-in"));
        await tab.Page.GotoAsync(city.Root + "/grids");
        await Expect(tab.Page.Locator("#password")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Too_many_wrong_passwords_lock_with_a_sentence_that_says_for_how_long()
    {
        var (_, name, password) = await city.Person(Role.Viewer);
        await using var tab = await city.Blank("en-GB");
        await tab.Page.GotoAsync(city.Root + "/sign-in");
        for (var left = SignInMap.MostFailures; left > 0; left--)
            await SignInMap.SignIn(tab, name, "not the password");

        await SignInMap.SignIn(tab, name, password);

        await Expect(tab.Page.Locator("[data-fault]")).ToContainTextAsync("Try again in 15 minutes");
    }

    [Theory]
    [InlineData("zh-CN", "强度：足够。", "连续的字母或数字")]
    [InlineData("en-GB", "Strong enough.", "letters or digits in a row")]
    public async Task Who_chooses_a_password_sees_how_strong_it_is_and_why_it_is_not_enough(string language, string enough, string weak)
    {
        var (name, given) = (language[..2] + ".meter", "");
        (_, given, _) = await city.Services.GetRequiredService<PersonRegister>().Add(name, name, [Role.Viewer.Id], true, new());
        await using var tab = await city.Blank(language);
        await tab.Page.GotoAsync(city.Root + "/sign-in?to=%2Faccount");
        await SignInMap.SignIn(tab, name, given);
        await Expect(tab.Page.Locator("[data-strength] meter")).ToBeHiddenAsync();
        await tab.Page.Locator("#new-password").PressSequentiallyAsync("abcdefghijkl");
        await Expect(tab.Page.Locator("[data-strength-words]")).ToContainTextAsync(weak);
        await Expect(tab.Page.Locator("[data-strength]")).ToHaveAttributeAsync("data-level", new Regex("^[012]$"));
        await AccessibilityTests.NothingSerious(tab, "password-meter-weak-" + language);
        await tab.Page.FillAsync("#new-password", "kettle on moon");
        await Expect(tab.Page.Locator("[data-strength-words]")).ToHaveTextAsync(enough);
        await tab.Page.FillAsync("#repeated", "kettle on moon");
        await tab.Keep("password-meter-good-" + language);
        await tab.Page.ClickAsync("button[type=submit]");

        await tab.Page.Locator("[data-wanted]").PressSequentiallyAsync("abcdefghijkl");
        await Expect(tab.Page.Locator("[data-strength-words]")).ToContainTextAsync(weak);
        await tab.Keep("password-meter-account-" + language);
        await tab.Page.FillAsync("[data-wanted]", "木棉花开在鹭岛的清晨六点");
        await Expect(tab.Page.Locator("[data-strength]")).ToHaveAttributeAsync("data-level", new Regex("^[34]$"));
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_person_turns_the_second_step_on_by_an_app_and_signs_in_with_its_code()
    {
        var (_, name, password) = await city.Person(Role.Viewer);
        await using var tab = await city.Blank();
        await tab.Page.GotoAsync(city.Root + "/account");
        await SignInMap.SignIn(tab, name, password);
        await tab.Page.FillAsync("[data-two-factor-password]", password);
        await tab.Page.ClickAsync("[data-turn-on]");
        var key = await tab.Page.Locator("[data-key]").InnerTextAsync();
        await tab.Keep("two-factor");
        // Each code counts once: the one of half a minute ago switches it on, that of now signs in.
        await tab.Page.FillAsync("[data-code]", AuthenticatorApp.Code(key, DateTimeOffset.UtcNow.AddSeconds(-30)));
        await tab.Page.ClickAsync("[data-confirm]");
        await Expect(tab.Page.Locator("[data-recovery-codes]")).ToBeVisibleAsync();

        await tab.Page.ClickAsync("[data-person]");
        await tab.Page.ClickAsync("[data-sign-out]");
        await SignInMap.SignIn(tab, name, password);
        await Expect(tab.Page.Locator("#code")).ToBeVisibleAsync();
        await tab.Keep("sign-in-code");
        await tab.Page.FillAsync("#code", AuthenticatorApp.Code(key, DateTimeOffset.UtcNow));
        await tab.Page.ClickAsync("button[type=submit]");

        await tab.Map.WaitForAsync();
    }

    [Fact]
    public async Task An_administrator_adds_a_person_with_a_district_who_sees_that_district_alone()
    {
        await using var admin = await city.SignedIn(Role.Administrator, "/administration");
        await admin.Page.ClickAsync("[data-new-person]");
        await admin.Page.FillAsync("[data-user-name]", "chen.li");
        await admin.Page.FillAsync("[data-display-name]", "陈丽");
        await admin.Page.CheckAsync("[data-area='350203']");
        await Expect(admin.Page.Locator(".chosen")).ToContainTextAsync("思明区");
        await admin.Keep("administration-new");
        await admin.Page.ClickAsync("[data-make]");
        var password = (await admin.Page.Locator("[data-secret] code").InnerTextAsync()).Trim();
        await Expect(admin.Page.Locator("[data-person-row='chen.li']")).ToBeVisibleAsync();

        await using var tab = await city.Blank();
        await tab.Page.GotoAsync(city.Root + "/");
        await SignInMap.SignIn(tab, "chen.li", password);
        await tab.Page.FillAsync("#new-password", "木棉花开在鹭岛的清晨六点");
        await tab.Page.FillAsync("#repeated", "木棉花开在鹭岛的清晨六点");
        await tab.Keep("sign-in-new-password");
        await tab.Page.ClickAsync("button[type=submit]");
        await tab.Map.WaitForAsync();
        await tab.Drawn();

        var seen = await tab.Page.EvaluateAsync<string[]>("""
            async () => (await (await fetch('/ogc/collections/components/items?limit=1000', { headers: { Accept: 'application/geo+json' } })).json()).features.map(one => one.properties.district_code)
            """);
        Assert.Equal(["350203"], seen.Distinct());
    }

    [Fact]
    public async Task An_open_page_of_someone_who_is_shut_out_leads_to_the_sign_in_by_itself()
    {
        var (id, name, password) = await city.Person(Role.Viewer);
        await using var tab = await city.Blank();
        await tab.Page.GotoAsync(city.Root + "/grids");
        await SignInMap.SignIn(tab, name, password);
        await tab.Map.WaitForAsync();

        await city.Services.GetRequiredService<PersonRegister>().SetDisabled(id, true);

        await Expect(tab.Page).ToHaveURLAsync(new Regex("/sign-in\\?to=%2Fgrids"), new() { Timeout = 15_000 });
    }

    [Fact]
    public async Task Views_are_kept_with_the_person_and_not_with_the_browser()
    {
        var (_, name, password) = await city.Person(Role.Viewer);
        for (var browser = 0; browser < 2; browser++)
        {
            await using var tab = await city.Blank();
            await tab.Page.GotoAsync(city.Root + "/grids");
            await SignInMap.SignIn(tab, name, password);
            await tab.Page.ClickAsync("[data-views]");
            if (browser == 0)
            {
                await tab.Page.FillAsync("[data-view-name]", "早班");
                await tab.Page.ClickAsync("[data-view-save]");
            }
            await Expect(tab.Page.Locator("[data-view='早班']")).ToBeVisibleAsync();
        }
    }
}
