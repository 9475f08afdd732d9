using System.Net;
using CityOps.Gis.Access;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd.Access;

/// <summary>Keys, sessions and the audit log in a real browser, and what axe-core says of the pages.</summary>
public sealed class AdministrationJourneys(SignInMap city) : IClassFixture<SignInMap>
{
    [Fact]
    public async Task A_key_is_made_shown_once_used_and_revoked()
    {
        await using var tab = await city.SignedIn(Role.Administrator, "/administration/keys");
        await Expect(tab.Page.Locator("[data-nothing]")).ToBeVisibleAsync();
        await tab.Page.ClickAsync("[data-new-key]");
        await tab.Page.FillAsync("[data-key-name]", "夜间导出");
        await tab.Page.CheckAsync("[data-whole-city]");
        await tab.Page.ClickAsync("[data-make]");
        var key = (await tab.Page.Locator("[data-secret] code").InnerTextAsync()).Trim();
        await tab.Keep("administration-key");
        Assert.Equal(HttpStatusCode.OK, await Status(key));

        await tab.Page.ClickAsync("[data-key-row='夜间导出'] [data-revoke]");
        await Expect(tab.Page.Locator("[data-key-row='夜间导出'] .badge")).ToHaveTextAsync("已吊销");

        Assert.Equal(HttpStatusCode.Unauthorized, await Status(key));
        await tab.Page.ReloadAsync();
        await Expect(tab.Page.Locator("[data-key-row='夜间导出']")).ToBeVisibleAsync();
        Assert.Empty(await tab.Page.Locator("[data-secret]").AllAsync());
    }

    [Fact]
    public async Task An_administrator_finds_in_the_log_what_a_person_did()
    {
        var (_, name, password) = await city.Person(Role.Analyst);
        await using (var analyst = await city.Blank())
        {
            await analyst.Page.GotoAsync(city.Root + "/account");
            await SignInMap.SignIn(analyst, name, password);
            await analyst.Page.Locator("[data-who]").WaitForAsync();
            await analyst.Page.EvaluateAsync("async () => (await fetch('/export/cameras.csv')).text()");
        }
        await using var tab = await city.SignedIn(Role.Administrator, "/audit");
        await tab.Page.FillAsync("[data-who]", name);
        await tab.Page.ClickAsync("[data-audit-search]");

        await Expect(tab.Page.Locator("[data-entry]")).ToHaveCountAsync(2);
        await Expect(tab.Page.Locator("[data-entry=exported]")).ToContainTextAsync("摄像头");
        await tab.Keep("audit");
        await tab.Page.SelectOptionAsync("[data-kind]", "signed-in");
        await tab.Page.ClickAsync("[data-audit-search]");
        await Expect(tab.Page.Locator("[data-entry]")).ToHaveCountAsync(1);
        var csv = await tab.Page.EvaluateAsync<string>("async () => (await fetch(document.querySelector('[data-csv]').href)).text()");
        Assert.Equal(2, csv.TrimEnd().Split('\n').Length);
    }

    [Fact]
    public async Task An_administrator_ends_the_session_of_somebody_else()
    {
        var (_, name, password) = await city.Person(Role.Viewer);
        await using var other = await city.Blank();
        await other.Page.GotoAsync(city.Root + "/account");
        await SignInMap.SignIn(other, name, password);
        await other.Page.Locator("[data-who]").WaitForAsync();
        await using var tab = await city.SignedIn(Role.Administrator, "/administration/sessions");

        await tab.Page.Locator($"tr:has-text('{name}') [data-end]").ClickAsync();

        await Expect(tab.Page.Locator($"tr:has-text('{name}')")).ToHaveCountAsync(0);
        await Expect(other.Page.Locator("#password")).ToBeVisibleAsync(new() { Timeout = 15_000 });
        Assert.NotNull(await city.Database.Value<string>("select address from cityops.audit_entry where kind = 'session-ended' order by id desc limit 1"));
    }

    [Theory]
    [InlineData("zh-CN", "离职人员-")]
    [InlineData("en-GB", "Former person ")]
    public async Task The_personal_data_of_who_was_shut_out_are_taken_out(string language, string pseudonym)
    {
        var (id, name, _) = await city.Person(Role.Viewer);
        await using var tab = await city.SignedIn(Role.Administrator, $"/administration?person={id}", language);
        await tab.Page.ClickAsync("[data-disable]");
        await tab.Page.ClickAsync("[data-take-out]");
        await Expect(tab.Page.Locator("[data-take-out-now]")).ToBeVisibleAsync();
        await AccessibilityTests.NothingSerious(tab, "take-out-" + language);
        await tab.Page.ClickAsync("[data-take-out-now]");

        await Expect(tab.Page.Locator("[data-taken-out]")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("[data-person-form] h3").First).ToContainTextAsync(pseudonym);
        await Expect(tab.Page.Locator("[data-enable]")).ToHaveCountAsync(0);
        await Expect(tab.Page.Locator($"[data-person-row='{name}']")).ToHaveCountAsync(0);
        await AccessibilityTests.NothingSerious(tab, "taken-out-" + language);
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_person_takes_home_what_is_stored_about_him()
    {
        await using var tab = await city.SignedIn(Role.Viewer, "/account", "en-GB");
        var waiting = tab.Page.WaitForDownloadAsync();
        await tab.Page.ClickAsync("[data-own-data-file]");
        var file = await waiting;

        Assert.Equal("my-data.json", file.SuggestedFilename);
        using var data = System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(await file.PathAsync(), TestContext.Current.CancellationToken));
        Assert.Single(data.RootElement.GetProperty("account").EnumerateArray());
        await tab.Keep("own-data");
    }

