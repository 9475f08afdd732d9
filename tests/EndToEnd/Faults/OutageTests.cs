using System.Globalization;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd.Faults;

/// <summary>The database goes away under people's hands and comes back.</summary>
public sealed class OutageTests(OutageMap city) : IClassFixture<OutageMap>
{
    /// <summary>Milliseconds.</summary>
    const int Patience = 30_000;
    static readonly string AtCover = string.Create(CultureInfo.InvariantCulture, $"/?at=19/{Coast.LonelyLatitude}/{Coast.LonelyLongitude}");

    [Fact]
    public async Task While_the_database_is_away_the_page_says_so_keeps_what_was_typed_and_saves_it_afterwards()
    {
        await using var tab = await Editing("zh-CN", ColorScheme.Light);
        await tab.Panel.Locator("#edit-remark").FillAsync("井盖边缘开裂，待更换");
        await tab.Page.EvaluateAsync("() => { window.before = true; }");

        city.Server.Stop();
        await Expect(tab.Page.Locator("[data-outage=yes]")).ToContainTextAsync("数据库暂时没有应答", new() { Timeout = Patience });
        // Whatever is tried meanwhile ends in nothing worse than a sentence.
        await tab.Panel.Locator("[data-save]").ClickAsync();
        await Expect(tab.Panel.Locator("[data-form-fault]")).ToBeVisibleAsync(new() { Timeout = Patience });
        await tab.Page.Locator(".search input").FillAsync("井盖");
        await tab.Page.WaitForTimeoutAsync(500);
        await tab.Keep("outage-form");
        await Expect(tab.Panel.Locator("#edit-remark")).ToHaveValueAsync("井盖边缘开裂，待更换");

        city.Server.Start();
        await Expect(tab.Page.Locator("[data-outage=no]")).ToHaveCountAsync(1, new() { Timeout = Patience });
        await Expect(tab.Panel.Locator("#edit-remark")).ToHaveValueAsync("井盖边缘开裂，待更换");
        await tab.Panel.Locator("[data-save]").ClickAsync();
        await Expect(tab.Panel.Locator("[data-saved]")).ToBeVisibleAsync(new() { Timeout = Patience });
        Assert.True(await tab.Page.EvaluateAsync<bool>("() => window.before === true"));
        Assert.Equal("井盖边缘开裂，待更换", (await city.Row($"select remark from gis.components where code = '{Coast.LonelyCode}'"))[0]);
    }

    [Fact]
    public async Task A_page_that_is_opened_while_the_database_is_dead_opens_by_itself_when_it_is_back()
    {
        city.Server.KillServer();
        await using var tab = await city.Open(AtCover, "en-GB", ColorScheme.Dark);
        await Expect(tab.Page.Locator("[data-outage=yes]")).ToContainTextAsync("does not answer", new() { Timeout = Patience });
        await tab.Page.WaitForTimeoutAsync(1_500);
        await Expect(tab.Page.Locator("[data-outage=yes]")).ToContainTextAsync("does not answer");
        await tab.Keep("outage-opened-en-dark");

        city.Server.Start();
        await tab.Map.WaitForAsync(new() { Timeout = Patience });
        await tab.Drawn();
        await tab.ClickMiddle();
        await Expect(tab.Panel.Locator("[data-key]")).ToHaveTextAsync(Coast.LonelyCode, new() { Timeout = Patience });
    }

    async Task<MapTab> Editing(string language, ColorScheme look)
    {
        var fid = (await city.Row($"select fid from gis.components where code = '{Coast.LonelyCode}'"))[0];
        var tab = await city.Open($"{AtCover}&feature=components/{fid}", language, look);
        await tab.Panel.Locator("[data-edit]").ClickAsync();
        await Expect(tab.Panel.Locator("[data-form]")).ToBeVisibleAsync(new() { Timeout = Patience });
        await tab.Drawn();
        return tab;
    }
}
