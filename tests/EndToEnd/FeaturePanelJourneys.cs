using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd;

/// <summary>A person goes from a thing to its history, its surroundings and its areas, and changes it.</summary>
public sealed class FeaturePanelJourneys(StreetMap city) : IClassFixture<StreetMap>
{
    const string MoveOrange = "#e8590c";
    static readonly string AtLonely = string.Create(CultureInfo.InvariantCulture, $"/?at=19/{Coast.LonelyLatitude}/{Coast.LonelyLongitude}&layers=components,unit_grids");

    [Fact]
    public async Task The_history_tells_what_was_before_and_an_arrow_shows_the_way()
    {
        await using var tab = await Selected();
        await tab.Page.Locator("[data-tab=history]").ClickAsync();
        await Expect(tab.Panel.Locator("[data-history] > li")).ToHaveCountAsync(4);
        var moved = tab.Panel.Locator("[data-change=moved]");
        await Expect(moved).ToHaveCountAsync(2);
        await Expect(moved.First.Locator("[data-moved]")).ToContainTextAsync("24.3 米");
        await Expect(tab.Panel.Locator("[data-change=changed] [data-field=status] .before")).ToHaveTextAsync("破损");
        await Expect(tab.Panel.Locator("[data-change=changed] [data-field=status] .after")).ToHaveTextAsync("完好");
        await Expect(tab.Page).ToHaveURLAsync(new Regex("tab=history"));
        await tab.Drawn();
        await tab.Keep("panel-history");
        await AccessibilityTests.NothingSerious(tab, within: ".panel");
        // Between both places, which lie 89 pixels apart at this zoom.
        await tab.BecomesAt(30, -1, MoveOrange);
        await tab.Page.Locator("[data-tab=facts]").ClickAsync();
        await tab.LosesAt(30, -1, MoveOrange);
        Assert.Equal("", string.Join('\n', tab.Complaints));
    }

    [Fact]
    public async Task What_is_at_it_and_near_it_is_listed_by_distance_and_leads_on()
    {
        await using var tab = await Selected();
        await tab.Page.Locator("[data-tab=near]").ClickAsync();
        await Expect(tab.Panel.Locator("[data-at-it] h4")).ToContainTextAsync(["案件", "设备"]);
        await Expect(tab.Panel.Locator("[data-at-it]")).ToContainTextAsync("井盖破损");
        foreach (var meters in new[] { 50, 200 })
        {
            await tab.Page.Locator($"[data-meters='{meters}']").ClickAsync();
            await Expect(tab.Panel.Locator($"[data-near='{meters}'] [data-near-count=components]")).ToHaveCountAsync(await Near("components", meters) > 1 ? 1 : 0);
            await Expect(tab.Panel.Locator("[data-near-count=cases]")).ToHaveTextAsync((await Near("cases", meters)).ToString(CultureInfo.InvariantCulture));
        }
        await Expect(tab.Panel.Locator("[data-near-count=components]")).ToHaveTextAsync((await Near("components", 200) - 1).ToString(CultureInfo.InvariantCulture));
        await tab.Keep("panel-near");
        await AccessibilityTests.NothingSerious(tab, within: ".panel");
        await Expect(tab.Page).ToHaveURLAsync(new Regex("tab=near&within=200"));
        await tab.Page.ReloadAsync();
        await Expect(tab.Panel.Locator("[data-near='200'] [data-near-count=cases]")).ToHaveTextAsync((await Near("cases", 200)).ToString(CultureInfo.InvariantCulture));
        await tab.Panel.GetByText("井盖破损").First.ClickAsync();
        await Expect(tab.Panel.Locator("[data-key]")).ToHaveTextAsync("A2026-1");
        await tab.Page.Locator("[data-tab=facts]").ClickAsync();
        await tab.Panel.Locator($"[data-refers='{Coast.LonelyCode}']").ClickAsync();
        await Expect(tab.Panel.Locator("[data-key]")).ToHaveTextAsync(Coast.LonelyCode);
        Assert.Equal("", string.Join('\n', tab.Complaints));
    }

