using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd;

/// <summary>A person changes lines and areas corner by corner; each test has a thing of its own.</summary>
public sealed class ShapeJourneys(StreetMap city) : IClassFixture<StreetMap>
{
    const int Patience = 20_000;
    const double Longitude = 118.0755, Latitude = 24.4720, Side = 0.0004;

    [Fact]
    public async Task A_lines_corners_are_dragged_added_and_taken_away_and_the_form_saves_them()
    {
        await using var tab = await Editing("3502030101900001", $"ST_MakeLine(array[{Place(-1, 0)}, {Place(0, 0)}, {Place(1, 0)}])");
        var corners = tab.Page.Locator(".map-corner");
        await Expect(corners).ToHaveCountAsync(3);
        await Expect(tab.Panel.Locator("[data-size]")).ToContainTextAsync(new Regex("81\\.\\d 米"));
        await Drag(tab, corners.Nth(1), 0, -60);
        await Expect(tab.Panel.Locator("[data-size]")).ToContainTextAsync(new Regex("8[4-9]\\.\\d 米"));
        await Drag(tab, tab.Page.Locator(".map-corner-between").First, -20, 30);
        await Expect(corners).ToHaveCountAsync(4);
        await tab.Keep("shape-line");
        await corners.Nth(3).FocusAsync();
        await tab.Page.Keyboard.PressAsync("Delete");
        await Expect(corners).ToHaveCountAsync(3);
        await tab.Panel.Locator("[data-undo]").ClickAsync();
        await Expect(corners).ToHaveCountAsync(4);
        await tab.Panel.Locator("[data-save]").ClickAsync();
        await Expect(tab.Panel.Locator("[data-saved]")).ToBeVisibleAsync(new() { Timeout = Patience });
        await Expect(corners).ToHaveCountAsync(0);
        Assert.Equal(["4|3|True"], await city.Database.Rows("""
            select ST_NPoints(now.geom), ST_NPoints(past.geom), ST_YMax(now.geom) - ST_YMax(past.geom) between 0.0001 and 0.0002
            from gis.components now join gis.components_history past using (fid) where now.code = '3502030101900001'
            """));
        Assert.Equal("", string.Join('\n', tab.Complaints));
    }

    [Fact]
    public async Task Keys_change_an_area_whose_crossing_edges_are_told_and_refused()
    {
        await using var tab = await Editing("3502030101900002", $"ST_MakeEnvelope({Degrees(Longitude - Side)}, {Degrees(Latitude)}, {Degrees(Longitude)}, {Degrees(Latitude + Side)}, 4490)", "en-GB");
        var (corners, size) = (tab.Page.Locator(".map-corner"), tab.Panel.Locator("[data-size]"));
        await Expect(corners).ToHaveCountAsync(4);
        var before = await size.TextContentAsync();
        await corners.First.FocusAsync();
        await tab.Page.Keyboard.PressAsync("Insert");
        await Expect(corners).ToHaveCountAsync(5);
        await Expect(size).ToHaveTextAsync(before!);
        await tab.Page.Keyboard.PressAsync("Shift+ArrowLeft");
        await Expect(size).Not.ToHaveTextAsync(before!);
        await tab.Keep("shape-area-en");
        await tab.Page.Keyboard.PressAsync("Control+z");
        await Expect(size).ToHaveTextAsync(before!);
        await tab.Page.Keyboard.PressAsync("Control+z");
        await Expect(corners).ToHaveCountAsync(4);

        await Drag(tab, corners.First, 250, -80);
        await Expect(tab.Panel.Locator("[data-crossed]")).ToBeVisibleAsync();
        await tab.Panel.Locator("[data-save]").ClickAsync();
        await Expect(tab.Panel.Locator("[data-form-fault]")).ToContainTextAsync("invalid", new() { Timeout = Patience });
        await tab.Keep("shape-crossed-en");
        Assert.Empty(await city.Database.Rows("select 1 from gis.components_history where code = '3502030101900002'"));
        await tab.Panel.Locator("[data-put-back]").ClickAsync();
        await Expect(tab.Panel.Locator("[data-save]")).ToBeDisabledAsync();
        await Expect(size).ToHaveTextAsync(before!);
    }

