using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd;

public sealed class AnalysisPageTests(CoastMap city)
{
    [Fact]
    public async Task The_total_on_screen_is_SQLs_count_whatever_is_asked()
    {
        await using var tab = await city.Open("/analysis");
        await Total(tab, "select count(*) from gis.components");
        await tab.Drawn();
        await tab.Keep("analysis", document: "analysis.zh");
        await tab.Page.Locator("[data-heat=cell]").SelectOptionAsync("community");
        await tab.Page.Locator("[data-department]").SelectOptionAsync("11");
        await Total(tab, "select count(*) from gis.components where department_code = '11'");
        await tab.Page.Locator("[data-heat=class]").SelectOptionAsync("01");
        await tab.Page.Locator("[data-place]").ClickAsync();
        await tab.Page.Locator("[data-area='350203']").ClickAsync();
        await Total(tab, "select count(*) from gis.components where department_code = '11' and left(class_code, 2) = '01' and district_code = '350203'");
        await Expect(tab.Page).ToHaveURLAsync(new Regex("cell=community.*class=01.*district=350203&department=11"));
        await tab.Drawn();
        await tab.Keep("analysis-community");
        Assert.Equal("", string.Join('\n', tab.Complaints));
    }

    [Fact]
    public async Task A_cell_is_drawn_in_its_legends_colour_and_tells_its_count_when_it_is_clicked()
    {
        await using var tab = await city.Open("/analysis?layer=components&cell=district", language: "en-GB");
        await Total(tab, "select count(*) from gis.components");
        await tab.Drawn();
        var (x, y) = await tab.Middle();
        await tab.Page.Mouse.ClickAsync(x - 300, y);
        await Expect(tab.Page.Locator("[data-cell] h3")).ToHaveTextAsync("思明区");
        await Expect(tab.Page.Locator("[data-cell] dd").First).ToHaveTextAsync(await Sql("select count(*) from gis.components where district_code = '350203'"));
        Assert.Contains(tab.Requests, url => url.Contains("/heat/components/", StringComparison.Ordinal) && url.Contains("cell=district", StringComparison.Ordinal));
        await tab.Keep("analysis-en", document: "analysis");
    }

    [Fact]
    public async Task Hot_spots_are_told_with_Morans_I_and_back_takes_them_away()
    {
        await using var tab = await city.Open("/analysis?layer=components&cell=square&size=250");
        await Total(tab, "select count(*) from gis.components");
        await tab.Page.Locator("[data-heat=hotspots]").CheckAsync();
        await Expect(tab.Page.Locator("[data-moran]")).ToContainTextAsync("I = ");
        await tab.Drawn();
        await tab.Keep("analysis-hotspots");
        await tab.Page.GoBackAsync();
        await Expect(tab.Page.Locator("[data-moran]")).ToHaveCountAsync(0);
        await Expect(tab.Page.Locator("[data-heat=hotspots]")).Not.ToBeCheckedAsync();
    }

    [Fact]
    public async Task Until_hot_spots_are_there_the_cells_keep_their_colours()
    {
        await using var tab = await city.Open("/analysis?layer=components&cell=square&size=500&at=16/24.4600/118.0900");
        await Total(tab, "select count(*) from gis.components");
        await tab.Drawn();
        var before = await tab.ColorAt(0, 0);
        var shown = await tab.Film(async () =>
        {
            await tab.Page.Locator("[data-heat=hotspots]").CheckAsync();
            await Expect(tab.Page.Locator("[data-moran]")).ToBeVisibleAsync();
        });
        var after = await tab.ColorAt(0, 0);
        Assert.All(shown, color => Assert.True(MapTab.Difference(color, before) <= 12 || MapTab.Difference(color, after) <= 12, $"{color} is neither {before} nor {after}."));
    }

