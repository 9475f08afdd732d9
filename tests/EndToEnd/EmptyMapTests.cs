using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd;

public sealed class EmptyMapTests(EmptyMap map) : IClassFixture<EmptyMap>
{
    [Fact]
    public async Task Without_data_the_page_says_what_to_run()
    {
        await using var tab = await map.Open("/");
        await Expect(tab.Page.Locator("[data-empty]")).ToContainTextAsync("./cityops demo");
        await tab.Keep("map-empty");
    }
}
