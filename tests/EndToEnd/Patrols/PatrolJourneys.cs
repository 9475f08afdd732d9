using System.Globalization;
using System.Text.RegularExpressions;
using CityOps.Gis.PostGis.Patrols;
using CityOps.Gis.Tests.EndToEnd.Field;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd.Patrols;

/// <summary>The page of patrols in the real browser.</summary>
public sealed class PatrolJourneys(FieldMap city) : IClassFixture<FieldMap>
{
    // A day that no other test walks on.
    static readonly DateTimeOffset s_begun = new DateTimeOffset(DateTimeOffset.UtcNow.Date.AddDays(-3), TimeSpan.Zero).AddHours(1);
    static readonly string s_day = s_begun.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("zh-CN", ColorScheme.Light)]
    [InlineData("en-GB", ColorScheme.Dark)]
    public async Task A_supervisor_sees_who_was_where_how_much_was_covered_and_the_way_of_one(string language, ColorScheme theme)
    {
        await Walked();
        await using var tab = await city.Desk("陈丽", $"/patrols?day={s_day}", language);
        await tab.Page.EmulateMediaAsync(new() { ColorScheme = theme });
        await Expect(tab.Page.Locator("[data-people='2']")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("[data-grid]").First.Locator("[data-share]")).Not.ToHaveTextAsync("0 %");
        await tab.Drawn();
        await tab.Keep($"patrols-{theme}-{language}");
        Assert.Equal("", string.Join('\n', tab.Complaints));
        Assert.Empty(await AccessibilityTests.Faults(tab));

        await tab.Page.Locator("[data-person='林海']").ClickAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex($"day={s_day}&person="));
        await Expect(tab.Page.Locator("[data-person-open='林海'] [data-own-minutes]")).ToContainTextAsync(new Regex("1[0-9] (分钟|min)"));
        await Expect(tab.Page.Locator("[data-patrols='1']")).ToBeVisibleAsync();
        await tab.Drawn();
        await tab.Keep($"patrols-person-{theme}-{language}");
        await tab.Page.GoBackAsync();
        await Expect(tab.Page.Locator("[data-people='2']")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Grid_staff_see_their_own_day_and_who_was_nowhere_is_told_how_to_begin()
    {
        await Walked();
        await using var tab = await city.Desk("林海", $"/patrols?day={s_day}");
        await Expect(tab.Page.Locator("[data-people='1']")).ToBeVisibleAsync();
        await tab.Page.Locator("[data-day]").FillAsync("2020-05-01");
        await Expect(tab.Page.Locator("[data-no-patrols]")).ToBeVisibleAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex("day=2020-05-01"));
        await tab.Page.Locator("[data-day-before]").ClickAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex("day=2020-04-30"));
        await tab.Keep("patrols-empty");
    }

    // What is sent twice is there once.
    async Task Walked()
    {
        await city.Walked("林海", s_begun);
        await city.Walked("周敏", s_begun.AddHours(2), 40);
        Assert.Null(await city.As("林海", () => city.Services.GetRequiredService<PatrolRecords>().Put(Guid.Parse("8d6ad5c5-7e0c-4b3c-9f7e-0d9d0c7b1a11"), s_begun, s_begun.AddMinutes(20))));
    }
}
