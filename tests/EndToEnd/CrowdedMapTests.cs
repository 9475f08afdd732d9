using System.Globalization;
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
}
