using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd;

public sealed class ShellTests(CoastMap city)
{
    [Theory]
    [InlineData("/", "zh-CN", ColorScheme.Light)]
    [InlineData("/analysis", "en-GB", ColorScheme.Dark)]
    public async Task A_pages_frame_is_painted_before_its_circuit_is_there_and_nothing_of_it_moves_when_it_comes(string address, string language, ColorScheme theme)
    {
        await using var tab = await city.Blank(language);
        await tab.Page.EmulateMediaAsync(new() { ColorScheme = theme });
        await tab.Page.RouteAsync("**/_framework/blazor.web.js", route => route.AbortAsync());
        await tab.GoToPage(address);
        await Expect(tab.Page.Locator(".shell h1")).ToBeVisibleAsync();
        await tab.Keep($"shell-{theme}-{language}");
        var before = await Places(tab);
        Assert.NotEqual("[]", before);

        await tab.Page.UnrouteAllAsync();
        await tab.Go(address);
        await Expect(tab.Page.Locator(".shell")).ToHaveCountAsync(0);
        await tab.Drawn();
        Assert.Equal(before, await Places(tab));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/?layers=cameras,districts&district=350203&opacity=cameras:0.5")]
    public async Task The_frames_map_draws_without_a_circuit_and_becomes_the_pages_own(string address)
    {
        await using var tab = await city.Blank("zh-CN");
        var circuit = new TaskCompletionSource();
        await tab.Page.RouteAsync("**/_framework/blazor.web.js", async route =>
        {
            await circuit.Task;
            await route.ContinueAsync();
        });
        await tab.Page.GotoAsync(city.Root + address, new() { WaitUntil = WaitUntilState.Commit });
        await Expect(tab.Page.Locator(".first-map[data-drawn=true]")).ToBeVisibleAsync();
        await tab.Page.EvalOnSelectorAsync(".first-map canvas", "canvas => { canvas.dataset.first = 'yes'; }");

        circuit.SetResult();
        await Expect(tab.Page.Locator(".map-view canvas[data-first=yes]")).ToHaveCountAsync(1);
        await tab.Drawn();
        await Expect(tab.Page.Locator(".first-map")).ToHaveCountAsync(0);
        await Expect(tab.Page.Locator("canvas.maplibregl-canvas")).ToHaveCountAsync(1);
        Assert.Equal("", string.Join('\n', tab.Complaints));
    }

    [Fact]
    public async Task Pages_are_changed_within_the_circuit_after_the_frame_has_gone()
    {
        await using var tab = await city.Open("/analysis");
        await Expect(tab.Page).ToHaveURLAsync(new Regex("at="));
        await tab.Page.Locator("nav a[href='/']").ClickAsync();
        await Expect(tab.Page.Locator("[data-layer=components]")).ToBeVisibleAsync();
        await tab.Page.Locator("nav a[href='/imports']").ClickAsync();
        await Expect(tab.Page.Locator("[data-upload]")).ToBeVisibleAsync();
        Assert.Equal("", string.Join('\n', tab.Complaints));
    }

    [Fact]
    public async Task An_address_that_is_written_late_does_not_bring_back_whoever_has_gone_on()
    {
        await using var tab = await city.Open("/");
        await tab.Drawn();
        await tab.Page.EvaluateAsync("() => cityopsAddress.write('/?at=12/24.45/118.1', false)");
        await Expect(tab.Page).ToHaveURLAsync(new Regex("/\\?at=12/"));
        await tab.Page.Locator("nav a[href='/imports']").ClickAsync();
        await Expect(tab.Page.Locator("[data-upload]")).ToBeVisibleAsync();
        await tab.Page.EvaluateAsync("() => cityopsAddress.write('/?at=13/24.45/118.1', false)");
        await Expect(tab.Page.Locator("[data-upload]")).ToBeVisibleAsync();
        Assert.EndsWith("/imports", tab.Page.Url, StringComparison.Ordinal);
    }

    // Where everything of the bar is, and the edges of list and map.
    static async Task<string> Places(MapTab tab) => (await tab.Page.EvaluateAsync<JsonElement>("""
        () => [...document.querySelectorAll('.top-bar h1, .top-bar nav a, .top-bar input, .top-bar select, .top-bar .language, .top-bar .toggle, .mud-drawer.layers, .mud-main-content')]
            .map(one => [one.className.split(' ')[0] || one.tagName, one.textContent.slice(0, 8).trim(), ...['left', 'top', 'right'].map(edge => Math.round(one.getBoundingClientRect()[edge]))])
            .map(one => one[0].startsWith('mud') ? [one[0], ...one.slice(2)] : one)
        """)).ToString();

    [Fact]
    public async Task A_frame_that_is_read_after_the_maps_scripts_has_its_first_map_too()
    {
        await using var tab = await city.Open("/");
        await tab.Drawn();
        // Leaving a page ends its circuit, of which the browser may complain. The scripts are in the browser's cache now; the document's body keeps its reader waiting.
        await tab.Page.RouteAsync(city.Root + "/?layers=districts", async route =>
        {
            var answer = await route.FetchAsync();
            await route.FulfillAsync(new() { Response = answer, Body = (await answer.TextAsync()).Replace("<body>", "<body><script src=\"/slow.js\"></script>", StringComparison.Ordinal) });
        });
        await tab.Page.RouteAsync("**/slow.js", async route =>
        {
            await Task.Delay(1_500);
            await route.FulfillAsync(new() { ContentType = "text/javascript", Body = "window.late = performance.now();" });
        });
        await tab.Page.AddInitScriptAsync("new MutationObserver(() => { if (document.querySelector('.first-map canvas')) window.begun = true; }).observe(document, { childList: true, subtree: true });");
        await tab.Go("/?layers=districts");
        await tab.Drawn();
        Assert.True(await tab.Page.EvaluateAsync<bool>("() => Boolean(window.late && window.begun)"));
        await Expect(tab.Page.Locator(".first-map")).ToHaveCountAsync(0);
    }
}
