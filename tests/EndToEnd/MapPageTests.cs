using System.Globalization;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd;

public sealed class MapPageTests(CoastMap city)
{
    const string MunicipalBlue = "#2563a8";
    static readonly string AtLonely = string.Create(CultureInfo.InvariantCulture, $"/?at=19/{Coast.LonelyLatitude}/{Coast.LonelyLongitude}");

    [Fact]
    public async Task A_component_is_drawn_in_its_majors_colour_where_it_stands()
    {
        await using var tab = await city.Open(AtLonely);
        await tab.Drawn();
        await tab.Keep("map-component");
        Assert.InRange(MapTab.Difference(await tab.ColorAt(0, 0), MunicipalBlue), 0, 12);
        Assert.InRange(MapTab.Difference(await tab.ColorAt(40, 30), MunicipalBlue), 60, 255);
    }

    [Fact]
    public async Task A_click_on_a_component_tells_its_code_its_grid_chain_its_department_and_its_class()
    {
        await using var tab = await city.Open(AtLonely);
        await tab.Drawn();
        await tab.ClickMiddle();
        await Expect(tab.Panel.Locator("[data-key]")).ToHaveTextAsync(Coast.LonelyCode);
        await Expect(tab.Panel.Locator(".chain")).ToContainTextAsync("思明区中华街道巡司顶社区第");
        await Expect(tab.Panel.Locator("[data-department]")).ToHaveTextAsync("市政设施维护中心");
        await Expect(tab.Panel.Locator("[data-field=class_code] dd")).ToHaveTextAsync("污水井盖 0102");
        await tab.Drawn();
        await tab.Keep("map-panel", document: "component.zh");
    }

    [Fact]
    public async Task The_address_brings_back_the_view_the_layers_and_the_selection()
    {
        await using var tab = await city.Open(AtLonely);
        await tab.Drawn();
        await tab.Page.Locator("[data-layer=roads]").UncheckAsync();
        await tab.ClickMiddle();
        await Expect(tab.Panel).ToBeVisibleAsync();
        var address = tab.Page.Url;
        await using var other = await city.Open(address[city.Root.Length..]);
        await Expect(other.Panel.Locator("[data-key]")).ToHaveTextAsync(Coast.LonelyCode);
        await Expect(other.Page.Locator("[data-layer=roads]")).Not.ToBeCheckedAsync();
        await other.Drawn();
        Assert.InRange(MapTab.Difference(await other.ColorAt(0, 0), MunicipalBlue), 0, 12);
        Assert.Equal(address, other.Page.Url);
    }

    [Fact]
    public async Task Back_undoes_a_selection_and_a_layer_switched_off_is_no_longer_drawn()
    {
        await using var tab = await city.Open(AtLonely);
        await tab.Drawn();
        await tab.ClickMiddle();
        await Expect(tab.Panel).ToBeVisibleAsync();
        await tab.Page.GoBackAsync();
        await Expect(tab.Panel).ToHaveCountAsync(0);
        await tab.Page.Locator("[data-layer=components]").UncheckAsync();
        await tab.Drawn();
        Assert.InRange(MapTab.Difference(await tab.ColorAt(0, 0), MunicipalBlue), 60, 255);
    }

    [Fact]
    public async Task A_click_beside_every_thing_tells_of_the_unit_grid()
    {
        await using var tab = await city.Open(string.Create(CultureInfo.InvariantCulture, $"/?at=19/{Coast.LonelyLatitude + 0.0001}/{Coast.LonelyLongitude + 0.0002}"));
        await tab.Drawn();
        await tab.ClickMiddle();
        await Expect(tab.Panel).ToHaveAttributeAsync("data-feature", new System.Text.RegularExpressions.Regex("^unit_grids/"));
    }