    [Fact]
    public async Task Cells_are_measured_by_another_layer_and_by_a_field_as_SQL_does_and_the_address_keeps_measure_and_cell()
    {
        await using var tab = await city.Open("/analysis?layer=cameras&cell=district");
        await tab.Page.Locator("[data-heat=measure]").SelectOptionAsync("per");
        await tab.Page.Locator("[data-heat=per]").SelectOptionAsync("components");
        await Expect(tab.Page).ToHaveURLAsync(new Regex("measure=per&per=components"));
        await tab.Page.Locator("[data-heat=perclass]").SelectOptionAsync("01");
        await Expect(tab.Page).ToHaveURLAsync(new Regex("perclass=01"));
        var wanted = await city.Database.Value<double>("select (select count(*) from gis.cameras where district_code = '350203')::float / (select count(*) from gis.components where district_code = '350203' and left(class_code, 2) = '01')");
        await tab.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "思明区" }).ClickAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex("chosen="));
        await tab.Page.ReloadAsync();
        await Expect(tab.Page.Locator("[data-cell] h3")).ToHaveTextAsync("思明区");
        var told = double.Parse(await tab.Page.Locator("[data-cell] dd").Last.InnerTextAsync(), CultureInfo.InvariantCulture);
        Assert.Equal(wanted, told, wanted / 100);
        await tab.Drawn();
        await tab.Keep("analysis-per");
        Assert.Equal("", string.Join('\n', tab.Complaints));
    }

    [Fact]
    public async Task The_bars_of_a_chart_have_SQLs_numbers_and_their_lengths_and_so_has_the_file()
    {
        await using var tab = await city.Open("/analysis?layer=components&cell=district");
        var chart = tab.Page.Locator(".chart[aria-label*='思明区']").First;
        var rows = (await city.Database.Rows("select district_code, count(*) from gis.components where district_code in ('350203', '350206') group by 1 order by 2 desc")).Select(row => row.Split('|')).ToList();
        var counts = rows.Select(row => long.Parse(row[1], CultureInfo.InvariantCulture)).ToArray();
        foreach (var count in counts)
            await Expect(chart.Locator("svg text", new() { HasTextString = count.ToString("#,0", CultureInfo.InvariantCulture) })).ToBeVisibleAsync();
        var widths = await chart.EvaluateAsync<double[]>("""
            chart => [...chart.querySelectorAll('svg path')].filter(path => path.getAttribute('fill') === getComputedStyle(document.documentElement).getPropertyValue('--bar').trim()).map(path => path.getBBox().width)
            """);
        Assert.InRange(widths[1] / widths[0], counts[1] / (double)counts[0] - 0.02, counts[1] / (double)counts[0] + 0.02);

        var file = await tab.Page.Context.APIRequest.GetAsync(city.Root + await tab.Page.Locator("[data-result] a[download][href*='f=csv']").GetAttributeAsync("href"));
        var lines = (await file.TextAsync()).TrimEnd().Split('\n').Select(line => line.TrimEnd('\r').Split(',')).ToList();
        var at = Array.IndexOf(lines[0], "count");
        Assert.Equal(rows.Select(row => (row[0], row[1])).Order(), lines.Skip(1).Where(line => line[0].StartsWith("3502", StringComparison.Ordinal)).Select(line => (line[0], line[at])).Order());
    }

    [Fact]
    public async Task On_a_narrow_screen_form_and_figures_fold_and_the_map_is_there()
    {
        await using var tab = await city.Open("/analysis", width: 400, height: 780);
        await Total(tab, "select count(*) from gis.components");
        await Expect(tab.Page.Locator("[data-heat=cell]")).Not.ToBeInViewportAsync();
        await tab.Drawn();
        await tab.Keep("analysis-narrow");
        await Expect(tab.Page.Locator("[data-result] table")).ToBeHiddenAsync();
        Assert.InRange((await tab.Page.Locator("[data-result]").BoundingBoxAsync())!.Height, 40, 160);
        await tab.Page.Locator("[data-fold-figures]").ClickAsync();
        await Expect(tab.Page.Locator("[data-result] .legend")).ToBeInViewportAsync();
        await tab.Keep("analysis-narrow-figures");
        await tab.Page.Locator("header button[aria-expanded]").First.ClickAsync();
        await Expect(tab.Page.Locator("[data-heat=cell]")).ToBeInViewportAsync();
        Assert.True(await tab.IsNoWiderThanTheScreen(), "The page is wider than the screen.");
    }

    async Task Total(MapTab tab, string sql) => await Expect(tab.Page.Locator("[data-total]")).ToHaveTextAsync(await Sql(sql));

    async Task<string> Sql(string sql) => (await city.Database.Value<long>(sql)).ToString("#,0", CultureInfo.InvariantCulture);
}
