using System.Globalization;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd;

public sealed class RestartTests(CoastMap city) : IClassFixture<CoastMap>
{
    [Fact]
    public async Task After_a_restart_of_the_server_the_page_comes_back_as_it_was()
    {
        await using var tab = await city.Open(string.Create(CultureInfo.InvariantCulture, $"/?at=19/{Coast.LonelyLatitude}/{Coast.LonelyLongitude}"));
        await tab.Drawn();
        await tab.ClickMiddle();
        await Expect(tab.Panel).ToBeVisibleAsync();
        await tab.Page.EvaluateAsync("() => { window.before = true; }");
        await city.Restart();
        await tab.Page.WaitForFunctionAsync("() => !window.before && document.querySelector('.panel [data-key]')", null, new() { Timeout = 30_000 });
        await Expect(tab.Panel.Locator("[data-key]")).ToHaveTextAsync(Coast.LonelyCode);
    }
}
