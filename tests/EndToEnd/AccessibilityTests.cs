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
    [InlineData("zh-CN")]
    [InlineData("en-GB")]
    public async Task Nothing_serious_is_found_on_the_map_with_its_panels_open(string language)
    {
        await using var tab = await city.Open("/?at=16/24.4600/118.0755&table=components&bbox=118.07,24.455,118.08,24.465", language);
        await tab.Page.Locator("[data-table-state=ready]").WaitForAsync();
        await tab.Page.Locator(".rows .row").First.ClickAsync();
        await Expect(tab.Panel).ToBeVisibleAsync();
        await tab.Page.Locator("[data-export] summary").ClickAsync();
        await tab.Page.Locator("[data-base-open]").ClickAsync();
        await tab.Drawn();
        await NothingSerious(tab, $"map-{language}");
    }

    [Fact]
    public async Task Nothing_serious_is_found_on_the_analysis()
    {
        await using var tab = await city.Open("/analysis", "en-GB");
        await Expect(tab.Page.Locator("[data-total]")).ToBeVisibleAsync();
        await tab.Drawn();
        await NothingSerious(tab, "analysis-en");
    }

    [Theory]
    [InlineData("/grids", "zh-CN")]
    [InlineData("/imports", "en-GB")]
    public async Task Nothing_serious_is_found_on_other_pages(string address, string language)
    {
        await using var tab = await city.OpenPage(address, language);
        await Expect(tab.Page.Locator("main")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("main [aria-busy], main .mud-progress-linear")).ToHaveCountAsync(0);
        await NothingSerious(tab, $"page{address.Replace('/', '-')}-{language}");
    }

    [Fact]
    public async Task Nothing_serious_is_found_where_classes_are_chosen()
    {
        await using var tab = await city.Open("/?layers=components,cameras");
        await tab.Page.Locator("[data-classes]").ClickAsync();
        await tab.Page.Locator("[data-filter=components] [data-fold='01']").ClickAsync();
        await tab.Page.Locator("[data-filter=components] [data-part='04']").ClickAsync();
        await tab.Page.Locator("[data-filter=components] [data-part='0113'] b").WaitForAsync();
        await Expect(tab.Page.Locator(".pending")).ToHaveCountAsync(0);
        await tab.Drawn();
        await NothingSerious(tab, "map-classes");
    }

    [Fact]
    public async Task Nothing_serious_is_found_on_a_narrow_screen()
    {
        await using var tab = await city.Open("/?at=16/24.4600/118.0755", width: 400, height: 780);
        await tab.Drawn();
        await Expect(tab.Page.Locator("[data-layer=components]")).Not.ToBeInViewportAsync();
        await NothingSerious(tab, "map-narrow");
        await tab.Page.Locator("header button[aria-expanded]").First.ClickAsync();
        await Expect(tab.Page.Locator("[data-layer=components]")).ToBeInViewportAsync();
        await tab.Page.WaitForTimeoutAsync(400);
        await NothingSerious(tab, "map-narrow-layers");
        Assert.True(await tab.IsNoWiderThanTheScreen(), "The page is wider than the screen.");
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

    /// <summary>Holds the page as it stands, by day and by night, against axe-core; nothing is loaded again, as a theme is an attribute of the document.</summary>
    /// <param name="picture">Kept of both under this name; null = none.</param>
    /// <param name="within">Selector of the part that is looked at.</param>
    internal static async Task NothingSerious(MapTab tab, string? picture = null, string within = "html")
    {
        foreach (var theme in new[] { ColorScheme.Dark, ColorScheme.Light })
        {
            await tab.Page.EmulateMediaAsync(new() { ColorScheme = theme });
            await Expect(tab.Page.Locator("html")).ToHaveAttributeAsync("data-theme", theme == ColorScheme.Dark ? "dark" : "light");
            if (picture is not null)
                await tab.Keep($"{picture}-{theme}");
            Assert.Equal([], (await Faults(tab, within)).Select(fault => $"{theme}: {fault}"));
        }
    }

    /// <summary>What axe-core finds that is serious or critical.</summary>
    internal static async Task<string[]> Faults(MapTab tab, string within = "html")
    {
        // Not as an element: the page runs no script that stands in it.
        var complaints = tab.Complaints.ToArray();
        if (!await tab.Page.EvaluateAsync<bool>("() => 'axe' in window"))
            await tab.Page.EvaluateAsync(await File.ReadAllTextAsync(Axe));
        var result = await tab.Page.EvaluateAsync<JsonElement>("""
            async within => (await axe.run(within, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], resultTypes: ['violations'], preload: false })).violations
                .filter(({ impact }) => impact === 'serious' || impact === 'critical')
                .flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html.slice(0, 160)} ${node.any.map(one => one.message).join(' ').slice(0, 200)}`))
            """, within);
        // The engine tries styles of its own, which the page's policy refuses.
        tab.Complaints.Clear();
        foreach (var complaint in complaints)
            tab.Complaints.Add(complaint);
        return [.. result.EnumerateArray().Select(one => one.GetString()!)];
    }
}
