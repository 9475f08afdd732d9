using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd;

/// <summary>A grid manager's morning: choose the grids once, then see numbers and changes on opening.</summary>
public sealed class MyGridsJourneys(StreetMap city) : IClassFixture<StreetMap>
{
    const string Community = "350203002002";

    [Fact]
    public async Task A_community_is_chosen_once_and_its_numbers_its_changes_and_its_outlines_are_there_on_opening()
    {
        // What stood yesterday, and one of it changed today; the rest of the city came today.
        await city.Database.Run($"""
            update cityops.layer set version = version + 1 where id = 'components';
            set cityops.bulk = 'on';
            update gis.components set valid_from = now() - interval '9 days' where community_code = '{Community}' and code <> '{Coast.LonelyCode}';
            update gis.components_history set valid_from = now() - interval '9 days' where valid_from = (select min(valid_from) from gis.components_history);
            update gis.cases set valid_from = now() - interval '9 days' where case_number = 'A2026-1';
            """);
        await using var tab = await city.Open("/grids");
        await Expect(tab.Page.Locator("[data-no-grids]")).ToBeVisibleAsync();
        await tab.Keep("grids-empty");
        await tab.Page.Locator("[data-down='350203']").ClickAsync();
        await tab.Page.Locator("[data-down='350203002']").ClickAsync();
        await tab.Page.Locator($"[data-own='{Community}']").CheckAsync();
        await tab.Page.Locator("[data-keep]").ClickAsync();

        await Expect(tab.Page.Locator("[data-all=components]")).ToHaveTextAsync(await Count("gis.components where status is distinct from '移除' and", ""));
        await Expect(tab.Page.Locator("[data-all='cases.open']")).ToHaveTextAsync(await Count("gis.cases where status not in ('close', 'evaluate', 'void') and", ""));
        await Expect(tab.Page.Locator("[data-all='cases.overdue']")).ToHaveTextAsync("1");
        await Expect(tab.Page.Locator("[data-all='devices.offline']")).ToHaveTextAsync("1");
        await Expect(tab.Page.Locator("[data-all=assessments]")).ToHaveTextAsync("—");
        await Expect(tab.Page.Locator("[data-changes] [data-kind=moved] b, [data-changes] [data-kind=changed] b").First).ToHaveTextAsync("1");
        await tab.Drawn();
        await tab.Keep("grids");

        await tab.Page.ReloadAsync();
        await Expect(tab.Page.Locator("[data-all='devices.offline']")).ToHaveTextAsync("1");
        await tab.Page.Locator("[data-days]").SelectOptionAsync("30");
        await Expect(tab.Page).ToHaveURLAsync(new Regex("days=30"));
        var changed = tab.Page.Locator("[data-changed^='components/']", new() { HasText = Coast.LonelyCode });
        await changed.ClickAsync();
        await tab.Page.Locator("li", new() { Has = changed }).Locator("[data-open-on-map]").ClickAsync();
        await Expect(tab.Panel.Locator("[data-key]")).ToHaveTextAsync(Coast.LonelyCode);
        await Expect(tab.Panel.Locator("[data-history]")).ToBeVisibleAsync();
        Assert.Equal("", string.Join('\n', tab.Complaints));
    }

    [Fact]
    public async Task Each_grid_has_a_row_of_its_own_and_is_marked_on_the_map()
    {
        await using var tab = await city.Open("/grids", "en-GB");
        await tab.Page.Locator("[data-down='350203']").ClickAsync();
        await tab.Page.Locator("[data-down='350203002']").ClickAsync();
        await tab.Page.Locator($"[data-down='{Community}']").ClickAsync();
        await tab.Page.Locator($"[data-own='{Community}100']").CheckAsync();
        await tab.Page.Locator($"[data-own='{Community}101']").CheckAsync();
        await tab.Page.Locator("[data-keep]").ClickAsync();
        await Expect(tab.Page.Locator($"[data-cell='{Community}100/components']")).ToHaveTextAsync(await Count("gis.components where", $" and grid_code = '{Community}100'"));
        await tab.Page.Locator($"[data-grid='{Community}101']").ClickAsync();
        await Expect(tab.Page.Locator("tr.marked")).ToContainTextAsync($"{Community}101");
        await tab.Drawn();
        await tab.Keep("grids-en");
        Assert.True(await tab.Page.EvaluateAsync<bool>("() => { const { right } = document.querySelector('[data-numbers] th:last-child').getBoundingClientRect(); return right <= document.querySelector('.numbers').getBoundingClientRect().right - 20; }"), "The last column is cut.");
        await tab.Page.SetViewportSizeAsync(400, 780);
        await tab.Page.ReloadAsync();
        await Expect(tab.Page.Locator("[data-all=assessments]")).ToHaveTextAsync("—");
        await Expect(tab.Page.Locator("[data-choose]")).Not.ToBeInViewportAsync();
        await tab.Page.Locator("[data-numbers] th:last-child").First.ScrollIntoViewIfNeededAsync();
        await tab.Keep("grids-narrow-en");
        await Expect(tab.Page.Locator("[data-all=assessments]")).ToBeInViewportAsync();
        await Expect(tab.Page.Locator($"[data-grid='{Community}101']")).ToBeInViewportAsync();
        Assert.Equal("", string.Join('\n', tab.Complaints));
    }

    async Task<string> Count(string from, string and)
        => (await city.Database.Value<long>($"select count(*) from {from} community_code = '{Community}'{and}")).ToString("#,0", CultureInfo.InvariantCulture);
}
