using System.Globalization;
using System.Text.RegularExpressions;
using System.Web;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd;

/// <summary>Selecting by box, polygon and circle, measuring, and choosing among what lies at one place, by pointer and by keys.</summary>
public sealed class SelectionTests(CoastMap city) : IClassFixture<CoastMap>
{
    const string AtTown = "/?at=16/24.4600/118.0755";

    [Fact]
    public async Task A_box_selects_what_SQL_finds_in_it_and_the_address_brings_it_back()
    {
        await using var tab = await city.Open(AtTown);
        await tab.Drawn();
        await Drag(tab, "box", (-150, -120), (170, 130));
        await Expect(tab.Page).ToHaveURLAsync(new Regex("bbox="));
        var box = Parameter(tab, "bbox");
        var inside = await Count($"ST_Intersects(geom, ST_MakeEnvelope({box}, 4490))");
        Assert.InRange(inside, 1, 599);
        await Expect(tab.Page.Locator("[data-selected=components] b")).ToHaveTextAsync(Written(inside));
        await Expect(tab.Page.Locator("label:has([data-layer=components]) [data-answers]")).ToHaveTextAsync(Written(inside));
        await tab.Drawn();
        await tab.Keep("map-selection");

        await using var other = await city.Open(tab.Page.Url[city.Root.Length..], language: "en-GB");
        await Expect(other.Page.Locator("[data-selected=components] b")).ToHaveTextAsync(Written(inside));
        await other.Drawn();
        Assert.All(other.Requests.Where(url => url.Contains("/tiles/components/", StringComparison.Ordinal)), url => Assert.Contains("bbox=", url));

        await other.Page.Locator("[data-selection-export]").ClickAsync();
        await Expect(other.Page.Locator("[data-export-go]")).ToHaveAttributeAsync("href", new Regex("bbox="));
        await other.Page.Locator("[data-selection-clear]").ClickAsync();
        await Expect(other.Page).Not.ToHaveURLAsync(new Regex("bbox="));
        Assert.Equal("", string.Join('\n', tab.Complaints.Concat(other.Complaints)));
    }

    [Fact]
    public async Task A_circle_selects_what_is_no_farther_than_its_radius()
    {
        await using var tab = await city.Open(AtTown);
        await tab.Drawn();
        await Drag(tab, "circle", (0, 0), (140, 0));
        await Expect(tab.Page).ToHaveURLAsync(new Regex("near="));
        var near = Parameter(tab, "near").Split(',');
        var inside = await Count($"ST_DWithin(geom::geography, ST_SetSRID(ST_MakePoint({near[0]}, {near[1]}), 4490)::geography, {near[2]})");
        Assert.InRange(inside, 1, 599);
        await Expect(tab.Page.Locator("[data-selected=components] b")).ToHaveTextAsync(Written(inside));
    }

    [Fact]
    public async Task A_polygon_can_be_drawn_with_the_keyboard_alone()
    {
        await using var tab = await city.Open(AtTown);
        await tab.Drawn();
        await tab.Page.Locator("[data-tool=polygon]").FocusAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(tab.Page.Locator(".map-hint")).ToContainTextAsync("多边形");
        foreach (var way in new[] { "ArrowRight", "ArrowDown", "ArrowLeft" })
        {
            await tab.Page.Keyboard.PressAsync(" ");
            // Leaflet passes over arrows while the map still moves.
            var before = tab.Page.Url;
            await tab.Page.Keyboard.PressAsync(way);
            await Expect(tab.Page).Not.ToHaveURLAsync(before);
        }
        await tab.Page.Keyboard.PressAsync(" ");
        await tab.Keep("map-drawing");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(tab.Page).ToHaveURLAsync(new Regex("polygon="));
        var inside = await Count($"ST_Intersects(geom, ST_GeomFromText('{Parameter(tab, "polygon")}', 4490))");
        await Expect(tab.Page.Locator("label:has([data-layer=components]) [data-answers]")).ToHaveTextAsync(Written(inside));
    }

    [Fact]
    public async Task Distance_and_area_are_those_of_the_ellipsoid()
    {
        await using var tab = await city.Open(AtTown);
        await tab.Drawn();
        await tab.Page.Locator("[data-tool=area]").ClickAsync();
        await Expect(tab.Page.Locator("[data-tool=area]")).ToHaveAttributeAsync("aria-pressed", "true");
        await Click(tab, (-200, -100), (200, -100), (150, 120), (-180, 110));
        await tab.Page.Keyboard.PressAsync("Enter");
        var figure = await tab.Page.Locator(".map-figure.total").InnerTextAsync();
        await tab.Keep("map-area");
        var places = await Places(tab, (-200, -100), (200, -100), (150, 120), (-180, 110));
        var area = await city.Database.Value<double>($"select ST_Area(ST_GeomFromText('POLYGON(({string.Join(',', places)},{places[0]}))', 4490)::geography)");
        // The pixel that was clicked is known to half a pixel; the area is written in hectares.
        Assert.InRange(double.Parse(figure.Split(' ')[0], CultureInfo.InvariantCulture) * 10_000, area * 0.99, area * 1.01);

        await tab.Page.Locator("[data-tool=distance]").ClickAsync();
        await Expect(tab.Page.Locator("[data-tool=distance]")).ToHaveAttributeAsync("aria-pressed", "true");
        await Click(tab, (-200, 0), (200, 0));
        await tab.Page.Keyboard.PressAsync("Enter");
        var length = await city.Database.Value<double>($"select ST_Length(ST_GeomFromText('LINESTRING({string.Join(',', await Places(tab, (-200, 0), (200, 0)))})', 4490)::geography)");
        var told = (await tab.Page.Locator(".map-figure.total").InnerTextAsync()).Split(' ');
        Assert.InRange(double.Parse(told[0], CultureInfo.InvariantCulture) * (told[1] == "km" ? 1000 : 1), length * 0.99, length * 1.01);
        await tab.Page.Keyboard.PressAsync("Escape");
        await Expect(tab.Page.Locator("[data-tool=distance]")).ToHaveAttributeAsync("aria-pressed", "false");
    }

