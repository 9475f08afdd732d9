using System.Text.RegularExpressions;
using CityOps.Gis.Tests.EndToEnd.Cases;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd.Assessment;

/// <summary>A collector's own figures in the real browser, down to the case that does not count, the appeal against it and its answer.</summary>
public sealed class OwnFiguresJourneys(CaseMap city) : IClassFixture<CaseMap>
{
    [Theory]
    [InlineData("zh-CN", ColorScheme.Light, 1280, "2026-04", "第 5 名", "监督员")]
    [InlineData("en-GB", ColorScheme.Dark, 1280, "2026-05", "Place 5 of 5", "collector")]
    public async Task A_collector_appeals_against_the_report_that_does_not_count_and_his_figure_changes_when_it_is_accepted(string language, ColorScheme theme, int width, string month, string place, string kind)
    {
        await Month(month);
        var reason = $"当时已在现场处理 {month}";
        await using (var collector = await city.As("林海", "/grids", language, width))
        {
            await collector.Page.EmulateMediaAsync(new() { ColorScheme = theme });
            await collector.Page.Locator("[data-person]").ClickAsync();
            await collector.Page.Locator("[data-my-figures]").ClickAsync();
            await Expect(collector.Page.Locator("[data-own-period]")).ToBeVisibleAsync();
            await collector.GoToPage($"/assessment/mine?period={month}");
            await Expect(collector.Page.Locator("[data-own-kind]")).ToHaveCountAsync(1);
            await Expect(collector.Page.Locator("[data-own-kind=collector] [data-place]")).ToContainTextAsync(place);
            await Expect(collector.Page.Locator("[data-figure='collector-valid'] [data-counted]")).ToHaveTextAsync(Of(1, 2, language));
            await Expect(collector.Page.Locator("[data-figure='collector-confirmed-on-time'] [data-score]")).ToHaveTextAsync(language == "zh-CN" ? "不评分" : "not rated");
            await collector.Page.Locator("[data-figure='collector-valid']").ClickAsync();
            await Expect(collector.Page).ToHaveURLAsync(new Regex($"period={month}&indicator=collector-valid"));
            await Expect(collector.Page.Locator("[data-cases] [data-case]")).ToHaveTextAsync(["作废的上报", "立案的上报"]);
            await Expect(collector.Page.Locator("[data-counts]").First).ToHaveAttributeAsync("data-counts", "false");
            await collector.Keep($"own-figures-{theme}-{language}");
            Assert.Equal("", string.Join('\n', collector.Complaints));
            Assert.Empty(await AccessibilityTests.Faults(collector));

            await collector.Page.Locator($"[data-appeal-case='{month}-1']").ClickAsync();
            await Expect(collector.Page.Locator("[data-counts-for]")).ToHaveTextAsync($"林海 {kind}");
            await collector.Page.Locator("#appeal-reason").FillAsync(reason);
            await collector.Page.Locator("[data-send-appeal]").ClickAsync();
            await Expect(collector.Page.Locator("[data-open-appeal][data-appeal-state=open] [data-own]")).ToBeVisibleAsync();
            await collector.Keep($"own-appeal-{theme}-{language}");
            Assert.Equal("", string.Join('\n', collector.Complaints));
            Assert.Empty(await AccessibilityTests.Faults(collector));
        }

        // A colleague with the same scope sees the case and nothing of the appeal, and his own page has nothing of it.
        await using (var colleague = await city.As("许东", $"/assessment/mine?period={month}&of=林海", language, width))
        {
            await Expect(colleague.Page.Locator("[data-no-figures]")).ToBeVisibleAsync();
            await colleague.GoToPage("/assessment/appeals");
            await Expect(colleague.Page.Locator("[data-no-appeals]")).ToBeVisibleAsync();
        }

        await using (var leader = await city.As("陈丽", "/assessment/appeals?state=open", language, width))
        {
            await leader.Page.EmulateMediaAsync(new() { ColorScheme = theme });
            var one = leader.Page.Locator("[data-appeal]").Filter(new() { HasText = "林海" }).First;
            await Expect(one).ToContainTextAsync(kind);
            await one.ClickAsync();
            await Expect(leader.Page.Locator("[data-reason]")).ToHaveTextAsync(reason);
            await leader.Page.Locator("#appeal-answer").FillAsync("情况属实。");
            await leader.Keep($"own-appeal-answer-{theme}-{language}");
            Assert.Empty(await AccessibilityTests.Faults(leader));
            await leader.Page.Locator("[data-accept]").ClickAsync();
            await Expect(leader.Page.Locator("[data-appeal-state=accepted]")).ToBeVisibleAsync();
            Assert.Equal("", string.Join('\n', leader.Complaints));
        }

        await using var tab = await city.As("林海", $"/assessment/mine?period={month}&indicator=collector-valid", language, 400);
        await tab.Page.EmulateMediaAsync(new() { ColorScheme = theme });
        await Expect(tab.Page.Locator("[data-figure='collector-valid'] [data-counted]")).ToHaveTextAsync(Of(1, 1, language));
        await Expect(tab.Page.Locator("[data-cases] [data-case]")).ToHaveTextAsync(["立案的上报"]);
        await Expect(tab.Page.Locator("[data-place]")).ToBeVisibleAsync();
        Assert.True(await tab.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        await tab.Keep($"own-figures-phone-{theme}-{language}");
        Assert.Equal("", string.Join('\n', tab.Complaints));
        Assert.Empty(await AccessibilityTests.Faults(tab));
        await tab.Page.Locator("[data-before]").ClickAsync();
        await Expect(tab.Page).Not.ToHaveURLAsync(new Regex($"period={month}"));
        await Expect(tab.Page.Locator("[data-own-period]")).Not.ToHaveAttributeAsync("data-own-period", month);
        await tab.Page.Locator("[data-after]").ClickAsync();
        await Expect(tab.Page.Locator("[data-own-period]")).ToHaveAttributeAsync("data-own-period", month);
        await Expect(tab.Page.Locator("[data-own-kind=collector]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task It_opens_at_the_newest_month_with_anything_of_his_and_says_where_a_viewer_has_none()
    {
        await Month("2026-03", "冯涛");
        await using (var dispatcher = await city.As("王强", "/assessment/mine", "en-GB"))
            await Expect(dispatcher.Page.Locator("[data-no-figures]")).ToBeVisibleAsync();
        await city.Database.Run("""
            insert into cases.move (fid, number, at, move, from_stage, to_stage, who_id, who, note, department, stage_deadline)
            select fid, 3, '2026-03-20 10:00+08', 'dispatch', 'file', 'dispatch', '王强', '王强', 'x', '11', null from gis.cases where case_number = '2026-03-2'
            """);
        await using var tab = await city.As("王强", "/assessment/mine", "en-GB");
        await Expect(tab.Page.Locator("[data-own-period]")).ToHaveAttributeAsync("data-own-period", "2026-03");
        await Expect(tab.Page.Locator("[data-own-kind=dispatcher] [data-figure='dispatcher-dispatched'] [data-counted]")).ToHaveTextAsync("1 of 1");
        // Alone among the dispatchers he has no place.
        await Expect(tab.Page.Locator("[data-place]")).ToHaveCountAsync(0);
        await using var viewer = await city.As("访客", "/assessment/mine");
        await Expect(viewer.Page.Locator("[data-no-figures]")).ToBeVisibleAsync();
        await viewer.Keep("own-figures-none");
        Assert.Empty(await AccessibilityTests.Faults(viewer));
        await viewer.Page.Locator("[data-person]").ClickAsync();
        await Expect(viewer.Page.Locator("[data-my-figures]")).ToHaveCountAsync(0);
        Assert.Equal("", string.Join('\n', viewer.Complaints));
    }

    static string Of(int counted, int of, string language) => language == "zh-CN" ? $"{counted} / {of}" : $"{counted} of {of}";

    // A collector with a report that was made void and one that was filed, and four others with one that was filed.
    Task Month(string month, string collector = "林海") => city.Database.Run($"""
        do $$ declare one record; begin for one in
            select '{month}-' || n as number, case n when 1 then '作废的上报' when 2 then '立案的上报' else '其他上报' end as title, case when n < 3 then '{collector}' else 'c' || n end as who, case n when 1 then 'void' else 'file' end as move
            from generate_series(1, 6) n where not exists (select from gis.cases c where c.case_number = '{month}-' || n)
        loop
            insert into gis.cases (case_number, title, class_table, class_code, case_source, status, occurred_at, geom)
            values (one.number, one.title, 'gbt47678.5-2026', '06010', 'collector', 'collect', '{month}-10 08:00+08', ST_SetSRID(ST_MakePoint(118.0757, 24.4657), 4490));
            insert into cases.move (fid, number, at, move, from_stage, to_stage, who_id, who, note, stage_deadline)
            select fid, 1, '{month}-10 08:00+08', 'report', '', 'collect', one.who, one.who, '说明', null from gis.cases where case_number = one.number;
            insert into cases.move (fid, number, at, move, from_stage, to_stage, who_id, who, note, stage_deadline)
            select fid, 2, '{month}-10 09:00+08', one.move, 'collect', one.move, '值班', '值班', '说明', null from gis.cases where case_number = one.number;
        end loop; end $$
        """);
}
