using System.Globalization;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd;

/// <summary>The map follows the database through the engine in memory, and PostGIS draws the same.</summary>
public sealed class LiveMapTests(CoastMap city) : IClassFixture<CoastMap>
{
    // A place of the sea, where nothing stands.
    const double Longitude = 118.13, Latitude = 24.43;
    const string MunicipalBlue = "#2563a8";
    static readonly string AtSea = string.Create(CultureInfo.InvariantCulture, $"/?at=19/{Latitude}/{Longitude}");

    [Fact]
    public async Task Memory_and_PostGIS_draw_the_same_and_the_address_keeps_the_choice()
    {
        await using var tab = await Live("/?at=15/24.4655/118.0755");
        // What was drawn before the layer was in memory came from PostGIS.
        tab.Answers.Clear();
        await tab.Page.ReloadAsync();
        await tab.Drawn();
        await tab.Keep("map-from-memory");
        Assert.Equal(["snapshot"], tab.Executors("components"));
        var fromMemory = await tab.MapPicture();
        await tab.Page.RunAndWaitForResponseAsync(() => tab.Page.Locator("[data-engine=postgis]").CheckAsync(new() { Force = true }), answer => answer.Url.Contains("/tiles/components/", StringComparison.Ordinal) && answer.Url.Contains("executor=sql", StringComparison.Ordinal));
        await Expect(tab.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("executor=sql"));
        await tab.Drawn();
        await Expect(tab.Sign("components")).ToHaveAttributeAsync("data-sign", "postgis");
        await tab.Keep("map-from-postgis");
        Assert.Equal(["snapshot", "sql"], tab.Executors("components"));
        // A boundary may lie one of a tile's 4096 units beside, which is a column of pixels.
        Assert.InRange(await tab.ShareOfDifference(fromMemory, await tab.MapPicture()), 0, 0.003);
    }

    [Fact]
    public async Task A_map_comes_to_rest_though_all_it_asked_for_again_is_unchanged()
    {
        await using var tab = await Live("/?at=15/24.4655/118.0755");
        await tab.Page.RouteAsync("**/tiles/**executor=sql*", async route => await route.FulfillAsync(new() { Response = await route.FetchAsync(new() { Url = route.Request.Url.Replace("executor=sql", "", StringComparison.Ordinal) }) }));
        await tab.Page.RunAndWaitForResponseAsync(() => tab.Page.Locator("[data-engine=postgis]").CheckAsync(new() { Force = true }), answer => answer.Url.Contains("executor=sql", StringComparison.Ordinal));
        await tab.Drawn();
    }

    [Fact]
    public async Task Tiles_that_failed_come_when_they_are_asked_for_elsewhere()
    {
        await using var tab = await Live("/?at=15/24.4655/118.0755");
        var fromMemory = await tab.MapPicture();
        await tab.Page.RouteAsync("**/tiles/**executor=sql*", route => route.FulfillAsync(new() { Status = 503 }));
        await tab.Page.RunAndWaitForResponseAsync(() => tab.Page.Locator("[data-engine=postgis]").CheckAsync(new() { Force = true }), answer => answer.Status == 503);
        await Expect(tab.Page.Locator(".map-missing")).ToBeVisibleAsync();
        await tab.Page.Locator("[data-engine=memory]").CheckAsync(new() { Force = true });
        await Expect(tab.Page).Not.ToHaveURLAsync(new System.Text.RegularExpressions.Regex("executor=sql"));
        await Expect(tab.Page.Locator(".map-missing")).ToHaveCountAsync(0, new() { Timeout = 15_000 });
        await tab.Drawn();
        Assert.InRange(await tab.ShareOfDifference(fromMemory, await tab.MapPicture()), 0, 0.003);
    }

    [Fact]
    public async Task A_row_that_comes_moves_or_goes_shows_on_the_open_map_and_no_other_layer_is_asked_again()
    {
        await using var tab = await Live(AtSea);
        Assert.InRange(MapTab.Difference(await tab.ColorAt(0, 0), MunicipalBlue), 60, 255);
        tab.Requests.Clear();

        await city.Database.Run(Insert("3502030102000901"));
        await tab.BecomesAt(0, 0, MunicipalBlue);
        await tab.Keep("map-row-came");
        await city.Database.Run("update gis.components set geom = ST_Translate(geom, 0.0002, 0) where code = '3502030102000901'");
        await tab.LosesAt(0, 0, MunicipalBlue);
        await city.Database.Run("update gis.components set geom = ST_Translate(geom, -0.0002, 0) where code = '3502030102000901'");
        await tab.BecomesAt(0, 0, MunicipalBlue);
        await city.Database.Run("delete from gis.components where code = '3502030102000901'");
        await tab.LosesAt(0, 0, MunicipalBlue);

        var asked = tab.Requests.Where(url => url.EndsWith(".mvt", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(asked);
        Assert.All(asked, url => Assert.Contains("/tiles/components/", url));
    }

    [Fact]
    public async Task The_table_and_the_counts_follow_what_changes_on_the_open_map()
    {
        await using var tab = await Live(string.Create(CultureInfo.InvariantCulture, $"/?at=19/{Latitude}/{Longitude + 0.004}&table=components"));
        var (count, listed) = (tab.Page.Locator("[data-table-count]"), tab.Page.Locator("label:has([data-layer=components]) .count"));
        await Expect(count).ToHaveAttributeAsync("data-table-count", "0");
        var before = long.Parse(await listed.InnerTextAsync(), NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

        await city.Database.Run(Insert("3502030102000903", 0.004));

        await Expect(count).ToHaveAttributeAsync("data-table-count", "1");
        await Expect(tab.Page.Locator(".rows .row")).ToContainTextAsync("3502030102000903");
        await Expect(listed).ToHaveTextAsync((before + 1).ToString("#,0", CultureInfo.InvariantCulture));
        await city.Database.Run("delete from gis.components where code = '3502030102000903'");
        await Expect(count).ToHaveAttributeAsync("data-table-count", "0");
        await Expect(listed).ToHaveTextAsync(before.ToString("#,0", CultureInfo.InvariantCulture));
        Assert.Equal("", string.Join('\n', tab.Complaints));
    }

    [Fact]
    public async Task A_hidden_page_asks_for_nothing_and_is_up_to_date_when_it_is_seen_again()
    {
        await using var tab = await Live(string.Create(CultureInfo.InvariantCulture, $"/?at=19/{Latitude}/{Longitude - 0.002}"));
        await tab.Hide(true);
        tab.Requests.Clear();
        await city.Database.Run(Insert("3502030102000902", -0.002));
        await city.Serves("components", Longitude - 0.002, Latitude, "3502030102000902");
        Assert.Empty(tab.Requests);

        await tab.Hide(false);

        await tab.BecomesAt(0, 0, MunicipalBlue);
        Assert.Empty(tab.Complaints);
    }

    async Task<MapTab> Live(string address)
    {
        var tab = await city.Open(address);
        await Expect(tab.Sign("components")).ToHaveAttributeAsync("data-sign", "live", new() { Timeout = 30_000 });
        await tab.Drawn();
        return tab;
    }

    static string Insert(string code, double right = 0) => string.Create(CultureInfo.InvariantCulture, $"""
        insert into gis.components (code, name, class_code, class_table, supervisor_code, supervisor_name, owner_name, status, first_date, geom)
        values ('{code}', '污水井盖', '0102', 'cjt214-2007', '11', '市政设施维护中心', '厦门市城市管理局', '完好', '2021-05-20', ST_SetSRID(ST_MakePoint({Longitude + right}, {Latitude}), 4490))
        """);
}
