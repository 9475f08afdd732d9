using Microsoft.Playwright;
using Xunit;

namespace CityOps.Gis.Tests.EndToEnd;

/// <summary>The pages of the OGC API as a person uses them.</summary>
public sealed class OgcPageTests(CoastMap map)
{
    [Fact]
    public async Task A_page_of_features_shows_them_in_a_table_and_on_a_map_and_asks_again_by_its_form()
    {
        await using var tab = await map.Open("/", "en-GB");
        await tab.Page.GotoAsync(map.Root + "/ogc/collections/components/items?f=html&limit=5");
        await Drawn(tab.Page);
        var drawn = await tab.Page.Locator(".map").GetAttributeAsync("data-drawn-features");
        var all = await tab.Page.Locator(".matched b").TextContentAsync();
        Assert.Equal("5", drawn);
        Assert.Equal(5, await tab.Page.Locator("tbody tr").CountAsync());

        await tab.Page.GetByText("Next").ClickAsync();
        Assert.Contains("after=", tab.Page.Url, StringComparison.Ordinal);

        await tab.Page.Locator("[name=filter]").FillAsync("fid < 3");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Ask" }).ClickAsync();
        Assert.NotEqual(all, await tab.Page.Locator(".matched b").TextContentAsync());

        await tab.Page.Locator("[name=filter]").FillAsync("colour = 'red'");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Ask" }).ClickAsync();
        Assert.Contains("colour", await tab.Page.Locator(".fault").TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal("colour = 'red'", await tab.Page.Locator("[name=filter]").InputValueAsync());
    }

    [Fact]
    public async Task Pages_lead_from_the_entrance_to_a_feature_in_Chinese_and_ask_nothing_of_others()
    {
        await using var tab = await map.Open("/");
        await tab.Page.GotoAsync(map.Root + "/ogc");
        await Drawn(tab.Page);
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "集合" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "部件", Exact = true }).ClickAsync();
        await Drawn(tab.Page);
        await tab.Page.GetByText("浏览要素").ClickAsync();
        await tab.Page.Locator("tbody a").First.ClickAsync();
        await Drawn(tab.Page);
        Assert.Contains("标识码", await tab.Page.Locator(".facts").TextContentAsync(), StringComparison.Ordinal);
        Assert.All(tab.Requests.Where(url => url.StartsWith("http", StringComparison.Ordinal)), url => Assert.StartsWith(map.Root, url, StringComparison.Ordinal));
        Assert.DoesNotContain(tab.Complaints, complaint => complaint.StartsWith("error", StringComparison.Ordinal));
    }

    static async Task Drawn(IPage page)
    {
        await page.WaitForSelectorAsync(".map[data-drawn=true]", new() { Timeout = 30_000 });
        await page.WaitForTimeoutAsync(300);
        await page.WaitForSelectorAsync(".map[data-drawn=true]", new() { Timeout = 30_000 });
    }
}
