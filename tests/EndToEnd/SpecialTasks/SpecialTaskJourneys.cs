using System.Text.RegularExpressions;
using CityOps.Gis.Tests.EndToEnd.Cases;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd.SpecialTasks;

/// <summary>A special task from its making to its ticks, in the real browser.</summary>
public sealed class SpecialTaskJourneys(CaseMap city) : IClassFixture<CaseMap>
{
    [Theory]
    [InlineData("zh-CN", ColorScheme.Light)]
    [InlineData("en-GB", ColorScheme.Dark)]
    public async Task A_task_is_drawn_on_the_map_ticked_off_in_a_grid_and_its_colour_follows(string language, ColorScheme theme)
    {
        string address;
        await using (var leader = await city.As("陈丽", "/special-tasks", language))
        {
            await leader.Page.EmulateMediaAsync(new() { ColorScheme = theme });
            await leader.Page.Locator("[data-new-task]").ClickAsync();
            await leader.Page.Locator("[data-make-task]").ClickAsync();
            await Expect(leader.Page.Locator("[data-refused]")).ToBeVisibleAsync();
            await leader.Page.Locator("#special-title").FillAsync("防台风广告牌检查");
            await leader.Page.Locator("[data-item='0']").FillAsync("广告牌牢固");
            await leader.Page.Locator("[data-add-item]").ClickAsync();
            await leader.Page.Locator("[data-item='1']").FillAsync("沿街无堆物");
            await leader.Page.Locator(".item").Nth(1).Locator("select").SelectOptionAsync("06036");
            await leader.Drawn();
            await leader.Page.Locator("[data-draw]").ClickAsync();
            await Draw(leader);
            await Expect(leader.Page.Locator("#special-area-0")).ToHaveCountAsync(0);
            await leader.Keep($"special-new-{theme}-{language}");
            await leader.Page.Locator("[data-make-task]").ClickAsync();
            await Expect(leader.Page.Locator("[data-grids]")).ToBeVisibleAsync();
            address = new Uri(leader.Page.Url).PathAndQuery;
            Assert.Matches(new Regex("task=\\d+"), address);
            Assert.Equal("", string.Join('\n', leader.Complaints));
        }
        await using var tab = await city.As("林海", address, language);
        await tab.Page.EmulateMediaAsync(new() { ColorScheme = theme });
        var grid = (await tab.Page.Locator("[data-special-grid]").First.GetAttributeAsync("data-special-grid"))!;
        await tab.Page.Locator($"[data-special-grid='{grid}']").ClickAsync();
        await tab.Page.Locator("[data-check='1'] [data-tick=in-order]").ClickAsync();
        await tab.Page.Locator("[data-tick-send]").ClickAsync();
        await Expect(tab.Page.Locator("[data-check='1'][data-check-state=in-order]")).ToBeVisibleAsync();
        await tab.Page.Locator("[data-check='2'] [data-tick=not-in-order]").ClickAsync();
        await tab.Page.Locator("#tick-note").FillAsync("店外堆放杂物。");
        await tab.Page.Locator("[data-tick-send]").ClickAsync();
        await Expect(tab.Page.Locator("[data-check='2'] [data-filed-case]")).ToBeVisibleAsync();
        await tab.Drawn();
        await tab.Keep($"special-checklist-{theme}-{language}");
        await tab.Page.Locator("[data-back-to-task]").ClickAsync();
        await Expect(tab.Page.Locator($"[data-special-grid='{grid}'] [data-grid-state=not-in-order]")).ToBeVisibleAsync();
        await tab.Drawn();
        await tab.Keep($"special-task-{theme}-{language}");
        Assert.Equal(1, await city.Database.Value<long>($"select count(*) from gis.cases c join special.tick t on t.case_fid = c.fid where c.class_code = '06036' and c.grid_code = t.grid_code and t.grid_code = '{grid}' and t.task = {address.Split("task=")[1].Split('&')[0]}"));
        Assert.Equal("", string.Join('\n', tab.Complaints));
        Assert.Empty(await AccessibilityTests.Faults(tab));
    }

    // The last click on the first corner closes it.
    static async Task Draw(MapTab tab)
    {
        foreach (var (longitude, latitude) in new[] { (118.0725, 24.4630), (118.0785, 24.4630), (118.0785, 24.4680), (118.0725, 24.4680), (118.0725, 24.4630) })
        {
            var at = await tab.PixelOf(longitude, latitude);
            await tab.Page.Mouse.ClickAsync(at.X, at.Y);
        }
    }
}
