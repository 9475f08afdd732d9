using System.Text.RegularExpressions;
using CityOps.Gis.Tests.EndToEnd.Cases;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd.Assessment;

/// <summary>The page of ratings in the real browser: from the ranking to the cases behind a figure.</summary>
public sealed class AssessmentJourneys(CaseMap city) : IClassFixture<CaseMap>, IAsyncLifetime
{
    const string June = "/assessment?kind=district&period=2026-06";

    public async ValueTask InitializeAsync() => await city.Database.Run("""
        insert into gis.cases (case_number, title, class_table, class_code, case_source, status, department, occurred_at, filed_at, dispatched_at, handled_at, closed_at, deadline, geom)
        select 'J-' || n, case when n = 3 then '暴露垃圾' else '道路不洁' end, 'gbt47678.5-2026', '06010', 'collector', case when n = 3 then 'handle' else 'close' end, '11', '2026-06-02', '2026-06-02', '2026-06-02',
            case when n < 3 then timestamptz '2026-06-03' end, case when n < 3 then timestamptz '2026-06-04' end, '2026-06-05', ST_SetSRID(ST_MakePoint(118.0757, 24.4657), 4490) from generate_series(1, 3) n
        """);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await city.Database.Run("delete from gis.cases where case_number like 'J-%'");
    }

    [Fact]
    public async Task From_the_ranking_a_figure_is_opened_down_to_the_case_that_was_not_closed()
    {
        await using var tab = await city.As("陈丽", June);
        await Expect(tab.Page.Locator("[data-rating='350203']")).ToBeVisibleAsync();
        await tab.Page.Locator("[data-rating='350203']").ClickAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex("of=350203"));
        await tab.Page.Locator("[data-figure='grid-closing']").ClickAsync();
        await Expect(tab.Page.Locator("[data-figure='grid-closing']")).ToContainTextAsync("2 / 3");
        await Expect(tab.Page.Locator("[data-cases] li")).ToHaveCountAsync(3);
        await Expect(tab.Page.Locator("[data-cases] li").First).ToContainTextAsync("未计入");
        await tab.Drawn();
        await tab.Keep("assessment-district");
        await tab.Page.Locator("[data-kind]").SelectOptionAsync("grid");
        await Expect(tab.Page).ToHaveURLAsync(new Regex("kind=grid&period=2026-06"));
        await Expect(tab.Page.Locator("[data-rated]")).ToHaveAttributeAsync("data-rated", "1");
        await tab.Page.Locator("[data-kind]").SelectOptionAsync("department");
        await Expect(tab.Page.Locator("[data-rating='11']")).ToBeVisibleAsync();
        await tab.Keep("assessment-department");
        Assert.Equal("", string.Join('\n', tab.Complaints));
    }

    [Fact]
    public async Task Printed_it_is_the_ranking_alone()
    {
        await using var tab = await city.As("陈丽", June);
        await Expect(tab.Page.Locator("[data-rating='350203']")).ToBeVisibleAsync();
        await tab.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(tab.Page.Locator(".printed")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator(".map")).ToBeHiddenAsync();
        await Expect(tab.Page.Locator(".mud-appbar")).ToBeHiddenAsync();
        await tab.Keep("assessment-print");
    }

    [Theory]
    [InlineData("陈丽", June + "&of=350203&indicator=grid-closing", "zh-CN", ColorScheme.Dark)]
    [InlineData("陈丽", June + "&of=350203", "en-GB", ColorScheme.Light)]
    [InlineData("访客", "/assessment?kind=dispatcher", "en-GB", ColorScheme.Light)]
    [InlineData("访客", "/assessment?period=2020-01", "en-GB", ColorScheme.Dark)]
    public async Task Nothing_serious_is_found_on_the_page_of_ratings(string person, string address, string language, ColorScheme theme)
    {
        await using var tab = await city.As(person, address, language);
        await tab.Page.EmulateMediaAsync(new() { ColorScheme = theme });
        await Expect(tab.Page.Locator("[data-open], [data-nothing], .card").First).ToBeVisibleAsync();
        if (address.Contains("of=", StringComparison.Ordinal))
            await tab.Drawn();
        await tab.Keep($"assessment-{person}-{theme}-{language}");
        Assert.Equal("", string.Join('\n', tab.Complaints));
        Assert.Empty(await AccessibilityTests.Faults(tab));
    }
}