    [Fact]
    public async Task From_a_thing_to_its_grid_its_contents_its_people_its_neighbours_and_only_it()
    {
        await using var tab = await Selected("en-GB");
        await tab.Keep("panel-en", document: "component");
        await tab.Panel.Locator(".chain button").Last.ClickAsync();
        await Expect(tab.Panel).ToHaveAttributeAsync("data-feature", new Regex("^unit_grids/"));
        var code = (await tab.Panel.Locator("[data-key]").TextContentAsync())!;
        await Expect(tab.Panel.Locator("[data-contents][data-done=true]")).ToHaveCountAsync(1);
        await Expect(tab.Panel.Locator("[data-layer-count=components]")).ToHaveTextAsync(await Count($"select count(*) from gis.components where grid_code = '{code}'"));
        await Expect(tab.Panel.Locator("[data-layer-count=cases]")).ToHaveTextAsync(await Count($"select count(*) from gis.cases where grid_code = '{code}'"));
        await Expect(tab.Panel.Locator("[data-major='01'] b").First).ToHaveTextAsync(await Count($"select count(*) from gis.components where grid_code = '{code}' and left(class_code, 2) = '01'"));
        await tab.Keep("panel-grid-en");
        await AccessibilityTests.NothingSerious(tab, within: ".panel");
        await tab.Page.Locator("[data-tab=people]").ClickAsync();
        await Expect(tab.Panel.Locator("[data-manager] b")).ToHaveTextAsync("林海");
        await Expect(tab.Panel.Locator("[data-department-of='11']")).ToContainTextAsync("市政设施维护中心");
        await tab.Keep("panel-people-en");
        await AccessibilityTests.NothingSerious(tab, within: ".panel");
        await tab.Page.Locator("[data-tab=neighbours]").ClickAsync();
        await Expect(tab.Panel.Locator("[data-neighbour]")).ToHaveCountAsync(8);
        await tab.Keep("panel-neighbours-en");
        await AccessibilityTests.NothingSerious(tab, within: ".panel");
        await tab.Panel.Locator("[data-neighbour]").First.ClickAsync();
        await Expect(tab.Panel.Locator("[data-key]")).Not.ToHaveTextAsync(code);
        await tab.Page.Locator("[data-tab=contents]").ClickAsync();
        await tab.Panel.Locator("[data-show-area]").ClickAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex("grid=350203002002"));
        Assert.Equal("", string.Join('\n', tab.Complaints));
    }

    [Fact]
    public async Task What_is_gone_shows_how_it_stood_last_and_when_it_went()
    {
        var fid = await city.Database.Value<long>("select fid from gis.cameras where camera_id = 'CAM7'");
        await city.Database.Run($"delete from gis.cameras where fid = {fid}");
        await using var tab = await city.Open($"/?feature=cameras/{fid}", "en-GB");
        await Expect(tab.Panel.Locator("[data-gone]")).ToBeVisibleAsync();
        await Expect(tab.Panel.Locator("[data-key]")).ToHaveTextAsync("CAM7");
        await Expect(tab.Panel.Locator("[data-history] > li")).ToHaveCountAsync(2);
        await Expect(tab.Panel.Locator("[data-change=deleted]")).ToHaveCountAsync(1);
        await Expect(tab.Panel.Locator("[data-edit]")).ToHaveCountAsync(0);
        await tab.Drawn();
        await tab.Keep("panel-gone-en");
        Assert.Equal("", string.Join('\n', tab.Complaints));
    }

    async Task<MapTab> Selected(string language = "zh-CN")
    {
        var fid = await city.Database.Value<long>($"select fid from gis.components where code = '{Coast.LonelyCode}'");
        var tab = await city.Open($"{AtLonely}&feature=components/{fid}", language);
        await Expect(tab.Panel.Locator("[data-key]")).ToHaveTextAsync(Coast.LonelyCode);
        await tab.Drawn();
        return tab;
    }

    Task<long> Near(string layer, int meters) => city.Database.Value<long>(string.Create(CultureInfo.InvariantCulture, $"""
        select count(*) from gis.{layer} where ST_DWithin(geom::geography, ST_SetSRID(ST_MakePoint({Coast.LonelyLongitude}, {Coast.LonelyLatitude}), 4490)::geography, {meters})
        """));

    async Task<string> Count(string sql) => (await city.Database.Value<long>(sql)).ToString("#,0", CultureInfo.InvariantCulture);
}
