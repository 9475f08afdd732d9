using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd;

public sealed class SearchFieldTests(CoastMap city)
{
    [Fact]
    public async Task What_is_typed_is_found_chosen_with_the_keyboard_and_shown_on_the_map()
    {
        await using var tab = await city.Open("/");
        var field = tab.Page.Locator("[data-search]");
        await field.FillAsync(Coast.LonelyCode);
        await Expect(tab.Page.Locator($"[data-answer='{Coast.LonelyCode}']")).ToBeVisibleAsync();
        await tab.Keep("search-answers");
        await field.PressAsync("ArrowDown");
        await Expect(tab.Page.Locator("[data-answer][aria-selected=true]")).ToHaveCountAsync(1);
        await field.PressAsync("Enter");
        await Expect(tab.Panel.Locator("[data-key]")).ToHaveTextAsync(Coast.LonelyCode);
        await Expect(tab.Page.Locator("[data-answer]")).ToHaveCountAsync(0);
        Assert.Contains("at=18/", tab.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_district_is_found_by_its_initials_and_shown_as_a_whole()
    {
        await using var tab = await city.Open("/");
        await tab.Page.Locator("[data-search]").FillAsync("smq");
        await tab.Page.Locator("[data-answer='350203']").ClickAsync();
        await Expect(tab.Panel.Locator("[data-key]")).ToHaveTextAsync("350203");
        await tab.Keep("search-district");
    }
}
