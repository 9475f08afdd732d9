using Bunit;
using CityOps.Gis.Heat;
using CityOps.Gis.Web.Components;
using CityOps.Gis.Web.Pages;
using Xunit;

namespace CityOps.Gis.Tests.Web.Components;

/// <summary>The figures beside a heat map.</summary>
public sealed class AnalysisPanelTests
{
    [Theory]
    [InlineData(2_000, "−24.6%")]
    [InlineData(1_000, "+50.8%")]
    [InlineData(1_508, "0%")]
    [InlineData(0, "–")]
    public async Task The_total_stands_beside_that_of_the_other_period_and_by_how_much_it_changed(long before, string change)
    {
        await using var page = new PageContext("en");
        var panel = Render(page, SampleHeat.Result with { Answer = SampleHeat.Answer with { Total2 = before } });
        Assert.Equal("1,508", panel.Find("[data-total]").TextContent);
        Assert.EndsWith($"({change})", panel.Find(".total span").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh", "没有符合条件的数据。请放宽范围或时间。")]
    [InlineData("en", "Nothing answers the question. Choose a larger area or period.")]
    public async Task Where_nothing_was_found_it_says_so_and_shows_no_table(string language, string sentence)
    {
        await using var page = new PageContext(language);
        var panel = Render(page, SampleHeat.Result with { Answer = SampleHeat.Answer with { Total = 0 } });
        Assert.Equal(sentence, panel.Find(".scroll").TextContent.Trim());
    }

    [Fact]
    public async Task A_refused_question_shows_why_and_not_the_figures_of_the_one_before()
    {
        await using var page = new PageContext("en");
        var panel = Render(page, SampleHeat.Result);
        panel.Render(set => set.Add(one => one.Sentence, "Cells of 25 m are too many."));
        Assert.Equal("Cells of 25 m are too many.", panel.Find("[role=alert]").TextContent);
        Assert.Empty(panel.FindAll("[data-total]"));
    }

    [Fact]
    public async Task While_it_is_worked_out_the_figures_stay_and_it_can_be_stopped()
    {
        await using var page = new PageContext("en");
        var stops = 0;
        var panel = Render(page, SampleHeat.Result);
        panel.Render(set => set.Add(one => one.IsBusy, true).Add(one => one.OnCancel, () => stops++));
        Assert.Equal(("true", "1,508"), (panel.Find("[data-result]").GetAttribute("aria-busy"), panel.Find("[data-total]").TextContent));
        await panel.Click("[data-cancel]");
        Assert.Equal(1, stops);
    }

    [Fact]
    public async Task The_largest_cells_are_called_by_name_else_by_code_and_one_is_chosen_by_its_number()
    {
        await using var page = new PageContext("en");
        var chosen = new List<int>();
        var panel = Render(page, SampleHeat.Result);
        panel.Render(set => set.Add(one => one.OnCell, chosen.Add));
        Assert.Equal(["思明区", "350206"], panel.FindAll("tbody button").Select(one => one.TextContent));
        await panel.Click("tbody button", 1);
        Assert.Equal([2], chosen);
    }

    [Fact]
    public async Task What_is_behind_a_chosen_cell_is_a_question_of_its_own_but_not_for_an_hour_of_the_day()
    {
        await using var page = new PageContext("en");
        var panel = Render(page, SampleHeat.Result, cell: 1);
        Assert.Equal("/ogc/collections/cases/items?f=html&district=350203", panel.Find("[data-behind]").GetAttribute("href"));
        Assert.Equal("/?layers=cases&district=350203", panel.Find("[data-behind-map]").GetAttribute("href"));

        panel.Render(set => set.Add(one => one.Result, SampleHeat.Result with { Answer = SampleHeat.Answer with { Question = SampleHeat.Answer.Question with { Slice = HeatSlice.Hour, At = "7" } } }));
        Assert.Empty(panel.FindAll("[data-behind]"));
        Assert.Equal("思明区", panel.Find("[data-cell] h3").TextContent);
    }

    [Fact]
    public async Task A_cell_without_a_value_has_a_dash_and_not_a_number()
    {
        await using var page = new PageContext("en");
        Assert.Equal(["5", "–"], Render(page, SampleHeat.Result, cell: 0).FindAll("[data-cell] dd").Select(one => one.TextContent));
    }

    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public async Task Every_way_to_cut_time_has_a_title(string language)
    {
        await using var page = new PageContext(language);
        var kinds = Enum.GetValues<HeatSlice>().Where(kind => kind != HeatSlice.None);
        var panel = Render(page, SampleHeat.Result with { Slices = [.. kinds.Select(kind => (kind, (IReadOnlyList<(string, long)>)[("1", 3L), ("2", 4L)]))] });
        var titles = panel.FindAll("section:has(.chart) h3").Select(one => one.TextContent).ToList();
        Assert.Equal(kinds.Count(), titles.Count);
        Assert.DoesNotContain(titles, title => title.StartsWith("slice.", StringComparison.Ordinal));
    }

    static IRenderedComponent<AnalysisPanel> Render(PageContext page, AnalysisResult result, int? cell = null) => page.Render<AnalysisPanel>(set => set.Add(one => one.Result, result).Add(one => one.Cell, cell));
}
