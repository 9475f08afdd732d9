using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd;

/// <summary>The table of what is in view, linked with the map both ways.</summary>
public sealed class FeatureTableTests(CoastMap city)
{
    const string MarkOrange = "#e8590c";
    static readonly string AtLonely = string.Create(CultureInfo.InvariantCulture, $"/?at=19/{Coast.LonelyLatitude}/{Coast.LonelyLongitude}");

    [Fact]
    public async Task Its_count_is_that_of_SQL_for_the_view_and_follows_the_map()
    {
        await using var tab = await city.Open("/?at=15/24.4600/118.0755&table=components");
        await Ready(tab);
        var before = await InView(tab);
        await Expect(tab.Page.Locator("[data-table-count]")).ToHaveAttributeAsync("data-table-count", before.ToString(CultureInfo.InvariantCulture));
        Assert.InRange(before, 2, 600);
        await tab.Keep("map-table");
        await tab.Page.Locator(".map-stage").FocusAsync();
        await tab.Page.Keyboard.PressAsync("+");
        await Expect(tab.Page.Locator("[data-table-count]")).Not.ToHaveAttributeAsync("data-table-count", before.ToString(CultureInfo.InvariantCulture));
        await tab.Drawn();
        await Expect(tab.Page.Locator("[data-table-count]")).ToHaveAttributeAsync("data-table-count", (await InView(tab)).ToString(CultureInfo.InvariantCulture));
        Assert.Equal("", string.Join('\n', tab.Complaints));
    }

    [Fact]
    public async Task A_heading_sorts_and_columns_are_chosen_and_the_address_keeps_both()
    {
        await using var tab = await city.Open("/?at=14/24.4600/118.09&table=components");
        await Ready(tab);
        await tab.Page.Locator("[data-sort=code]").ClickAsync();
        await tab.Page.Locator("[data-sort=code]").ClickAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex("sort=-code"));
        await Expect(tab.Page.Locator("[role=columnheader][aria-sort=descending]")).ToHaveCountAsync(1);
        var box = await Box(tab);
        var first = await city.Database.Value<string>($"select max(code) from gis.components where ST_Intersects(geom, ST_MakeEnvelope({box}, 4490)) and status is distinct from '移除'");
        await Expect(tab.Page.Locator(".rows .row[data-at='0'] [role=gridcell]").First).ToHaveTextAsync(first!);
        await tab.Page.Locator(".columns summary").ClickAsync();
        await tab.Page.Locator("[data-table-column=first_date]").CheckAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex("columns=.*first_date"));
        await Expect(tab.Page.Locator("[data-sort=first_date]")).ToBeVisibleAsync();

        await using var other = await city.Open(tab.Page.Url[city.Root.Length..], language: "en-GB");
        await Expect(other.Page.Locator(".rows .row[data-at='0'] [role=gridcell]").First).ToHaveTextAsync(first!);
        await Expect(other.Page.Locator("[data-sort=first_date]")).ToHaveTextAsync("Date of first record");
        await other.Keep("map-table-en");
    }

    [Fact]
    public async Task A_row_that_is_pointed_at_is_marked_on_the_map_and_one_that_is_clicked_is_selected()
    {
        await using var tab = await city.Open(AtLonely + "&table=components");
        await Ready(tab);
        await tab.Drawn();
        var row = tab.Page.Locator(".rows .row", new() { HasText = Coast.LonelyCode });
        await row.HoverAsync();
        // The ring of a mark has a radius of 15 pixels and is 3 wide.
        var (x, y) = await tab.PixelOf(Coast.LonelyLongitude, Coast.LonelyLatitude);
        var (middleX, middleY) = await tab.Middle();
        await tab.BecomesAt(x - middleX + 16.5f, y - middleY, MarkOrange);
        await row.ClickAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex("feature=components/"));
        await Expect(tab.Page.Locator(".rows .row.selected")).ToHaveTextAsync(new Regex(Coast.LonelyCode));
        await Expect(tab.Panel.Locator("[data-key]")).ToHaveTextAsync(Coast.LonelyCode);
    }

    [Fact]
    public async Task A_thing_that_is_pointed_at_on_the_map_shows_in_its_row_and_keys_walk_through_the_rows()
    {
        await using var tab = await city.Open(AtLonely + "&table=components");
        await Ready(tab);
        await tab.Drawn();
        var place = await tab.PixelOf(Coast.LonelyLongitude, Coast.LonelyLatitude);
        await tab.Page.Mouse.MoveAsync(place.X, place.Y);
        await Expect(tab.Page.Locator(".rows .row.pointed")).ToHaveTextAsync(new Regex(Coast.LonelyCode));

        await tab.Page.Locator(".rows").FocusAsync();
        await tab.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(tab.Page.Locator(".rows .row.active")).ToHaveCountAsync(1);
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(tab.Page).ToHaveURLAsync(new Regex("feature=components/"));
        await tab.Page.Locator("[data-table-fold]").ClickAsync();
        await Expect(tab.Page.Locator("[data-table]")).ToHaveCountAsync(0);
        await Expect(tab.Page).Not.ToHaveURLAsync(new Regex("table="));
    }

    [Fact]
    public async Task A_view_without_features_says_so()
    {
        await using var tab = await city.Open("/?at=17/24.30/118.40&table=cameras", language: "en-GB");
        await Expect(tab.Page.Locator(".rows .note")).ToContainTextAsync("No Cameras in view");
    }

    static async Task Ready(MapTab tab) => await tab.Page.Locator("[data-table-state=ready]").WaitForAsync();

    async Task<long> InView(MapTab tab)
        => await city.Database.Value<long>($"select count(*) from gis.components where ST_Intersects(geom, ST_MakeEnvelope({await Box(tab)}, 4490)) and status is distinct from '移除'");

    static async Task<string> Box(MapTab tab) => (await tab.Map.GetAttributeAsync("data-box"))!;
}