    [Fact]
    public async Task Where_several_things_lie_a_list_is_offered_and_the_keyboard_chooses()
    {
        await city.Database.Run("""
            insert into gis.components (code, name, class_code, class_table, supervisor_code, supervisor_name, owner_name, status, first_date, geom)
            select '35020301020008' || n, '重叠' || n, '0102', 'cjt214-2007', '11', '市政设施维护中心', '厦门市城市管理局', '完好', '2021-05-20', ST_SetSRID(ST_MakePoint(118.128, 24.432), 4490)
            from generate_series(10, 12) n
            """);
        await city.Serves("components", 118.128, 24.432, "重叠12");
        await using var tab = await city.Open("/?at=19/24.432/118.128");
        await tab.Drawn();
        await tab.Page.Locator(".map-stage").FocusAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(tab.Page.Locator("[data-choose]")).ToHaveCountAsync(3);
        // Each with the sign that it has on the map.
        await Expect(tab.Page.Locator("[data-choose] circle").First).ToHaveAttributeAsync("fill", "#2563a8");
        await Expect(tab.Page.Locator("[data-choose] image").First).ToHaveAttributeAsync("href", new Regex("/manhole\\.svg$"));
        await tab.Keep("map-choice");
        var second = await tab.Page.Locator("[data-choose]").Nth(1).GetAttributeAsync("data-choose");
        await Expect(tab.Page.Locator("[data-choose]").First).ToBeFocusedAsync();
        await tab.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(tab.Page.Locator("[data-choose]").Nth(1)).ToBeFocusedAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(tab.Page.Locator("[data-choice]")).ToHaveCountAsync(0);
        await Expect(tab.Page).ToHaveURLAsync(new Regex("feature=" + second));
        await Expect(tab.Panel.Locator(".layer image")).ToHaveAttributeAsync("href", new Regex("/manhole\\.svg$"));
        Assert.Equal("", string.Join('\n', tab.Complaints));
    }

    [Fact]
    public async Task Coordinates_are_those_of_PostGIS_in_the_citys_zone_and_cost_the_server_nothing()
    {
        await using var tab = await city.Open(AtTown);
        await tab.Drawn();
        var (x, y) = await tab.Middle();
        await tab.Page.Mouse.MoveAsync(x + 33, y + 21);
        await Expect(tab.Page.Locator(".map-coordinates")).ToContainTextAsync("EPSG:4548");
        await tab.Page.WaitForTimeoutAsync(200);
        var told = Regex.Matches(await tab.Page.Locator(".map-coordinates").InnerTextAsync(), @"\d+\.\d+").Select(one => double.Parse(one.Value, CultureInfo.InvariantCulture)).ToArray();
        var expected = await city.Database.Value<string>(string.Create(CultureInfo.InvariantCulture, $"select ST_AsText(ST_Transform(ST_SetSRID(ST_MakePoint({told[0]}, {told[1]}), 4490), 4548), 6)"));
        var plane = Regex.Matches(expected!, @"\d+\.\d+").Select(one => double.Parse(one.Value, CultureInfo.InvariantCulture)).ToArray();
        Assert.InRange(Math.Abs(plane[0] - told[2]) + Math.Abs(plane[1] - told[3]), 0, 0.4);
    }

    static async Task Drag(MapTab tab, string tool, (float X, float Y) from, (float X, float Y) to)
    {
        await tab.Page.Locator($"[data-tool={tool}]").ClickAsync();
        await Expect(tab.Page.Locator($"[data-tool={tool}]")).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(tab.Page.Locator(".map-hint")).ToBeVisibleAsync();
        var (x, y) = await tab.Middle();
        await tab.Page.Mouse.MoveAsync(x + from.X, y + from.Y);
        await tab.Page.Mouse.DownAsync();
        await tab.Page.Mouse.MoveAsync(x + to.X, y + to.Y, new() { Steps = 4 });
        await tab.Page.Mouse.UpAsync();
    }

    static async Task Click(MapTab tab, params (float X, float Y)[] places)
    {
        await Expect(tab.Page.Locator(".map-hint")).ToBeVisibleAsync();
        var (x, y) = await tab.Middle();
        foreach (var place in places)
            await tab.Page.Mouse.ClickAsync(x + place.X, y + place.Y);
    }

    // Longitude and latitude of pixels, as the map itself tells them.
    static async Task<string[]> Places(MapTab tab, params (float X, float Y)[] places)
    {
        var (x, y) = await tab.Middle();
        var found = new List<string>();
        foreach (var place in places)
        {
            await tab.Page.Mouse.MoveAsync(x + place.X, y + place.Y);
            await tab.Page.WaitForTimeoutAsync(120);
            found.Add(string.Join(' ', Regex.Matches(await tab.Page.Locator(".map-coordinates").InnerTextAsync(), @"\d+\.\d+").Take(2).Select(one => one.Value)));
        }
        return [.. found];
    }

    Task<long> Count(string condition) => city.Database.Value<long>($"select count(*) from gis.components where {condition} and status is distinct from '移除'");

    static string Parameter(MapTab tab, string name) => HttpUtility.ParseQueryString(new Uri(tab.Page.Url).Query)[name]!;

    static string Written(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