    [Fact]
    public async Task A_viewer_is_told_that_administration_is_not_for_them()
    {
        await using var tab = await city.SignedIn(Role.Viewer, "/administration", "en-GB");

        await Expect(tab.Page.Locator("[data-not-allowed]")).ToContainTextAsync("Your role does not allow this page");
    }

    [Fact]
    public async Task An_administrator_sees_what_a_role_may_do_and_who_has_it_or_a_department()
    {
        await using var tab = await city.SignedIn(Role.Administrator, "/administration/roles", "en-GB");
        await Expect(tab.Page.Locator("[data-permission]")).ToHaveCountAsync(Enum.GetValues<Permission>().Length);
        foreach (var role in Role.All)
            await Expect(tab.Page.Locator($"td[data-role={role.Id}] [role=img]")).ToHaveCountAsync(role.Permissions.Count);
        var (_, name, _) = await city.Person(Role.Dispatcher);
        await tab.Page.ReloadAsync();
        await Expect(tab.Page.Locator("[data-people-of=dispatcher]")).ToHaveTextAsync(await city.Database.Value<string>("select count(*)::text from access.person_role r join access.person p on p.id = r.person_id where role = 'dispatcher' and not is_disabled") ?? "");
        await tab.Keep("administration-roles");
        await tab.Page.ClickAsync("[data-people-of=dispatcher]");
        await Expect(tab.Page.Locator($"[data-person-row='{name}']")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("[data-filtered]")).ToContainTextAsync("Dispatcher");
        Assert.Equal(0, await tab.Page.Locator("[data-people] tbody tr:not(:has-text('Dispatcher'))").CountAsync());

        await tab.Page.ClickAsync("nav.tabs a[href='/administration/departments']");
        var departments = await city.Database.Value<long>("select count(*) from gis.departments where end_date is null or end_date > current_date");
        await Expect(tab.Page.Locator(departments == 0 ? "[data-nothing]" : $"[data-departments='{departments}']")).ToBeVisibleAsync();
        await tab.Keep("administration-departments");
    }

    [Theory]
    [InlineData("/administration/roles", "zh-CN", ColorScheme.Dark)]
    [InlineData("/administration/departments", "zh-CN", ColorScheme.Light)]
    [InlineData("/account", "en-GB", ColorScheme.Light)]
    [InlineData("/account", "zh-CN", ColorScheme.Dark)]
    [InlineData("/administration?person=new", "zh-CN", ColorScheme.Light)]
    [InlineData("/administration?person=new", "en-GB", ColorScheme.Dark)]
    [InlineData("/administration/keys", "zh-CN", ColorScheme.Dark)]
    [InlineData("/administration/sessions", "en-GB", ColorScheme.Light)]
    [InlineData("/audit", "zh-CN", ColorScheme.Light)]
    [InlineData("/audit", "en-GB", ColorScheme.Dark)]
    public async Task Nothing_serious_is_found_on_the_pages(string address, string language, ColorScheme theme)
    {
        await using var tab = await city.SignedIn(Role.Administrator, address, language);
        await tab.Page.EmulateMediaAsync(new() { ColorScheme = theme });
        await Expect(tab.Page.Locator("main section").First).ToBeVisibleAsync();
        await tab.Page.WaitForTimeoutAsync(500);
        await tab.Keep($"access{address.Replace('/', '-').Split('?')[0]}-{theme}-{language}");

        // Before axe, which complains of the policy that it is under.
        Assert.Empty(tab.Complaints);
        Assert.Empty(await AccessibilityTests.Faults(tab));
    }

    [Theory]
    [InlineData("zh-CN", ColorScheme.Light)]
    [InlineData("en-GB", ColorScheme.Dark)]
    public async Task Nothing_serious_is_found_on_the_sign_in(string language, ColorScheme theme)
    {
        await using var tab = await city.Blank(language);
        await tab.Page.EmulateMediaAsync(new() { ColorScheme = theme });
        await tab.Page.GotoAsync(city.Root + "/sign-in");
        await tab.Keep($"access-sign-in-{theme}-{language}");

        // Before axe, which complains of the policy that it is under.
        Assert.Empty(tab.Complaints);
        Assert.Empty(await AccessibilityTests.Faults(tab));
    }

    async Task<HttpStatusCode> Status(string key)
    {
        using var http = new HttpClient { DefaultRequestHeaders = { { "X-Api-Key", key } } };
        using var response = await http.GetAsync(city.Root + "/ogc/collections");
        return response.StatusCode;
    }
}
