using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd;

/// <summary>The pages do all they do under the strict policy, and the policy holds what it should hold back.</summary>
public sealed class ContentPolicyTests(CoastMap city) : IClassFixture<CoastMap>
{
    // Kept by the page itself, also for what happens before a script of a test could listen.
    const string Listen = "window.violations = []; document.addEventListener('securitypolicyviolation', event => violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`));";

    [Theory]
    [InlineData("/?at=16/24.4600/118.0755&table=components")]
    [InlineData("/analysis")]
    [InlineData("/grids")]
    [InlineData("/imports")]
    public async Task Nothing_that_a_page_does_is_held_back(string address)
    {
        await using var tab = await Open(address);
        await tab.Page.Locator("[data-theme-switch]").SelectOptionAsync("dark");
        if (address is not ("/imports" or "/grids"))
            await tab.Drawn();
        await tab.Page.WaitForTimeoutAsync(500);
        await tab.Keep("policy" + address.Split('?')[0].Replace('/', '-'));
        Assert.Empty(await Violations(tab));
        Assert.DoesNotContain(tab.Complaints, complaint => complaint.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_map_draws_under_the_policy_and_makes_its_picture()
    {
        await using var tab = await Open("/?at=16/24.4600/118.0755");
        await tab.Drawn();
        await tab.Page.Locator("[data-picture-open]").ClickAsync();
        var download = await tab.Page.RunAndWaitForDownloadAsync(async () =>
        {
            await tab.Page.Locator("[data-picture-pdf]").CheckAsync();
            await tab.Page.Locator("[data-picture-make]").ClickAsync();
        });
        Assert.EndsWith(".pdf", download.SuggestedFilename, StringComparison.Ordinal);
        Assert.Empty(await Violations(tab));
    }

    [Fact]
    public async Task The_pages_of_the_API_draw_under_the_policy()
    {
        await using var tab = await Open("/");
        await tab.Page.GotoAsync(city.Root + "/ogc/collections/components/items?f=html&limit=5");
        await tab.Page.WaitForSelectorAsync(".map[data-drawn=true]", new() { Timeout = 30_000 });
        Assert.Empty(await Violations(tab));
    }

    [Fact]
    public async Task What_was_smuggled_into_a_page_neither_runs_nor_speaks_to_others()
    {
        await using var tab = await Open("/");
        var ran = await tab.Page.EvaluateAsync<string>("""
            async () => {
                window.ran = [];
                const add = (name, attributes) => document.body.append(Object.assign(document.createElement(name), attributes));
                add('script', { textContent: "ran.push('inline script')" });
                add('script', { src: 'data:text/javascript,ran.push("data script")' });
                document.body.insertAdjacentHTML('beforeend', `<img src="/favicon.svg?x" onload="ran.push('handler')">`);
                add('style', { textContent: 'body { outline: 3px solid red }' });
                await new Promise(done => setTimeout(done, 500));
                if (getComputedStyle(document.body).outlineStyle === 'solid') ran.push('style sheet');
                try { new Function("ran.push('eval')")(); } catch (refused) { if (!(refused instanceof EvalError)) throw refused; }
                const spoke = await fetch('https://other.example/', { mode: 'no-cors' }).then(() => 'spoke', fault => 'held');
                return [...ran, spoke].join();
            }
            """);
        Assert.Equal("held", ran);
        Assert.NotEmpty(await Violations(tab));
    }

    async Task<MapTab> Open(string address)
    {
        var tab = await city.Open("/");
        await tab.Page.AddInitScriptAsync(Listen);
        await tab.Page.GotoAsync(city.Root + address);
        await Expect(tab.Page.Locator("[data-theme-switch]")).ToBeVisibleAsync();
        return tab;
    }

    static async Task<string[]> Violations(MapTab tab) => await tab.Page.EvaluateAsync<string[]>("() => window.violations");
}
