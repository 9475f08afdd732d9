using System.Globalization;
using System.Text.RegularExpressions;
using CityOps.Gis.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd;

public sealed class ClassFilterTests(CoastMap city)
{
    const string MunicipalBlue = "#2563a8";
    static readonly string AtLonely = string.Create(CultureInfo.InvariantCulture, $"/?at=19/{Coast.LonelyLatitude}/{Coast.LonelyLongitude}");

    [Fact]
    public async Task A_row_of_the_legend_takes_its_colour_off_the_map_and_brings_it_back()
    {
        await using var tab = await city.Open(AtLonely);
        await tab.BecomesAt(0, 0, MunicipalBlue);
        var row = tab.Page.Locator("[data-switch='components/01']");
        await row.ClickAsync();
        await tab.LosesAt(0, 0, MunicipalBlue);
        await Expect(row).ToHaveAttributeAsync("aria-checked", "false");
        await Expect(tab.Page).ToHaveURLAsync(new Regex("components.class=02"));
        await row.ClickAsync();
        await tab.BecomesAt(0, 0, MunicipalBlue);
        await Expect(tab.Page).Not.ToHaveURLAsync(new Regex("class="));
    }

    [Fact]
    public async Task A_filter_change_redraws_without_a_flash()
    {
        await using var tab = await city.Open(AtLonely);
        await tab.BecomesAt(0, 0, MunicipalBlue);
        await tab.Drawn();
        var colors = await tab.Film(async () =>
        {
            await tab.Page.Locator("[data-switch='components/04']").ClickAsync();
            await Expect(tab.Page).ToHaveURLAsync(new Regex("components.class="));
            await tab.Page.Locator("[data-switch='components/04']").ClickAsync();
        });
        Assert.NotEmpty(colors);
        Assert.All(colors, color => Assert.InRange(MapTab.Difference(color, MunicipalBlue), 0, 12));
    }

    [Fact]
    public async Task The_panel_counts_classes_and_states_and_asks_for_one_alone()
    {
        await using var tab = await city.Open("/");
        await tab.Drawn();
        await tab.Page.Locator("[data-classes]").ClickAsync();
        var components = tab.Page.Locator("[data-filter=components]");
        await Expect(components.Locator("[data-part='01'] b")).ToHaveTextAsync(await Count("left(class_code, 2) = '01'"));
        await Expect(components.Locator("[data-part='完好'] b")).ToHaveTextAsync(await Count("status = '完好'"));
        await components.Locator("[data-fold='01']").ClickAsync();
        await Expect(components.Locator("[data-part='0113'] b")).ToHaveTextAsync(await Count("class_code = '0113'"));
        await tab.Keep("map-classes");
        await components.Locator("[data-part='0113']").HoverAsync();
        await components.Locator("[data-only='0113']").ClickAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex("components.class=0113"));
        await Expect(tab.Page.Locator("[data-classes]")).ToContainTextAsync(PostGisDatabase.Catalog.Lists.Find("component-classes")!.Entries.First(entry => entry.Code == "0113").Name.Zh);
        await Expect(components.Locator("[data-part='01']").First).ToHaveAttributeAsync("aria-checked", "mixed");
        await Expect(tab.Page.Locator("label:has([data-layer=components]) [data-answers]")).ToHaveTextAsync(await Count("class_code = '0113'"));
        await tab.Page.GoBackAsync();
        await Expect(components.Locator("[data-part='01']").First).ToHaveAttributeAsync("aria-checked", "true");
        Assert.Equal("", string.Join('\n', tab.Complaints));
    }

    [Fact]
    public async Task A_cell_of_the_analysis_leads_to_the_map_of_its_class()
    {
        await using var tab = await city.Open("/analysis?layer=components&cell=district&class=03");
        await tab.Drawn();
        await tab.Page.Locator("[data-result] tbody button").First.ClickAsync();
        var count = await tab.Page.Locator("[data-cell] dd").First.TextContentAsync();
        await tab.Page.Locator("[data-behind-map]").ClickAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex("components.class=03"));
        await Expect(tab.Page.Locator("label:has([data-layer=components]) [data-answers]")).ToHaveTextAsync(count!);
    }

    async Task<string> Count(string condition)
        => (await city.Database.Value<long>($"select count(*) from gis.components where status is distinct from '移除' and {condition}")).ToString("#,0", CultureInfo.InvariantCulture);
}
