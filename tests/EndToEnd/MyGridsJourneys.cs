using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd;

/// <summary>A grid manager's morning: choose the grids once, then see numbers and changes on opening.</summary>
public sealed class MyGridsJourneys(StreetMap city) : IClassFixture<StreetMap>
{
    const string Community = "350203002002";
    const string GridBlue = "#0b4f8a", MarkOrange = "#e8590c";

    [Fact]
    public async Task A_community_is_chosen_once_and_its_numbers_its_changes_and_its_outlines_are_there_on_opening()
    {
        // What stood yesterday, and one of it changed today; the rest of the city came today.
        await city.Database.Run($"""
            update cityops.layer set version = version + 1 where id = 'components';
            set cityops.bulk = 'on';
            update gis.components set valid_from = now() - interval '9 days' where community_code = '{Community}' and code <> '{Coast.LonelyCode}';
            update gis.components_history set valid_from = now() - interval '9 days' where valid_from = (select min(valid_from) from gis.components_history);
            update gis.cases set valid_from = now() - interval '9 days' where case_number = 'A2026-1';
            """);
        await using var tab = await city.Open("/grids");
        await Expect(tab.Page.Locator("[data-no-grids]")).ToBeVisibleAsync();
        await tab.Keep("grids-empty");
        await tab.Page.Locator("[data-down='350203']").ClickAsync();
        await tab.Page.Locator("[data-down='350203002']").ClickAsync();
        await tab.Page.Locator($"[data-own='{Community}']").CheckAsync();
        await tab.Page.Locator("[data-keep]").ClickAsync();

        await Expect(tab.Page.Locator("[data-all=components]")).ToHaveTextAsync(await Count("gis.components where status is distinct from '移除' and", ""));
        await Expect(tab.Page.Locator("[data-all='cases.open']")).ToHaveTextAsync(await Count("gis.cases where status not in ('close', 'evaluate', 'void') and", ""));
        await Expect(tab.Page.Locator("[data-all='cases.overdue']")).ToHaveTextAsync("1");
        await Expect(tab.Page.Locator("[data-all='devices.offline']")).ToHaveTextAsync("1");
        await Expect(tab.Page.Locator("[data-all=assessments]")).ToHaveTextAsync("—");
        await Expect(tab.Page.Locator("[data-changes] [data-kind=moved] b, [data-changes] [data-kind=changed] b").First).ToHaveTextAsync("1");
        await tab.Drawn();
        await tab.Keep("grids");
        await AccessibilityTests.NothingSerious(tab);

        // Outlines that do not come are told, and are there as soon as they are asked for again.
        await tab.Page.RouteAsync("**/api/own-grids/outlines", route => route.FulfillAsync(new() { Status = 503 }));
        await tab.Page.ReloadAsync();
        await Expect(tab.Page.Locator(".map-missing")).ToContainTextAsync("没有取到");
        await tab.Keep("grids-missing");
        await tab.Page.UnrouteAllAsync();
        await tab.Page.Locator(".map-missing button").ClickAsync();
        await Expect(tab.Page.Locator(".map-missing")).ToHaveCountAsync(0);
        tab.Complaints.Clear();
        await Expect(tab.Page.Locator("[data-all='devices.offline']")).ToHaveTextAsync("1");
        await tab.Page.Locator("[data-days]").SelectOptionAsync("30");
        await Expect(tab.Page).ToHaveURLAsync(new Regex("days=30"));
        var changed = tab.Page.Locator("[data-changed^='components/']", new() { HasText = Coast.LonelyCode });
        await changed.ClickAsync();
        await tab.Page.Locator("li", new() { Has = changed }).Locator("[data-open-on-map]").ClickAsync();
        await Expect(tab.Panel.Locator("[data-key]")).ToHaveTextAsync(Coast.LonelyCode);
        await Expect(tab.Panel.Locator("[data-history]")).ToBeVisibleAsync();
        Assert.Equal("", string.Join('\n', tab.Complaints));
    }

    [Fact]
    public async Task Each_grid_has_a_row_of_its_own_and_is_marked_on_the_map()
    {
        await using var tab = await city.Open("/grids", "en-GB");
        await tab.Page.Locator("[data-down='350203']").ClickAsync();
        await tab.Page.Locator("[data-down='350203002']").ClickAsync();
        await tab.Page.Locator($"[data-down='{Community}']").ClickAsync();
        await tab.Page.Locator($"[data-own='{Community}100']").CheckAsync();
        await tab.Page.Locator($"[data-own='{Community}101']").CheckAsync();
        await tab.Page.Locator("[data-keep]").ClickAsync();
        await Expect(tab.Page.Locator($"[data-cell='{Community}100/components']")).ToHaveTextAsync(await Count("gis.components where", $" and grid_code = '{Community}100'"));
        await tab.Page.Locator($"[data-grid='{Community}101']").ClickAsync();
        await Expect(tab.Page.Locator("tr.marked")).ToContainTextAsync($"{Community}101");
        await tab.Drawn();
        await tab.Keep("grids-en");
        Assert.True(await tab.Page.EvaluateAsync<bool>("() => { const { right } = document.querySelector('[data-numbers] th:last-child').getBoundingClientRect(); return right <= document.querySelector('.numbers').getBoundingClientRect().right - 20; }"), "The last column is cut.");
        await tab.Page.SetViewportSizeAsync(400, 780);
        await tab.Page.ReloadAsync();
        await Expect(tab.Page.Locator("[data-all=assessments]")).ToHaveTextAsync("—");
        await Expect(tab.Page.Locator("[data-choose]")).Not.ToBeInViewportAsync();
        await tab.Page.Locator("[data-numbers] th:last-child").First.ScrollIntoViewIfNeededAsync();
        await tab.Keep("grids-narrow-en");
        await Expect(tab.Page.Locator("[data-all=assessments]")).ToBeInViewportAsync();
        await Expect(tab.Page.Locator($"[data-grid='{Community}101']")).ToBeInViewportAsync();
        Assert.Equal("", string.Join('\n', tab.Complaints));
    }

