using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd.Cases;

/// <summary>Time limits and holidays in the real browser.</summary>
public sealed class CaseRulesJourneys(CaseMap city) : IClassFixture<CaseMap>
{
    [Theory]
    [InlineData("zh-CN", ColorScheme.Light)]
    [InlineData("en-GB", ColorScheme.Dark)]
    public async Task An_administrator_sets_a_limit_and_a_holiday_and_takes_them_back(string language, ColorScheme theme)
    {
        await using var tab = await city.As("管理员", "/administration/cases?year=2032", language);
        await tab.Page.EmulateMediaAsync(new() { ColorScheme = theme });
        await Expect(tab.Page.Locator("[data-no-holidays]")).ToBeVisibleAsync();
        await tab.Page.Locator("[data-limit-prefix]").FillAsync("03001");
        await tab.Page.Locator("[data-limit-amount]").FillAsync("6");
        await tab.Page.Locator("[data-limit-set]").ClickAsync();
        var limit = tab.Page.Locator("[data-limit='handle|03001']");
        await Expect(limit).ToContainTextAsync("6");
        await tab.Page.Locator("[data-holiday-day]").FillAsync("2032-01-01");
        await tab.Page.Locator("[data-holiday-name]").FillAsync("元旦");
        await tab.Page.Locator("[data-holiday-set]").ClickAsync();
        var holiday = tab.Page.Locator("[data-holiday='2032-01-01']");
        await Expect(holiday).ToContainTextAsync("元旦");
        await tab.Keep($"case-rules-{theme}-{language}");
        Assert.Equal("", string.Join('\n', tab.Complaints));
        Assert.Empty(await AccessibilityTests.Faults(tab));

        await limit.Locator("button").ClickAsync();
        await Expect(limit).ToHaveCountAsync(0);
        await holiday.Locator("button").ClickAsync();
        await Expect(holiday).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Nobody_else_opens_the_page()
    {
        await using var tab = await city.As("陈丽", "/administration/cases");
        await Expect(tab.Page.Locator("[data-not-allowed]")).ToBeVisibleAsync();
    }
}
