using Bunit;
using CityOps.Gis.Web.Components;
using CityOps.Gis.Web.Pages;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CityOps.Gis.Tests.Web.Components;

/// <summary>The period that is asked for; it is 2026-11-27 in Beijing, while UTC still has the day before.</summary>
public sealed class PeriodFieldTests
{
    static readonly DateOnly Today = new(2026, 11, 27);

    [Fact]
    public async Task Today_is_the_citys_day_and_is_recognised_in_an_address()
    {
        await using var page = Page("en");
        var (field, asked) = Render(page, new());
        await field.Change("[data-period]", "today");
        Assert.Equal(new(From: Today, To: Today.AddDays(1)), asked[^1]);
        field.Render(set => set.Add(one => one.Question, asked[^1]));
        Assert.Equal("today", field.Find("[data-period]").GetAttribute("value"));
        await field.Change("[data-period]", "7");
        Assert.Equal(new(From: Today.AddDays(-6), To: Today.AddDays(1)), asked[^1]);
    }

    [Fact]
    public async Task A_first_day_after_the_last_takes_the_last_along_and_the_other_way_round()
    {
        await using var page = Page("en");
        var (field, asked) = Render(page, new(From: new(2026, 1, 10), To: new(2026, 1, 21)));
        Assert.Equal(("2026-01-10", "2026-01-20"), (field.Find("[data-from]").GetAttribute("value"), field.Find("[data-to]").GetAttribute("value")));
        await field.Change("[data-from]", "2026-02-05");
        Assert.Equal(new(From: new(2026, 2, 5), To: new(2026, 2, 6)), asked[^1]);
        await field.Change("[data-to]", "2025-12-31");
        Assert.Equal(new(From: new(2025, 12, 31), To: new(2026, 1, 1)), asked[^1]);
    }

    [Fact]
    public async Task Own_days_stay_open_while_they_are_those_of_a_named_period_until_all_is_cleared()
    {
        await using var page = Page("en");
        var (field, _) = Render(page, new(From: Today, To: Today.AddDays(1)));
        await field.Change("[data-period]", "own");
        field.Render(set => set.Add(one => one.Question, new(From: Today.AddDays(-6), To: Today.AddDays(1))));
        Assert.Single(field.FindAll("[data-from]"));
        field.Render(set => set.Add(one => one.Question, new()));
        Assert.Empty(field.FindAll("[data-from]"));
    }

    [Fact]
    public async Task Own_days_that_are_still_empty_stay_open_when_something_else_is_asked()
    {
        await using var page = Page("en");
        var (field, _) = Render(page, new());
        await field.Change("[data-period]", "own");
        field.Render(set => set.Add(one => one.Question, new(Department: "11")));
        Assert.Single(field.FindAll("[data-from]"));
    }

    static PageContext Page(string language)
    {
        var page = new PageContext(language);
        page.Services.AddSingleton<TimeProvider>(new Evening());
        return page;
    }

    static (IRenderedComponent<PeriodField> Field, List<MapQuestion> Asked) Render(PageContext page, MapQuestion question)
    {
        var asked = new List<MapQuestion>();
        return (page.Render<PeriodField>(set => set.Add(one => one.Question, question).Add(one => one.QuestionChanged, asked.Add)), asked);
    }

    sealed class Evening : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 26, 17, 0, 0, TimeSpan.Zero);
    }
}