    [Fact]
    public async Task What_stands_in_an_own_grid_is_named_and_opened_and_the_grid_itself_is_marked_by_a_click_and_opened_by_the_next()
    {
        var thing = await Undisturbed();
        await using var tab = await city.Open("/grids");
        await Choose(tab, thing.Grid);
        await tab.Drawn();
        var edge = await AtMiddleOfMap(tab, thing.West, thing.EdgeLatitude);
        await tab.BecomesAt(edge.Right - 0.5f, edge.Down, GridBlue);
        var (x, y) = await tab.PixelOf(thing.Longitude, thing.Latitude);
        await tab.Page.Mouse.MoveAsync(x, y);
        await Expect(tab.Page.Locator(".map-tip")).ToContainTextAsync(thing.Name);

        var ground = await tab.PixelOf(thing.West + 0.00004, thing.EdgeLatitude);
        await tab.Page.Mouse.ClickAsync(ground.X, ground.Y);
        await Expect(tab.Page.Locator("tr.marked")).ToContainTextAsync(thing.Grid);
        await Expect(tab.Page).ToHaveURLAsync(new Regex($"grid={thing.Grid}.*at="));
        await tab.Drawn();
        await tab.Keep("grids-marked");
        edge = await AtMiddleOfMap(tab, thing.West, thing.EdgeLatitude);
        await tab.BecomesAt(edge.Right - 0.5f, edge.Down, MarkOrange);
        await tab.Page.ReloadAsync();
        await tab.Drawn();
        await tab.BecomesAt(edge.Right - 0.5f, edge.Down, MarkOrange);

        (x, y) = await tab.PixelOf(thing.Longitude, thing.Latitude);
        await tab.Page.Mouse.ClickAsync(x, y);
        await Expect(tab.Panel.Locator("[data-key]")).ToHaveTextAsync(thing.Code);
        await tab.Page.GoBackAsync();
        await Expect(tab.Page.Locator("tr.marked")).ToContainTextAsync(thing.Grid);
        await tab.Drawn();
        ground = await tab.PixelOf(thing.West + 0.00004, thing.EdgeLatitude);
        await tab.Page.Mouse.ClickAsync(ground.X, ground.Y);
        await Expect(tab.Panel.Locator("[data-key]")).ToHaveTextAsync(thing.Grid);
        await tab.Page.GoBackAsync();
        await tab.Drawn();
        await tab.Page.Locator($"[data-open-grid='{thing.Grid}']").ClickAsync();
        await Expect(tab.Panel.Locator("[data-key]")).ToHaveTextAsync(thing.Grid);
        Assert.Equal("", string.Join('\n', tab.Complaints));
    }

    // A component of long ago, well within its grid: what changed today is drawn over everything else.
    async Task<(string Code, string Name, string Grid, double Longitude, double Latitude, double West, double EdgeLatitude)> Undisturbed()
    {
        var row = (await city.Database.Rows($"""
            select thing.code, thing.name, thing.grid_code, ST_X(thing.geom), ST_Y(thing.geom), ST_XMin(grid.geom), ST_YMin(grid.geom) + 0.00012
            from gis.components thing join gis.unit_grids grid on grid.code = thing.grid_code
            where thing.community_code = '{Community}' and thing.code <> '{Coast.LonelyCode}' and ST_Area(grid.geom) > 0.99e-6
                and ST_Distance(ST_Boundary(grid.geom), thing.geom) > 0.00025 and not exists (select 1 from gis.cameras other where ST_DWithin(other.geom, thing.geom, 0.0004))
            order by thing.code limit 1
            """)).Single().Split('|');
        await city.Database.Run($"update cityops.layer set version = version + 1 where id = 'components'; set cityops.bulk = 'on'; update gis.components set valid_from = now() - interval '9 days' where code = '{row[0]}'");
        var places = row[3..].Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return (row[0], row[1], row[2], places[0], places[1], places[2], places[3]);
    }

    static async Task Choose(MapTab tab, string grid)
    {
        foreach (var area in new[] { Community[..6], Community[..9], Community })
            await tab.Page.Locator($"[data-down='{area}']").ClickAsync();
        await tab.Page.Locator($"[data-own='{grid}']").CheckAsync();
        await tab.Page.Locator("[data-keep]").ClickAsync();
        await Expect(tab.Page.Locator($"[data-grid='{grid}']")).ToBeVisibleAsync();
    }

    static async Task<(float Right, float Down)> AtMiddleOfMap(MapTab tab, double longitude, double latitude)
    {
        var ((x, y), (middleX, middleY)) = (await tab.PixelOf(longitude, latitude), await tab.Middle());
        return (x - middleX, y - middleY);
    }

    async Task<string> Count(string from, string and)
        => (await city.Database.Value<long>($"select count(*) from {from} community_code = '{Community}'{and}")).ToString("#,0", CultureInfo.InvariantCulture);
}
