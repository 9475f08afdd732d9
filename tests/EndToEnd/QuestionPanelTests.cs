using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd;

public sealed class QuestionPanelTests(CoastMap city)
{
    const string MunicipalBlue = "#2563a8";
    static readonly string AtLonely = string.Create(CultureInfo.InvariantCulture, $"/?at=19/{Coast.LonelyLatitude}/{Coast.LonelyLongitude}");

    [Fact]
    public async Task The_tree_goes_down_to_a_grid_and_back_leads_up_again()
    {
        await using var tab = await city.Open("/");
        await tab.Drawn();
        await tab.Page.Locator("[data-place]").ClickAsync();
        await tab.Page.Locator("[data-area='350203']").ClickAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex("district=350203"));
        await tab.Page.Locator("[data-area='350203002']").ClickAsync();
        await tab.Page.Locator("[data-area='350203002002']").ClickAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex("community=350203002002"));
        await Expect(tab.Page.Locator("[data-place]")).ToContainTextAsync("中华街道 › 巡司顶社区");
        await tab.Page.Locator("[data-area='350203002002100']").ClickAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex("grid=350203002002"));
        await Expect(tab.Page).ToHaveURLAsync(new Regex("at=(18|19)"));
        await tab.Drawn();
        await tab.Keep("map-grid");

        await tab.Page.GoBackAsync();
        await tab.Page.GoBackAsync();
        await Expect(tab.Page.Locator("[data-place]")).ToContainTextAsync("思明区 › 中华街道");
        await tab.Page.Locator("[data-clear]").ClickAsync();
        await Expect(tab.Page).Not.ToHaveURLAsync(new Regex("district="));
        await Expect(tab.Page.Locator("[data-place]")).ToHaveTextAsync("全市");
        Assert.Equal("", string.Join('\n', tab.Complaints));
    }

    [Fact]
    public async Task Only_what_answers_the_question_is_drawn()
    {
        await using var tab = await city.Open(AtLonely);
        await tab.BecomesAt(0, 0, MunicipalBlue);
        await tab.Page.Locator("[data-department]").SelectOptionAsync("12");
        await tab.LosesAt(0, 0, MunicipalBlue);
        var answers = tab.Page.Locator("label:has([data-layer=components]) [data-answers]");
        await Expect(answers).ToHaveTextAsync((await city.Database.Value<long>("select count(*) from gis.components where department_code = '12'")).ToString("#,0", CultureInfo.InvariantCulture));
        await tab.Page.Locator("[data-department]").SelectOptionAsync("1");
        await tab.BecomesAt(0, 0, MunicipalBlue);
    }

    [Fact]
    public async Task An_address_with_a_question_shows_the_same_to_a_colleague()
    {
        await using var tab = await city.Open(AtLonely + "&district=350206&department=11", language: "en-GB");
        await tab.Drawn();
        await Expect(tab.Page.Locator("[data-place]")).ToContainTextAsync("湖里区");
        await Expect(tab.Page.Locator("[data-department]")).ToHaveValueAsync("11");
        await tab.LosesAt(0, 0, MunicipalBlue);
        Assert.All(tab.Requests.Where(url => url.Contains("/tiles/components/", StringComparison.Ordinal)), url => Assert.EndsWith("?district=350206&department=11", url));
        Assert.All(tab.Requests.Where(url => url.Contains("/tiles/districts/", StringComparison.Ordinal)), url => Assert.DoesNotContain("?", url));
        await tab.Keep("map-question-en");
    }

    [Fact]
    public async Task What_the_question_finds_can_be_taken_away_as_a_file()
    {
        await using var tab = await city.Open("/?department=11");
        await tab.Drawn();
        await tab.Page.Locator("[data-export] summary").ClickAsync();
        await tab.Page.Locator("[data-export-field=format]").SelectOptionAsync("csv");
        await tab.Page.Locator("[data-export-field=crs]").SelectOptionAsync("4548");
        await tab.Keep("map-export");
        var download = await tab.Page.RunAndWaitForDownloadAsync(() => tab.Page.Locator("[data-export-go]").ClickAsync());
        using var lines = new StreamReader(await download.CreateReadStreamAsync());
        var rows = (await lines.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - 1;
        Assert.Equal(await city.Database.Value<long>("select count(*) from gis.components where department_code = '11'"), rows);
    }
}