    [Fact]
    public async Task A_changed_shape_goes_onto_the_newer_version_where_somebody_was_faster()
    {
        await using var tab = await Editing("3502030101900003", $"ST_MakeLine(array[{Place(-1, 0)}, {Place(0, 0)}])");
        await tab.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Drag(tab, tab.Page.Locator(".map-corner").Nth(1), 0, 70);
        await city.Database.Run("update gis.components set status = '破损' where code = '3502030101900003'");
        await tab.Panel.Locator("[data-save]").ClickAsync();
        await Expect(tab.Panel.Locator("[data-conflict]")).ToBeVisibleAsync(new() { Timeout = Patience });
        await tab.Keep("shape-conflict-dark");
        await tab.Panel.Locator("[data-rebase]").ClickAsync();
        await tab.Panel.Locator("[data-save]").ClickAsync();
        await Expect(tab.Panel.Locator("[data-saved]")).ToBeVisibleAsync(new() { Timeout = Patience });
        Assert.Equal(["破损|True"], await city.Database.Rows($"select status, ST_YMin(geom) < {Degrees(Latitude)} - 0.0001 from gis.components where code = '3502030101900003'"));
    }

    [Theory]
    [InlineData("zh-CN", ColorScheme.Light)]
    [InlineData("en-GB", ColorScheme.Light)]
    [InlineData("zh-CN", ColorScheme.Dark)]
    [InlineData("en-GB", ColorScheme.Dark)]
    public async Task Nothing_serious_is_found_on_the_form_with_its_corners(string language, ColorScheme theme)
    {
        await using var tab = await Editing($"350203010190001{(language == "zh-CN" ? 0 : 1) + 2 * (int)theme}", $"ST_MakeLine(array[{Place(-1, 0)}, {Place(0, 0)}])", language);
        await tab.Page.EmulateMediaAsync(new() { ColorScheme = theme });
        await Drag(tab, tab.Page.Locator(".map-corner").Nth(1), 0, 70);
        await tab.Panel.Locator("#edit-name").FillAsync("");
        await tab.Panel.Locator("[data-save]").ClickAsync();
        await Expect(tab.Panel.Locator("[data-fault=name]")).ToBeVisibleAsync(new() { Timeout = Patience });
        await tab.Keep($"form-{theme}-{language}");
        Assert.Empty(await AccessibilityTests.Faults(tab));
    }

    async Task<MapTab> Editing(string code, string shape, string language = "zh-CN")
    {
        await city.Database.Run($"""
            insert into gis.components (code, name, class_code, class_table, supervisor_code, supervisor_name, owner_name, status, first_date, geom)
            values ('{code}', '管线', '0101', 'cjt214-2007', '11', '市政设施维护中心', '厦门市城市管理局', '完好', '2021-05-20', {shape})
            """);
        var fid = await city.Database.Value<long>($"select fid from gis.components where code = '{code}'");
        // The thing lies left of the middle, which the panel is near.
        var tab = await city.Open($"/?at=19/{Degrees(Latitude)}/{Degrees(Longitude + Side)}&feature=components/{fid}", language);
        await tab.Panel.Locator("[data-edit]").ClickAsync();
        await Expect(tab.Panel.Locator("[data-form]")).ToBeVisibleAsync();
        await tab.Drawn();
        return tab;
    }

    static async Task Drag(MapTab tab, ILocator marker, float right, float down)
    {
        var box = (await marker.BoundingBoxAsync())!;
        var (x, y) = (box.X + box.Width / 2, box.Y + box.Height / 2);
        await tab.Page.Mouse.MoveAsync(x, y);
        await tab.Page.Mouse.DownAsync();
        await tab.Page.Mouse.MoveAsync(x + right, y + down, new() { Steps = 8 });
        await tab.Page.Mouse.UpAsync();
    }

    static string Place(int east, int north) => $"ST_SetSRID(ST_MakePoint({Degrees(Longitude + east * Side)}, {Degrees(Latitude + north * Side)}), 4490)";

    static string Degrees(double degrees) => degrees.ToString("0.######", CultureInfo.InvariantCulture);
}
