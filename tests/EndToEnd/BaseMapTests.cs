using System.Text.RegularExpressions;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd;

public sealed class BaseMapTests(BaseMapCity city) : IClassFixture<BaseMapCity>
{
    const string Sea = "#dce6ec";

    [Fact]
    public async Task A_base_map_is_chosen_on_the_map_kept_by_the_address_and_left_again()
    {
        await using var tab = await city.Open("/?at=15/24.4600/118.1300&layers=components");
        await tab.BecomesAt(60, 0, Sea);
        await tab.Page.Locator("[data-base-open]").ClickAsync();
        await tab.Page.Locator("[data-base=file]").ClickAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex("base=file"));
        await tab.BecomesAt(60, 0, BaseMapCity.Color);
        await Expect(tab.Page.Locator(".leaflet-control-attribution")).ToContainTextAsync("测试影像 <b>");
        await tab.Keep("map-base");
        await tab.Page.ReloadAsync();
        await tab.BecomesAt(60, 0, BaseMapCity.Color);
        await tab.Page.Locator("[data-base-open]").ClickAsync();
        await tab.Page.Locator("[data-base='']").ClickAsync();
        await tab.BecomesAt(60, 0, Sea);
        Assert.Equal("", string.Join('\n', tab.Complaints));
    }

    [Fact]
    public async Task A_base_map_that_does_not_answer_is_told_once_and_the_map_goes_on()
    {
        await using var tab = await city.Open("/?at=15/24.4600/118.1300&base=silent", language: "en-GB");
        await Expect(tab.Page.Locator(".toast")).ToContainTextAsync("does not answer", new() { Timeout = 20_000 });
        await tab.BecomesAt(60, 0, Sea);
        await tab.Page.Locator("[data-own-ground]").ClickAsync();
        await Expect(tab.Page.Locator(".toast")).ToHaveCountAsync(0);
        await Expect(tab.Page).Not.ToHaveURLAsync(new Regex("base="));
    }
}
