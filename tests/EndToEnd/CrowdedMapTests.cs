using System.Globalization;
using CityOps.Gis.Tiles.Encoding;
using CityOps.Gis.Tiling;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd;

public sealed class CrowdedMapTests(CrowdedMap city) : IClassFixture<CrowdedMap>
{
    [Fact]
    public async Task Where_features_do_not_fit_cells_tell_their_counts_and_a_click_goes_nearer()
    {
        await using var tab = await city.Open("/?at=14/24.46/118.078");
        await tab.Drawn();
        await tab.Keep("map-crowd");
        var (x, y) = await tab.Middle();
        await tab.Page.Mouse.MoveAsync(x, y);
        await Expect(tab.Page.Locator(".map-tip")).ToContainTextAsync("部件");
        await tab.ClickMiddle();
        await Expect(tab.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("at=16/"));
        await tab.Drawn();
        await tab.Keep("map-crowd-near");
        await Expect(tab.Page.Locator("label").Filter(new() { Has = tab.Page.Locator("[data-layer=components]") })).ToContainTextAsync((Crowd.Lamps + 601).ToString("#,0", CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task The_counts_of_the_tiles_that_the_map_asks_for_are_those_of_the_layer()
    {
        await using var tab = await city.Open("/?at=13/24.46/118.09&layers=components");
        await Expect(tab.Sign("components")).ToHaveAttributeAsync("data-sign", "live", new() { Timeout = 30_000 });
        await tab.Drawn();
        using var client = new HttpClient();
        var counts = new List<long>();
        foreach (var url in tab.Answers.Select(answer => answer.Url).Where(url => url.Contains("/tiles/components/12/", StringComparison.Ordinal)).Distinct())
            counts.AddRange((MvtReader.Read(await client.GetByteArrayAsync(url, TestContext.Current.CancellationToken)).Find("components")?.Features ?? [])
                .Select(feature => feature.Attributes.TryGetValue("cell_count", out var count) ? Convert.ToInt64(count, CultureInfo.InvariantCulture) : 1));

        Assert.Equal(await city.Database.Value<long>("select count(*) from gis.components"), counts.Sum());
        Assert.InRange(counts.Count, 100, Crowd.Lamps / 4);
    }

    [Fact]
    public async Task A_cell_tells_what_it_holds_by_major()
    {
        await using var tab = await city.Open("/?at=14/24.46/118.078&layers=components", language: "en-GB");
        await tab.Drawn();
        var (x, y) = await tab.Middle();
        await tab.Page.Mouse.MoveAsync(x, y);
        await Expect(tab.Page.Locator(".map-tip")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"Managed components [\d,]+.*Municipal utilities [\d,]+"));
    }

    [Fact]
    public async Task The_plate_with_the_number_of_a_cell_is_that_cell_also_beside_its_dot()
    {
        await using var tab = await city.Open("/?at=13/24.46/118.077&layers=components", language: "en-GB");
        await Expect(tab.Sign("components")).ToHaveAttributeAsync("data-sign", "live", new() { Timeout = 30_000 });
        await tab.Drawn();
        using var client = new HttpClient();
        var cells = new List<(long Count, double Longitude, double Latitude)>();
        foreach (var url in tab.Answers.Select(answer => answer.Url).Where(url => url.Contains("/tiles/components/12/", StringComparison.Ordinal)).Distinct())
        {
            var numbers = new Uri(url).AbsolutePath.Split('/');
            var (column, row) = (int.Parse(numbers[^2], CultureInfo.InvariantCulture), int.Parse(numbers[^1].Split('.')[0], CultureInfo.InvariantCulture));
            if (MvtReader.Read(await client.GetByteArrayAsync(url, TestContext.Current.CancellationToken)).Find("components") is { } layer)
                cells.AddRange(layer.Features.Where(feature => feature.Attributes.ContainsKey("cell_count")).Select(feature => (
                    Convert.ToInt64(feature.Attributes["cell_count"], CultureInfo.InvariantCulture),
                    WebMercator.Longitude((column + (double)feature.Parts[0][0] / layer.Extent) / 4096), WebMercator.Latitude((row + (double)feature.Parts[0][1] / layer.Extent) / 4096))));
        }
        // The square's, among cells of a hundred lamps that stand eight pixels apart: the pointer is on the dot of the next one.
        var largest = cells.Max(cell => cell.Count);
        var (_, longitude, latitude) = cells.Single(cell => cell.Count == largest);
        var (x, y) = await tab.PixelOf(longitude, latitude);

        await tab.Page.Mouse.MoveAsync(x + 8, y);
        await tab.Keep("map-plate");
        await Expect(tab.Page.Locator(".map-tip")).ToContainTextAsync($"Managed components {largest.ToString("#,0", CultureInfo.InvariantCulture)}");
        await tab.Page.Mouse.ClickAsync(x + 8, y);
        await Expect(tab.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("at=15/"));
    }
}
