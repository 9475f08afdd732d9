using CityOps.Gis.Testing;
using Xunit;
using static CityOps.Gis.Tests.EndToEnd.SurveyedCity;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd;

/// <summary>The journey of a survey team: from the file on its disk to the published layer.</summary>
public sealed class ImportPageTests(SurveyedCity city) : IClassFixture<SurveyedCity>
{
    [Fact]
    public async Task A_census_is_brought_looked_at_mended_and_published()
    {
        var lamps = SmallSurvey.Lamps(60);
        var zip = city.Zip("思明区路灯普查.zip", [lamps[0] with { Name = null }, lamps[1] with { FirstDate = "2024年13月" }, lamps[2] with { State = "良好" }, .. lamps[3..]]);
        await using var tab = await city.Show("/imports");
        await tab.Keep("imports-empty");
        await Bring(tab, zip);

        await Expect(tab.Page.Locator("[data-evidence]")).ToContainTextAsync("GBK");
        await Expect(tab.Page.Locator("[data-crs]").First).ToContainTextAsync("4490");
        await Expect(tab.Page.Locator("[data-field=name] [data-column] option:checked")).ToHaveTextAsync("ObjName");
        await Expect(tab.Page.Locator("[data-preview-sum]")).ToContainTextAsync("60");
        await Expect(tab.Page.Locator("[data-preview] tr[data-row='1']")).ToContainTextAsync("必填字段为空");
        await tab.Drawn();
        await tab.Keep("imports-delivery");
        await tab.Page.ScreenshotAsync(new() { Path = Path.Combine(Environment.GetEnvironmentVariable("CITYOPS_ROOT") ?? ".", ".data", "test-results", "imports-delivery-full.png"), FullPage = true });

        await Check(tab);
        await Expect(tab.Page.Locator("[data-count=Refused] dd")).ToHaveTextAsync("2");
        await Expect(tab.Page.Locator("[data-rule=FieldMissing]")).ToBeVisibleAsync();
        await tab.Drawn();
        await tab.Keep("imports-quality");

        // A fault in the list leads to the map, and its row can be mended.
        await tab.Page.ClickAsync("[data-rule=FieldMissing] button");
        await tab.Page.ClickAsync("[data-fault-id]");
        await Expect(tab.Page.Locator("[data-row-panel]")).ToBeVisibleAsync();
        await tab.Drawn();
        await tab.Keep("imports-row");
        await tab.Page.FillAsync("[data-value=ObjName]", "环岛路路灯1号");
        await tab.Page.ClickAsync("[data-check-row]");
        await Expect(tab.Page.Locator("[data-sound]")).ToBeVisibleAsync();
        await tab.Page.ClickAsync("[data-save-row]");
        await Expect(tab.Page.Locator("[data-row-state=mended]")).ToBeVisibleAsync();

        await Confirm(tab, "[data-publish]");
        await Expect(tab.Page.Locator("[data-state=published]")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        Assert.Equal(58, await city.Database.Value<long>("select count(*) from gis.components where code like '______01037%'"));

        await tab.Page.ClickAsync("[data-send]");
        await tab.Page.WaitForURLAsync(url => System.Text.RegularExpressions.Regex.IsMatch(url, @"/imports/\d+$"), new() { Timeout = 30_000 });
        await Confirm(tab, "[data-publish]");
        await Expect(tab.Page.Locator("[data-state=published]")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        Assert.Equal("环岛路路灯1号", await city.Database.Value<string>($"select name from gis.components where code = '{lamps[0].Code}'"));
        Assert.Empty(tab.Complaints);
    }
}
