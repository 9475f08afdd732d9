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
        await tab.Keep("analysis");
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
        await tab.Keep("analysis-en");
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

    async Task Total(MapTab tab, string sql) => await Expect(tab.Page.Locator("[data-total]")).ToHaveTextAsync(await Sql(sql));

    async Task<string> Sql(string sql) => (await city.Database.Value<long>(sql)).ToString("#,0", CultureInfo.InvariantCulture);
}
