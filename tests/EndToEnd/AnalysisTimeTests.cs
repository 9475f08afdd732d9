using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd;

/// <summary>Time cut into slices, comparisons side by side and breaks of one's own on the analysis page.</summary>
public sealed class AnalysisTimeTests(BusyCoast city) : IClassFixture<BusyCoast>
{
    const string Cases = "/analysis?layer=cases&cell=square&size=500";

    [Fact]
    public async Task A_slice_of_time_shows_its_own_cells_and_SQLs_count_and_the_address_keeps_it()
    {
        await using var tab = await city.Open(Cases);
        await tab.Page.Locator("[data-step]").SelectOptionAsync("hour");
        await Slide(tab, 8);
        await Count(tab, "select count(*) from gis.cases where extract(hour from occurred_at at time zone 'Asia/Shanghai') = 8");
        await tab.Drawn();
        await tab.Keep("analysis-morning");
        var morning = await tab.MapPicture();
        await Slide(tab, 20);
        await Count(tab, "select count(*) from gis.cases where extract(hour from occurred_at at time zone 'Asia/Shanghai') = 20");
        await tab.Drawn();
        Assert.InRange(await tab.ShareOfDifference(morning, await tab.MapPicture()), 0.005, 0.9);
        await Expect(tab.Page).ToHaveURLAsync(new Regex("step=hour:20"));
        await tab.Page.ReloadAsync();
        await Count(tab, "select count(*) from gis.cases where extract(hour from occurred_at at time zone 'Asia/Shanghai') = 20");
        Assert.Contains(tab.Requests, url => url.Contains("/heat/cases/", StringComparison.Ordinal) && url.Contains("slice=hour&at=20", StringComparison.Ordinal));
        Assert.Equal("", string.Join('\n', tab.Complaints));
    }

    [Fact]
    public async Task Playing_goes_from_month_to_month_until_it_is_stopped()
    {
        await using var tab = await city.Open(Cases + "&step=month", language: "en-GB");
        await tab.Page.Locator("[data-play]").ClickAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex("step=month:2025-02"), new() { Timeout = 15_000 });
        await Expect(tab.Page).ToHaveURLAsync(new Regex("step=month:2025-03"));
        await tab.Page.Locator("[data-play]").ClickAsync();
        await Expect(tab.Page.Locator("[data-play]")).ToHaveAttributeAsync("aria-label", "Play");
        await tab.Keep("analysis-months-en");
    }

    [Fact]
    public async Task Two_periods_stand_side_by_side_in_one_legend_and_move_together()
    {
        await using var tab = await city.Open(Cases + "&from=2026-01-01&to=2026-05-01");
        await tab.Page.Locator("[data-heat=against]").SelectOptionAsync("year");
        await tab.Page.Locator("[data-heat=view]").SelectOptionAsync("side");
        await Expect(tab.Page.Locator("[data-second] .caption b")).ToHaveTextAsync(await Sql("select count(*) from gis.cases where occurred_at < '2025-05-01'"));
        await Expect(tab.Page.Locator(".map-view")).ToHaveCountAsync(2);
        await tab.Page.Locator(".map-stage").First.PressAsync("+");
        await Expect(tab.Page).ToHaveURLAsync(new Regex(@"at=1\d"));
        // Where people were before is no place to be sent back to.
        for (var step = 0; step < 3; step++)
        {
            await tab.Page.Locator(".map-view").First.PressAsync("ArrowRight");
            await tab.Page.WaitForTimeoutAsync(350);
        }
        await tab.Page.WaitForTimeoutAsync(1000);
        await tab.Keep("analysis-side");
        var scales = await tab.Page.Locator(".leaflet-control-scale-line").AllTextContentsAsync();
        Assert.Equal(2, scales.Count);
        Assert.Equal(scales[0], scales[1]);
        Assert.Contains(tab.Requests, url => url.Contains("to=2025", StringComparison.Ordinal) && url.Contains("breaks=", StringComparison.Ordinal));
        Assert.Equal("", string.Join('\n', tab.Complaints));
    }

    [Fact]
    public async Task Two_layers_are_compared_as_a_ratio()
    {
        await using var tab = await city.Open("/analysis?layer=cases&cell=district");
        await tab.Page.Locator("[data-heat=against]").SelectOptionAsync("layer");
        await tab.Page.Locator("[data-heat=layer2]").SelectOptionAsync("cameras");
        await tab.Page.Locator("[data-heat=view]").SelectOptionAsync("ratio");
        await Expect(tab.Page.Locator("[data-result] .total span")).ToContainTextAsync(await Sql("select count(*) from gis.cameras"));
        await Expect(tab.Page).ToHaveURLAsync(new Regex("against=layer&layer2=cameras&view=ratio"));
    }

    [Fact]
    public async Task Breaks_of_ones_own_are_the_legend_and_what_is_no_break_is_said_beside_them()
    {
        await using var tab = await city.Open("/analysis?layer=components&cell=square&size=250", language: "en-GB");
        await tab.Page.Locator("[data-heat=classes]").SelectOptionAsync("own");
        var field = tab.Page.Locator("[data-heat=breaks]");
        await field.FillAsync("5, 3");
        await field.PressAsync("Tab");
        await Expect(tab.Page.Locator("fieldset [role=alert]")).ToContainTextAsync("“5, 3” cannot be used as breaks");
        await field.FillAsync("3，5");
        await field.PressAsync("Tab");
        await Expect(tab.Page).ToHaveURLAsync(new Regex("breaks=3%2C5"));
        await Expect(tab.Page.Locator(".legend li")).ToHaveCountAsync(3);
        await Expect(tab.Page.Locator("fieldset [role=alert]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_clicked_cell_leads_to_the_list_of_what_is_in_it()
    {
        await using var tab = await city.Open("/analysis?layer=components&cell=square&size=1000");
        await tab.Drawn();
        await tab.Page.Locator("[data-result] tbody button").First.ClickAsync();
        var count = await tab.Page.Locator("[data-cell] dd").First.TextContentAsync();
        var list = await tab.Page.Locator("[data-behind]").GetAttributeAsync("href");
        var page = await tab.Page.Context.APIRequest.GetAsync(new Uri(new Uri(tab.Page.Url), list!.Replace("f=html", "f=json", StringComparison.Ordinal)).ToString());
        Assert.Equal(count, (await page.JsonAsync())!.Value.GetProperty("numberMatched").GetInt64().ToString(CultureInfo.InvariantCulture));
    }

    static Task Slide(MapTab tab, int slice) => tab.Page.Locator("[data-slice]").FillAsync(slice.ToString(CultureInfo.InvariantCulture));

    async Task Count(MapTab tab, string sql)
    {
        var expected = await Sql(sql);
        await Expect(tab.Page.Locator("[data-slice-count]")).ToContainTextAsync(expected);
        await Expect(tab.Page.Locator("[data-total]")).ToHaveTextAsync(expected);
    }

    async Task<string> Sql(string sql) => (await city.Database.Value<long>(sql)).ToString("#,0", CultureInfo.InvariantCulture);
}
