using Bunit;
using CityOps.Gis.Testing;
using CityOps.Gis.Web.Components;
using CityOps.Gis.Web.Pages;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CityOps.Gis.Tests.Web.Components;

/// <summary>What all layers are asked for, in a city of two districts; it is 2026-11-27 in Beijing, while UTC still has the day before.</summary>
public sealed class QuestionPanelTests : IAsyncLifetime
{
    static readonly DateOnly Today = new(2026, 11, 27);
    readonly PostGisDatabase _database = PostGisDatabase.Filled(SmallCity.Sql);

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task The_spine_is_walked_level_by_level_down_and_up_again()
    {
        await using var page = Page("en");
        var (panel, asked) = Render(page, new(Department: "11"));
        await panel.Find("[data-place]").ClickAsync(new());
        Assert.Equal(["思明区350203", "湖里区350206"], panel.WaitForElements("ul [data-area]").Select(one => one.TextContent));
        await panel.Find("[data-area='350203']").ClickAsync(new());
        Assert.Equal(new(Area: "350203", Department: "11"), asked[^1]);

        panel.Render(set => set.Add(one => one.Question, asked[^1]));
        panel.WaitForAssertion(() => Assert.Equal(["350203001"], panel.FindAll("ul [data-area]").Select(one => one.GetAttribute("data-area"))));
        Assert.Equal("true", panel.Find("ol [data-area='350203']").GetAttribute("aria-current"));
        await panel.Find("ol [data-area='']").ClickAsync(new());
        Assert.Equal(new(Department: "11"), asked[^1]);
    }

    [Fact]
    public async Task A_place_is_called_by_its_last_two_names_and_a_code_that_is_none_is_told()
    {
        await using var page = Page("en");
        var (panel, _) = Render(page, new(Area: "350203001001"));
        panel.WaitForAssertion(() => Assert.Equal("厦港街道 › 沙坡尾社区", panel.Find("[data-place] span").TextContent));

        await panel.Find("[data-place]").ClickAsync(new());
        panel.Render(set => set.Add(one => one.Question, new(Area: "990000")));
        panel.WaitForAssertion(() => Assert.Equal("There is no area with code 990000.", panel.Find(".tree .note").TextContent));
    }

    [Fact]
    public async Task Departments_stand_below_those_they_belong_to_and_all_is_none()
    {
        await using var page = Page("zh");
        var (panel, asked) = Render(page, new());
        panel.WaitForAssertion(() => Assert.Equal(["全部部门", "市城市管理局", "　市政设施中心"], panel.FindAll("[data-department] option").Select(one => one.TextContent)));
        await panel.Find("[data-department]").ChangeAsync("11");
        Assert.Equal("11", asked[^1].Department);
        panel.Render(set => set.Add(one => one.Question, asked[^1]));
        await panel.Find("[data-department]").ChangeAsync("");
        Assert.Null(asked[^1].Department);
    }

    [Fact]
    public async Task Today_is_the_citys_day_and_is_recognised_in_an_address()
    {
        await using var page = Page("en");
        var (panel, asked) = Render(page, new());
        await panel.Find("[data-period]").ChangeAsync("today");
        Assert.Equal(new(From: Today, To: Today.AddDays(1)), asked[^1]);
        panel.Render(set => set.Add(one => one.Question, asked[^1]));
        Assert.Equal("today", panel.Find("[data-period]").GetAttribute("value"));
        await panel.Find("[data-period]").ChangeAsync("7");
        Assert.Equal(new(From: Today.AddDays(-6), To: Today.AddDays(1)), asked[^1]);
    }

    [Fact]
    public async Task A_first_day_after_the_last_takes_the_last_along_and_the_other_way_round()
    {
        await using var page = Page("en");
        var (panel, asked) = Render(page, new(From: new(2026, 1, 10), To: new(2026, 1, 21)));
        Assert.Equal(("2026-01-10", "2026-01-20"), (panel.Find("[data-from]").GetAttribute("value"), panel.Find("[data-to]").GetAttribute("value")));
        await panel.Find("[data-from]").ChangeAsync("2026-02-05");
        Assert.Equal(new(From: new(2026, 2, 5), To: new(2026, 2, 6)), asked[^1]);
        await panel.Find("[data-to]").ChangeAsync("2025-12-31");
        Assert.Equal(new(From: new(2025, 12, 31), To: new(2026, 1, 1)), asked[^1]);
    }

    [Fact]
    public async Task Own_days_stay_open_while_they_are_those_of_a_named_period_until_all_is_cleared()
    {
        await using var page = Page("en");
        var (panel, asked) = Render(page, new(From: Today, To: Today.AddDays(1)));
        await panel.Find("[data-period]").ChangeAsync("own");
        panel.Render(set => set.Add(one => one.Question, new(From: Today.AddDays(-6), To: Today.AddDays(1))));
        Assert.Single(panel.FindAll("[data-from]"));
        await panel.Find("[data-clear]").ClickAsync(new());
        Assert.True(asked[^1].IsWhole);
        panel.Render(set => set.Add(one => one.Question, asked[^1]));
        Assert.Empty(panel.FindAll("[data-from], [data-clear]"));
    }

    PageContext Page(string language)
    {
        var page = new PageContext(language, _database.Source);
        page.Services.AddSingleton<TimeProvider>(new Evening());
        return page;
    }

    static (IRenderedComponent<QuestionPanel> Panel, List<MapQuestion> Asked) Render(PageContext page, MapQuestion question)
    {
        var asked = new List<MapQuestion>();
        return (page.Render<QuestionPanel>(set => set.Add(one => one.Question, question).Add(one => one.QuestionChanged, asked.Add)), asked);
    }

    sealed class Evening : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 26, 17, 0, 0, TimeSpan.Zero);
    }
}
