using System.Text.Json;
using CityOps.Gis.Testing;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd;

/// <summary>axe-core, an engine nobody here wrote, finds nothing serious (WCAG 2.1 A and AA) on the pages, in light and dark and both languages.</summary>
public sealed class AccessibilityTests(CoastMap city)
{
    static readonly string Axe = Repository.PathOf("tests/fixtures/clients/node_modules/axe-core/axe.min.js");

    [Theory]
    [InlineData("zh-CN", ColorScheme.Light)]
    [InlineData("en-GB", ColorScheme.Light)]
    [InlineData("zh-CN", ColorScheme.Dark)]
    [InlineData("en-GB", ColorScheme.Dark)]
    public async Task Nothing_serious_is_found_on_the_map_with_its_panels_open(string language, ColorScheme theme)
    {
        await using var tab = await city.Open("/?at=16/24.4600/118.0755&table=components&bbox=118.07,24.455,118.08,24.465", language);
        await tab.Page.EmulateMediaAsync(new() { ColorScheme = theme });
        await tab.Page.Locator("[data-table-state=ready]").WaitForAsync();
        await tab.Page.Locator(".rows .row").First.ClickAsync();
        await Expect(tab.Panel).ToBeVisibleAsync();
        await tab.Page.Locator("[data-export] summary").ClickAsync();
        await tab.Page.Locator("[data-base-open]").ClickAsync();
        await tab.Drawn();
        await tab.Keep($"map-{theme}-{language}");
        Assert.Empty(await Faults(tab));
    }

    [Theory]
    [InlineData("en-GB", ColorScheme.Light)]
    [InlineData("zh-CN", ColorScheme.Dark)]
    public async Task Nothing_serious_is_found_on_the_analysis(string language, ColorScheme theme)
    {
        await using var tab = await city.Open("/analysis", language);
        await tab.Page.EmulateMediaAsync(new() { ColorScheme = theme });
        await Expect(tab.Page.Locator("[data-total]")).ToBeVisibleAsync();
        await tab.Drawn();
        await tab.Keep($"analysis-{theme}-{language}");
        Assert.Empty(await Faults(tab));
    }

    [Theory]
    [InlineData("/grids", "zh-CN", ColorScheme.Light)]
    [InlineData("/grids", "en-GB", ColorScheme.Dark)]
    [InlineData("/imports", "en-GB", ColorScheme.Light)]
    [InlineData("/imports", "zh-CN", ColorScheme.Dark)]
    public async Task Nothing_serious_is_found_on_other_pages(string address, string language, ColorScheme theme)
    {
        await using var tab = await city.OpenPage(address, language);
        await tab.Page.EmulateMediaAsync(new() { ColorScheme = theme });
        await Expect(tab.Page.Locator("main")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("main [aria-busy], main .mud-progress-linear")).ToHaveCountAsync(0);
        await tab.Keep($"page{address.Replace('/', '-')}-{theme}-{language}");
        Assert.Empty(await Faults(tab));
    }

    [Theory]
    [InlineData("en-GB", ColorScheme.Light)]
    [InlineData("zh-CN", ColorScheme.Dark)]
    public async Task Nothing_serious_is_found_where_classes_are_chosen(string language, ColorScheme theme)
    {
        await using var tab = await city.Open("/?layers=components,cameras", language);
        await tab.Page.EmulateMediaAsync(new() { ColorScheme = theme });
        await tab.Page.Locator("[data-classes]").ClickAsync();
        await tab.Page.Locator("[data-filter=components] [data-fold='01']").ClickAsync();
        await tab.Page.Locator("[data-filter=components] [data-part='04']").ClickAsync();
        await tab.Page.Locator("[data-filter=components] [data-part='0113'] b").WaitForAsync();
        await tab.Drawn();
        await tab.Keep($"map-classes-{theme}-{language}");
        Assert.Empty(await Faults(tab));
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Nothing_serious_is_found_on_a_narrow_screen(ColorScheme theme)
    {
        await using var tab = await city.Open("/?at=16/24.4600/118.0755", width: 400, height: 780);
        await tab.Page.EmulateMediaAsync(new() { ColorScheme = theme });
        await tab.Drawn();
        await Expect(tab.Page.Locator("[data-layer=components]")).Not.ToBeInViewportAsync();
        await tab.Keep($"map-narrow-{theme}");
        Assert.Empty(await Faults(tab));
        await tab.Page.Locator("header button[aria-expanded]").First.ClickAsync();
        await Expect(tab.Page.Locator("[data-layer=components]")).ToBeInViewportAsync();
        await tab.Page.WaitForTimeoutAsync(400);
        await tab.Keep($"map-narrow-layers-{theme}");
        Assert.Empty(await Faults(tab));
        Assert.True(await tab.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), "The page is wider than the screen.");
    }

    [Fact]
    public async Task The_theme_is_the_systems_until_it_is_chosen_and_the_browser_keeps_the_choice()
    {
        await using var tab = await city.Open("/?at=12/24.30/118.40");
        await tab.Drawn();
        await tab.BecomesAt(0, 0, "#dce6ec");
        await tab.Page.Locator("[data-theme-switch]").SelectOptionAsync("dark");
        await tab.BecomesAt(0, 0, "#101b24");
        await tab.Page.ReloadAsync();
        await tab.Drawn();
        await tab.BecomesAt(0, 0, "#101b24");
        await Expect(tab.Page.Locator("[data-theme-switch]")).ToHaveValueAsync("dark");
    }

    /// <summary>What axe-core finds that is serious or critical.</summary>
    internal static async Task<string[]> Faults(MapTab tab)
    {
        // Not as an element: the page runs no script that stands in it.
        await tab.Page.EvaluateAsync(await File.ReadAllTextAsync(Axe));
        var result = await tab.Page.EvaluateAsync<JsonElement>("""
            async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] })).violations
                .filter(({ impact }) => impact === 'serious' || impact === 'critical')
                .flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html.slice(0, 160)} ${node.any.map(one => one.message).join(' ').slice(0, 200)}`))
            """);
        return [.. result.EnumerateArray().Select(one => one.GetString()!)];
    }
}
