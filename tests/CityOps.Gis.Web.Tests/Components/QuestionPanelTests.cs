using Bunit;
using CityOps.Gis.Testing;
using CityOps.Gis.Web.Components;
using CityOps.Gis.Web.Pages;
using Xunit;

namespace CityOps.Gis.Tests.Web.Components;

/// <summary>What all layers are asked for, in a city of two districts.</summary>
public sealed class QuestionPanelTests : IAsyncLifetime
{
    readonly PostGisDatabase _database = PostGisDatabase.Filled(SmallCity.Sql);

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task The_spine_is_walked_level_by_level_down_and_up_again()
    {
        await using var page = Page("en");
        var (panel, asked) = Render(page, new(Department: "11"));
        await panel.Click("[data-place]");
        Assert.Equal(["思明区350203", "湖里区350206"], panel.WaitForElements("ul [data-area]").Select(one => one.TextContent));
        await panel.Click("[data-area='350203']");
        Assert.Equal(new(Area: "350203", Department: "11"), asked[^1]);

        panel.Render(set => set.Add(one => one.Question, asked[^1]));
        panel.WaitForAssertion(() => Assert.Equal(["350203001"], panel.FindAll("ul [data-area]").Select(one => one.GetAttribute("data-area"))));
        Assert.Equal("true", panel.Find("ol [data-area='350203']").GetAttribute("aria-current"));
        await panel.Click("ol [data-area='']");
        Assert.Equal(new(Department: "11"), asked[^1]);
    }

    [Fact]
    public async Task A_place_is_called_by_its_last_two_names_and_a_code_that_is_none_is_told()
    {
        await using var page = Page("en");
        var (panel, _) = Render(page, new(Area: "350203001001"));
        panel.WaitForAssertion(() => Assert.Equal("厦港街道 › 沙坡尾社区", panel.Find("[data-place] span").TextContent));

        await panel.Click("[data-place]");
        panel.Render(set => set.Add(one => one.Question, new(Area: "990000")));
        panel.WaitForAssertion(() => Assert.Equal("There is no area with code 990000.", panel.Find(".tree .note").TextContent));
    }

    [Fact]
    public async Task Departments_stand_below_those_they_belong_to_and_all_is_none()
    {
        await using var page = Page("zh");
        var (panel, asked) = Render(page, new());
        panel.WaitForAssertion(() => Assert.Equal(["全部部门", "市城市管理局", "　市政设施中心"], panel.FindAll("[data-department] option").Select(one => one.TextContent)));
        await panel.Change("[data-department]", "11");
        Assert.Equal("11", asked[^1].Department);
        panel.Render(set => set.Add(one => one.Question, asked[^1]));
        await panel.Change("[data-department]", "");
        Assert.Null(asked[^1].Department);
    }

    [Fact]
    public async Task All_that_is_asked_is_cleared_at_once()
    {
        await using var page = Page("en");
        var (panel, asked) = Render(page, new(Area: "350203", Department: "11", From: new(2026, 1, 10)));
        await panel.Click("[data-clear]");
        Assert.True(asked[^1].IsWhole);
        panel.Render(set => set.Add(one => one.Question, asked[^1]));
        Assert.Empty(panel.FindAll("[data-clear]"));
    }

    PageContext Page(string language) => new(language, _database.Source);

    static (IRenderedComponent<QuestionPanel> Panel, List<MapQuestion> Asked) Render(PageContext page, MapQuestion question)
    {
        var asked = new List<MapQuestion>();
        return (page.Render<QuestionPanel>(set => set.Add(one => one.Question, question).Add(one => one.QuestionChanged, asked.Add)), asked);
    }
}
