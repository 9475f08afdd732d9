using System.Globalization;
using System.Text.RegularExpressions;
using CityOps.Gis.Tiles.Heat;
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
        // Slices pass faster than an expectation looks.
        var (slices, isFar) = (new List<string>(), new TaskCompletionSource());
        tab.Page.FrameNavigated += (_, frame) =>
        {
            if (Regex.Match(frame.Url, "step=month:([0-9-]+)") is { Success: true } slice && slices.LastOrDefault() != slice.Groups[1].Value)
                slices.Add(slice.Groups[1].Value);
            if (slices.Count >= 3)
                isFar.TrySetResult();
        };
        await tab.Page.Locator("[data-play]").ClickAsync();
        await isFar.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await tab.Page.Locator("[data-play]").ClickAsync();
        await Expect(tab.Page.Locator("[data-play]")).ToHaveAttributeAsync("aria-label", "Play");
        Assert.Equal(Enumerable.Range(1, slices.Count).Select(month => new DateTime(2024, 12, 1).AddMonths(month).ToString("yyyy-MM", CultureInfo.InvariantCulture)), slices);
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
    public async Task A_period_is_compared_with_another_of_ones_own_choice_and_the_address_keeps_both()
    {
        await using var tab = await city.Open(Cases + "&from=2026-01-01&to=2026-05-01");
        await tab.Page.Locator("[data-heat=against]").SelectOptionAsync("own");
        await Expect(tab.Page.Locator("[data-result] .sentence")).ToContainTextAsync("各自的起止日期");
        await tab.Page.Locator("[data-heat=from2]").FillAsync("2025-02-01");
        await tab.Page.Locator("[data-heat=to2]").FillAsync("2025-03-31");
        var total = tab.Page.Locator("[data-result] .total span");
        var second = await Sql("select count(*) from gis.cases where occurred_at >= timestamptz '2025-02-01 00:00+08' and occurred_at < timestamptz '2025-04-01 00:00+08'");
        await Expect(total).ToContainTextAsync($"对比时段 {second} 条");
        await Expect(tab.Page).ToHaveURLAsync(new Regex("against=own&from2=2025-02-01&to2=2025-04-01"));
        await tab.Drawn();
        await tab.Keep("analysis-own-period");
        await tab.Page.ReloadAsync();
        await Expect(total).ToContainTextAsync($"对比时段 {second} 条");
        await Expect(tab.Page.Locator("[data-heat=to2]")).ToHaveValueAsync("2025-03-31");
    }

    [Fact]
    public async Task A_filter_leaves_the_classes_as_they_are_unless_one_chooses_those_of_what_is_asked()
    {
        await using var tab = await city.Open(Cases);
        await Expect(tab.Page.Locator("[data-total]")).ToHaveTextAsync("240");
        var whole = await tab.Page.Locator(".legend li").AllTextContentsAsync();
        await tab.Page.Locator("[data-heat=class]").SelectOptionAsync("02");
        await Expect(tab.Page.Locator("[data-total]")).ToHaveTextAsync(await Sql("select count(*) from gis.cases where left(class_code, 2) = '02'"));
        Assert.Equal(whole, await tab.Page.Locator(".legend li").AllTextContentsAsync());

        await tab.Page.Locator("[data-heat=classes]").SelectOptionAsync("asked");
        await Expect(tab.Page).ToHaveURLAsync(new Regex("quantiles=asked"));
        await Expect(tab.Page.Locator("[data-result]")).ToHaveAttributeAsync("aria-busy", "false");
        await Expect(tab.Page.Locator(".legend li").First).Not.ToHaveTextAsync(whole[0]);
        await tab.Page.Locator("[data-heat=classes]").SelectOptionAsync("city");
        await Expect(tab.Page.Locator(".legend li").First).ToHaveTextAsync(whole[0]);
    }

    [Fact]
    public async Task A_hot_spot_is_drawn_in_the_colour_of_its_confidence()
    {
        const string land = "#f7f6f2";
        const double opacity = 0.78;
        await using var tab = await city.Open("/analysis?layer=cases&cell=square&size=250&hotspots=true");
        await tab.Page.Locator("[data-result] tbody button").First.ClickAsync();
        var place = (await tab.Page.Locator("[data-cell] h3").InnerTextAsync()).Split(", ").Select(degrees => double.Parse(degrees, CultureInfo.InvariantCulture)).ToArray();
        var confidence = await tab.Page.Locator("[data-cell] dd").Last.InnerTextAsync();
        Assert.NotEqual(HeatTitles.Spots(0).Zh, confidence);
        var spot = Enumerable.Range(-3, 7).Single(one => HeatTitles.Spots(one).Zh == confidence);
        await Expect(tab.Page).ToHaveURLAsync(new Regex("chosen=.*at=1[4-9]"));
        await tab.Drawn();
        var ((x, y), (middleX, middleY)) = (await tab.PixelOf(place[1], place[0]), await tab.Middle());
        await tab.Keep("analysis-hotspot");
        await tab.BecomesAt(x - middleX, y - middleY, Over(HeatLegend.Spots[spot + 3], land, opacity));
    }

    [Fact]
    public async Task On_the_map_too_a_period_takes_away_what_happened_outside_it()
    {
        const string land = "#f7f6f2";
        await using var tab = await city.Open("/?layers=cases&at=19/24.4557/118.0706");
        await tab.LosesAt(0, 0, land);
        await tab.Page.Locator("[data-period]").SelectOptionAsync("own");
        await tab.Page.Locator("[data-from]").FillAsync("2026-01-01");
        await tab.Page.Locator("[data-to]").FillAsync("2026-01-02");
        await tab.BecomesAt(0, 0, land);
        await tab.Page.Locator("[data-to]").FillAsync("2026-04-30");
        await tab.LosesAt(0, 0, land);
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

    // A colour on another.
    static string Over(string color, string ground, double opacity)
    {
        static int Part(string of, int at) => int.Parse(of.AsSpan(1 + 2 * at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return "#" + string.Concat(Enumerable.Range(0, 3).Select(at => ((int)Math.Round(opacity * Part(color, at) + (1 - opacity) * Part(ground, at))).ToString("x2", CultureInfo.InvariantCulture)));
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
