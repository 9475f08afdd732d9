using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd.Cases;

/// <summary>Time limits and the working calendar in the real browser.</summary>
public sealed class CaseRulesJourneys(CaseMap city) : IClassFixture<CaseMap>
{
    [Theory]
    [InlineData("zh-CN", ColorScheme.Light)]
    [InlineData("en-GB", ColorScheme.Dark)]
    public async Task An_administrator_sets_a_limit_edits_it_and_takes_it_back(string language, ColorScheme theme)
    {
        await using var tab = await city.As("管理员", "/administration/cases", language);
        await tab.Page.EmulateMediaAsync(new() { ColorScheme = theme });
        await tab.Page.Locator("[data-limit-prefix]").FillAsync("03001");
        await tab.Page.Locator("[data-limit-amount]").FillAsync("6");
        await tab.Page.Locator("[data-limit-set]").ClickAsync();
        var limit = tab.Page.Locator("[data-limit='handle|03001']");
        await Expect(limit).ToContainTextAsync("6");
        await limit.Locator("[data-limit-edit]").ClickAsync();
        await Expect(tab.Page.Locator("[data-limit-amount]")).ToBeFocusedAsync();
        await Expect(tab.Page.Locator("[data-limit-prefix]")).ToHaveValueAsync("03001");
        await tab.Page.Locator("[data-limit-amount]").FillAsync("7");
        await tab.Page.Locator("[data-limit-set]").ClickAsync();
        await Expect(limit).ToContainTextAsync("7");
        await tab.Keep($"case-rules-{theme}-{language}");
        Assert.Equal("", string.Join('\n', tab.Complaints));
        Assert.Empty(await AccessibilityTests.Faults(tab));

        await limit.Locator("[data-limit-drop]").ClickAsync();
        await Expect(limit).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("zh-CN", ColorScheme.Light, 2032)]
    [InlineData("en-GB", ColorScheme.Dark, 2033)]
    public async Task A_day_a_list_and_the_hours_of_a_week_make_a_calendar(string language, ColorScheme theme, int year)
    {
        await using var tab = await city.As("管理员", $"/administration/calendar?year={year}", language);
        await tab.Page.EmulateMediaAsync(new() { ColorScheme = theme });
        await Expect(tab.Page.Locator("[data-no-holidays]")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("[data-on]")).ToHaveCountAsync(year == 2032 ? 366 : 365);
        // The form stays in sight while a day far below is chosen.
        await tab.Page.Locator($"[data-on='{year}-12-24']").ClickAsync();
        await Expect(tab.Page.Locator("[data-day-set]")).ToBeInViewportAsync();
        await tab.Page.Locator($"[data-on='{year}-05-03']").ClickAsync();
        await Expect(tab.Page.Locator("[data-day]")).ToHaveValueAsync($"{year}-05-03");
        await tab.Page.Locator("[data-day-kind]").SelectOptionAsync("free");
        await tab.Page.Locator("[data-day-set]").ClickAsync();
        await Expect(tab.Page.Locator("[data-fault]")).ToBeVisibleAsync();
        await tab.Page.Locator("[data-day-name]").FillAsync("劳动节");
        await tab.Page.Locator("[data-day-set]").ClickAsync();
        await Expect(tab.Page.Locator($"[data-on='{year}-05-03']")).ToHaveAttributeAsync("data-kind", "free");

        await tab.Page.Locator("[data-list]").FillAsync($"{year}-10-01,free,国庆节\n{year}-10-0x,free,国庆节");
        await tab.Page.Locator("[data-list-import]").ClickAsync();
        await Expect(tab.Page.Locator("[data-list-faults] li")).ToContainTextAsync("2");
        await Expect(tab.Page.Locator("[data-holidays]")).ToHaveAttributeAsync("data-holidays", "1");
        await tab.Page.Locator("[data-list-file]").SetInputFilesAsync(new FilePayload { Name = "days.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes($"date,kind,name\n{year}-10-01,free,国庆节\n{year}-10-02,free,国庆节\n{year}-10-09,worked,国庆节\n") });
        await Expect(tab.Page.Locator("[data-list]")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("worked"));
        await tab.Page.Locator("[data-list-import]").ClickAsync();
        await Expect(tab.Page.Locator("[data-list-form] [data-done]")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator($"[data-on='{year}-10-09']")).ToHaveAttributeAsync("data-kind", "worked");
        await Expect(tab.Page.Locator("[data-holidays]")).ToHaveAttributeAsync("data-holidays", "4");

        var saturday = tab.Page.Locator("[data-hours=Saturday]");
        await saturday.FillAsync("9-11");
        await tab.Page.Locator("[data-hours-set]").ClickAsync();
        await Expect(tab.Page.Locator("[data-fault]")).ToBeVisibleAsync();
        await saturday.FillAsync("9:00–11:30");
        await tab.Page.Locator("[data-hours-set]").ClickAsync();
        await Expect(saturday).ToHaveValueAsync("09:00-11:30");
        Assert.Equal("09:00:00", await city.Database.Value<string>("select from_time::text from cases.working_hours where weekday = 6"));
        await tab.Keep($"working-calendar-{theme}-{language}");
        await tab.Page.EvaluateAsync("() => scrollTo(0, 0)");
        await tab.Keep($"working-calendar-year-{theme}-{language}");
        Assert.Equal("", string.Join('\n', tab.Complaints));
        Assert.Empty(await AccessibilityTests.Faults(tab));

        await saturday.FillAsync("");
        await tab.Page.Locator("[data-hours-set]").ClickAsync();
        await Expect(tab.Page.Locator("[data-done]")).ToBeVisibleAsync();
        await tab.Page.Locator("[data-day]").FillAsync($"{year}-05-03");
        await Expect(tab.Page.Locator("[data-day-name]")).ToHaveValueAsync("劳动节");
        await tab.Page.Locator("[data-day-kind]").SelectOptionAsync("weekday");
        await tab.Page.Locator("[data-day-set]").ClickAsync();
        await Expect(tab.Page.Locator($"[data-on='{year}-05-03']")).ToHaveAttributeAsync("data-kind", "weekday");
    }

    [Theory]
    [InlineData("/administration/cases")]
    [InlineData("/administration/calendar")]
    public async Task Nobody_else_opens_the_page(string address)
    {
        await using var tab = await city.As("陈丽", address);
        await Expect(tab.Page.Locator("[data-not-allowed]")).ToBeVisibleAsync();
    }
}