    [Theory]
    [InlineData(1280, 720)]
    [InlineData(1920, 1080)]
    public async Task The_first_view_is_the_whole_city_and_nothing_is_wider_than_its_place(int width, int height)
    {
        await using var tab = await city.Open("/", width: width, height: height);
        await tab.Drawn();
        await tab.Keep($"map-{width}", document: width == 1280 ? "map.zh" : null);
        Assert.Matches(@"at=1[34](\.\d+)?/24\.4[56]\d*/118\.09\d*", tab.Page.Url);
        Assert.Empty(await tab.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('h1, h1 *, legend:not(.unseen), label *, .panel *, .language')].filter(one => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0).map(one => one.outerHTML)
            """));
    }

    [Fact]
    public async Task The_page_speaks_the_browsers_language_and_changes_it_by_the_switch()
    {
        await using var tab = await city.Open("/?layers=components,cameras,unit_grids&at=13/24.46/118.09", language: "en-GB");
        await Expect(tab.Page.Locator("label").Filter(new() { Has = tab.Page.Locator("[data-layer=components]") })).ToContainTextAsync("Managed components");
        await tab.Drawn();
        await tab.Keep("map-english", document: "map");
        await tab.Page.Locator("a.language").ClickAsync();
        await Expect(tab.Page.Locator("label").Filter(new() { Has = tab.Page.Locator("[data-layer=components]") })).ToContainTextAsync("部件");
        await Expect(tab.Page.Locator("[data-layer=roads]")).Not.ToBeCheckedAsync();
    }

    [Fact]
    public async Task Nothing_comes_from_the_internet_and_the_console_stays_silent()
    {
        await using var tab = await city.Open("/");
        await tab.Drawn();
        Assert.DoesNotContain(tab.Requests, url => !url.StartsWith(city.Root, StringComparison.Ordinal) && !url.StartsWith("data:", StringComparison.Ordinal) && !url.StartsWith("blob:", StringComparison.Ordinal));
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_cut_of_the_network_is_said_and_the_map_is_whole_again_without_a_reload()
    {
        // Six steps with Shift are 1440 pixels, of 2.6822e-6 degrees at this zoom: out of the view and of the tiles around it.
        await using var tab = await city.Open(string.Create(CultureInfo.InvariantCulture, $"/?at=19/{Coast.LonelyLatitude}/{Coast.LonelyLongitude + 1440 * 2.6822e-6}&layers=components"));
        await tab.Drawn();
        await tab.Page.EvaluateAsync("() => { window.isSamePage = true; }");
        // The browser's workers, which fetch the tiles, know nothing of being offline.
        await tab.Page.Context.SetOfflineAsync(true);
        await tab.Page.RouteAsync("**/tiles/**", route => route.AbortAsync("internetdisconnected"));
        for (var step = 0; step < 6; step++)
        {
            var box = await tab.Map.GetAttributeAsync("data-box");
            await tab.Page.Locator(".map-stage").PressAsync("Shift+ArrowLeft");
            await Expect(tab.Map).Not.ToHaveAttributeAsync("data-box", box!);
        }
        await Expect(tab.Page.Locator(".map-missing")).ToContainTextAsync("没有取到");
        await tab.Keep("map-offline");
        Assert.InRange(MapTab.Difference(await tab.ColorAt(0, 0), MunicipalBlue), 60, 255);

        await tab.Page.UnrouteAllAsync();
        await tab.Page.Context.SetOfflineAsync(false);
        await tab.BecomesAt(0, 0, MunicipalBlue);
        await Expect(tab.Page.Locator(".map-missing")).ToHaveCountAsync(0);
        Assert.True(await tab.Page.EvaluateAsync<bool>("() => window.isSamePage"));
        await tab.ClickMiddle();
        await Expect(tab.Panel.Locator("[data-key]")).ToHaveTextAsync(Coast.LonelyCode, new() { Timeout = 30_000 });
    }

    [Fact]
    public async Task A_feature_that_is_not_there_is_named_in_a_sentence()
    {
        await using var tab = await city.Open("/?feature=components/999999");
        await Expect(tab.Page.GetByRole(Microsoft.Playwright.AriaRole.Status)).ToContainTextAsync("图层“部件”中没有编号为 999999 的要素");
    }
}
