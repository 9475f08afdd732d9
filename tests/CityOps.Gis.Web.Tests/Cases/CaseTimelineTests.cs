using Bunit;
using CityOps.Gis.Cases;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.Web.Cases;
using Xunit;

namespace CityOps.Gis.Tests.Web.Cases;

/// <summary>What a case and its parts have gone through.</summary>
public sealed class CaseTimelineTests
{
    static readonly DateTimeOffset Morning = new(2026, 11, 26, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Moves_of_one_moment_stand_in_their_order_the_last_on_top()
    {
        await using var page = new PageContext();
        var line = Render(page, [Move(1, "report", Morning), Move(2, "file", Morning), Move(3, "dispatch", Morning)]);
        Assert.Equal(["dispatch", "file", "report"], line.FindAll("[data-step]").Select(one => one.GetAttribute("data-step")));
    }

    [Fact]
    public async Task What_happened_to_parts_stands_among_the_moves_by_its_time()
    {
        await using var page = new PageContext("en");
        var part = new CasePart(7, 1, "12", "Cut the branches", Morning.AddMinutes(10), default, default, null, "Ann", PartState.Accepted, false, [new(1, 1, Morning.AddMinutes(30), "accept", PartState.Accepted, null, "Ben", null)]);
        var line = Render(page, [Move(1, "report", Morning), Move(2, "file", Morning.AddMinutes(20))], part);
        Assert.Equal(["Accept", "File", "Department called", "Report"], line.FindAll("[data-timeline] > li b").Select(one => one.TextContent));
        Assert.Equal("园林中心", line.Find("[data-part-step=call] .to").TextContent);
        Assert.Equal("Cut the branches", line.Find("[data-part-step=call] .note").TextContent);
    }

    [Theory]
    [InlineData("zh", "派遣", "→ 任务派遣 · 派遣给 市政设施中心")]
    [InlineData("en", "Dispatch", "→ Dispatched · To 市政设施中心")]
    public async Task Moves_stages_and_departments_are_named_in_the_pages_language_and_the_time_is_the_citys(string language, string move, string to)
    {
        await using var page = new PageContext(language);
        var line = Render(page, [Move(1, "dispatch", Morning, CaseStage.File, CaseStage.Dispatch)]);
        Assert.Equal((move, "2026-11-26 09:00", to), (line.Find("b").TextContent, line.Find("time").TextContent, line.Find(".to").TextContent));
    }

    [Fact]
    public async Task A_move_of_another_version_keeps_its_id_and_photos_are_numbered()
    {
        await using var page = new PageContext("en");
        var photo = Guid.NewGuid();
        var line = Render(page, [Move(1, "beamed-up", Morning) with { Photos = [new(photo, 640, 480)] }]);
        Assert.Equal("beamed-up", line.Find("b").TextContent);
        Assert.Equal(($"/api/cases/photos/{photo}", "Photo 1"), (line.Find("[data-photo]").GetAttribute("href"), line.Find("img").GetAttribute("alt")));
    }

    [Theory]
    [InlineData("zh", "由其他系统接入，尚未在此办理。")]
    [InlineData("en", "Brought by a delivery; it has not moved here yet.")]
    public async Task A_case_that_has_not_moved_here_says_so(string language, string sentence)
    {
        await using var page = new PageContext(language);
        Assert.Equal(sentence, Render(page, []).Find("p").TextContent);
    }

    [Theory]
    [InlineData(-61, "Overdue by 1 h 1 min", "overdue")]
    [InlineData(0.2, "1 min left", "warning")]
    [InlineData(59, "59 min left", "in-time")]
    [InlineData(60 * 47, "47 h 0 min left", "in-time")]
    [InlineData(60 * 49, "2 days left", "in-time")]
    public async Task How_much_time_is_left_is_said_in_words_and_as_a_state(double minutes, string words, string state)
    {
        await using var page = new PageContext("en");
        var badge = page.Render<DeadlineBadge>(set => set.Add(one => one.Now, Morning).Add(one => one.Deadline, Morning.AddMinutes(minutes)).Add(one => one.Warning, Morning.AddMinutes(Math.Min(minutes - 1, 30))));
        Assert.Equal((words, state), (badge.Find("span").TextContent, badge.Find("span").GetAttribute("data-urgency")));
    }

    static MadeMove Move(int number, string move, DateTimeOffset at, CaseStage? from = null, CaseStage to = CaseStage.Collect)
        => new(number, at, move, from, to, null, "Ann", null, move == "dispatch" ? "11" : null, null, null, default, []);

    static IRenderedComponent<CaseTimeline> Render(PageContext page, IReadOnlyList<MadeMove> moves, params CasePart[] parts) => page.Render<CaseTimeline>(set => set
        .Add(one => one.Moves, moves).Add(one => one.Parts, parts).Add(one => one.Departments, [("11", "市政设施中心"), ("12", "园林中心")]));
}
