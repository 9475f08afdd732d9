using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd.Cases;

/// <summary>The dispatcher's board and the co-ordination of departments in the real browser.</summary>
public sealed class BoardJourneys(CaseMap city) : IClassFixture<CaseMap>
{
    [Theory]
    [InlineData("zh-CN", ColorScheme.Light)]
    [InlineData("en-GB", ColorScheme.Dark)]
    public async Task List_map_and_address_tell_the_same_and_point_at_each_other(string language, ColorScheme theme)
    {
        var (one, other) = (await Filed("路面积水", 118.0757, 24.4657, "06025"), await Filed("树枝折断", 118.0761, 24.4660, "06017"));
        await using var tab = await city.As("王强", "/board?stage=file", language);
        await tab.Page.EmulateMediaAsync(new() { ColorScheme = theme });
        await Expect(tab.Page.Locator($"[data-row='{one}']")).ToBeVisibleAsync();
        await tab.Drawn();
        // It begins at the city, not at the world.
        var box = (await tab.Map.GetAttributeAsync("data-box"))!.Split(',').Select(edge => double.Parse(edge, CultureInfo.InvariantCulture)).ToArray();
        Assert.InRange(box[2] - box[0], 0, 2);
        await tab.Page.Locator($"[data-task='{other}']").ClickAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex($"stage=file&case={other}"));
        await Expect(tab.Page.Locator("[data-case-panel] h2")).ToHaveTextAsync("树枝折断");
        await tab.Page.Locator("[data-linked]").WaitForAsync();
        await tab.Drawn();
        var at = await tab.PixelOf(118.0757, 24.4657);
        await tab.Page.Mouse.MoveAsync(at.X, at.Y);
        await Expect(tab.Page.Locator($"[data-row='{one}'][data-pointed]")).ToBeVisibleAsync();
        await tab.Keep($"board-{theme}-{language}");
        await tab.Page.Mouse.ClickAsync(at.X, at.Y);
        await Expect(tab.Page).ToHaveURLAsync(new Regex($"case={one}"));
        await tab.Page.Locator("#board-class").SelectOptionAsync("06017");
        await Expect(tab.Page).ToHaveURLAsync(new Regex("class=06017"));
        await Expect(tab.Page.Locator($"[data-row='{one}']")).ToHaveCountAsync(0);
        await Expect(tab.Page.Locator($"[data-row='{other}']")).ToBeVisibleAsync();
        Assert.Equal("", string.Join('\n', tab.Complaints));
        Assert.Empty(await AccessibilityTests.Faults(tab));
    }

    [Fact]
    public async Task Several_cases_are_dispatched_at_once_each_checked_on_its_own_and_refused_ones_are_named()
    {
        var fids = new[] { await Filed("一", 118.0757, 24.4657, "09022"), await Filed("二", 118.0758, 24.4658, "09022"), await Filed("三", 118.0759, 24.4659, "09022") };
        await using var tab = await city.As("王强", "/board?stage=file&class=09022");
        foreach (var fid in fids)
            await tab.Page.Locator($"[data-choose='{fid}']").CheckAsync();
        await tab.Page.Locator("[data-batch-move=dispatch]").ClickAsync();
        await tab.Page.Locator("#batch-department").SelectOptionAsync("11");
        await tab.Drawn();
        await tab.Keep("board-batch");
        await city.Database.Run($"insert into cases.move (fid, number, at, move, from_stage, to_stage, who, note) values ({fids[1]}, 3, now(), 'void', 'file', 'void', '另一位值班长', '重复')");
        await tab.Page.Locator("[data-batch-send]").ClickAsync();

        await Expect(tab.Page.Locator("[data-moved-count='2']")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator($"[data-refused-case='{fids[1]}']")).ToContainTextAsync("另一位值班长");
        await tab.Keep("board-batch-refused");
        Assert.Equal(["11|dispatch", "|void", "11|dispatch"], await city.Database.Rows($"select department, status from gis.cases where fid in ({string.Join(',', fids)}) order by fid"));
        Assert.Equal("", string.Join('\n', tab.Complaints));
    }

    [Fact]
    public async Task What_others_do_reaches_the_board_while_ticks_and_place_stay_and_the_keyboard_is_enough()
    {
        var (kept, gone) = (await Filed("留", 118.0757, 24.4657, "08004"), await Filed("走", 118.0758, 24.4658, "08004"));
        await using var tab = await city.As("王强", "/board?class=08004", "en-GB");
        await tab.Page.Locator("[data-linked]").WaitForAsync();
        await tab.Page.Locator($"[data-task='{kept}']").FocusAsync();
        await tab.Page.Keyboard.PressAsync("x");
        await Expect(tab.Page.Locator("[data-batch='1']")).ToBeVisibleAsync();
        await tab.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(tab.Page.Locator($"[data-task='{gone}']")).ToBeFocusedAsync();
        await city.Database.Run($"insert into cases.move (fid, number, at, move, from_stage, to_stage, who, note) values ({gone}, 3, now(), 'void', 'file', 'void', '另一位值班长', '重复')");
        await Expect(tab.Page.Locator($"[data-row='{gone}']")).ToHaveCountAsync(0);
        await Expect(tab.Page.Locator($"[data-choose='{kept}']")).ToBeCheckedAsync();
        await tab.Page.Locator($"[data-task='{kept}']").PressAsync("Enter");
        await Expect(tab.Page.Locator("[data-case-panel] h2")).ToHaveTextAsync("留");
        Assert.Equal("", string.Join('\n', tab.Complaints));
    }

    [Theory]
    [InlineData("zh-CN", ColorScheme.Light)]
    [InlineData("en-GB", ColorScheme.Dark)]
    public async Task A_department_is_called_by_the_lead_finds_its_part_and_only_then_the_case_is_fed_back(string language, ColorScheme theme)
    {
        var fid = await Filed("地面塌陷", 118.0757, 24.4657, "06025");
        await city.Database.Run($"""
            insert into cases.move (fid, number, at, move, from_stage, to_stage, who, department) values ({fid}, 3, now(), 'dispatch', 'file', 'dispatch', '王强', '11');
            insert into cases.move (fid, number, at, move, from_stage, to_stage, who) values ({fid}, 4, now(), 'accept', 'dispatch', 'handle', '周敏')
            """);
        await using (var lead = await city.As("周敏", $"/tasks?case={fid}", language))
        {
            await lead.Page.EmulateMediaAsync(new() { ColorScheme = theme });
            await lead.Page.Locator("[data-call]").ClickAsync();
            await lead.Page.Locator("#call-department").SelectOptionAsync("2");
            await lead.Page.Locator("#call-asked").FillAsync("修复绿化带");
            await lead.Page.Locator("[data-call-send]").ClickAsync();
            await Expect(lead.Page.Locator("[data-part='1'][data-part-state=asked]")).ToBeVisibleAsync();
            await Expect(lead.Page.Locator("[data-move=feed-back]")).ToHaveCountAsync(0);
            await lead.Drawn();
            await lead.Keep($"case-parts-{theme}-{language}");
            Assert.Equal("", string.Join('\n', lead.Complaints));
        }
        await using (var called = await city.As("吴桐", "/tasks", language))
        {
            await called.Page.EmulateMediaAsync(new() { ColorScheme = theme });
            await called.Page.Locator($"[data-task='{fid}'][data-part='1']").ClickAsync();
            await called.Page.Locator("[data-part-step=accept]").ClickAsync();
            await called.Page.Locator("[data-part-send]").ClickAsync();
            await called.Page.Locator("button[data-part-step=finish]").ClickAsync();
            await called.Page.Locator("#part-note").FillAsync("已补种。");
            await called.Drawn();
            await called.Keep($"case-part-called-{theme}-{language}");
            await called.Page.Locator("[data-part-send]").ClickAsync();
            await Expect(called.Page.Locator("[data-part-state=done]")).ToBeVisibleAsync();
            Assert.Equal("", string.Join('\n', called.Complaints));
            Assert.Empty(await AccessibilityTests.Faults(called));
        }
        await using var again = await city.As("周敏", $"/tasks?case={fid}", language);
        await Expect(again.Page.Locator("[data-move=feed-back]")).ToBeVisibleAsync();
        await Expect(again.Page.Locator("[data-timeline] [data-part-step]")).ToHaveCountAsync(3);
    }

    async Task<long> Filed(string title, double longitude, double latitude, string classCode)
    {
        var number = Guid.NewGuid().ToString("N");
        await city.Database.Run(string.Create(CultureInfo.InvariantCulture, $"""
            insert into gis.departments (code, name) select '2', '市园林中心' where not exists (select from gis.departments where code = '2');
            insert into gis.cases (case_number, title, status, class_code, occurred_at, geom) values ('{number}', '{title}', 'collect', '{classCode}', now(), ST_SetSRID(ST_MakePoint({longitude}, {latitude}), 4490));
            insert into cases.move (fid, number, at, move, from_stage, to_stage, who, note) select fid, 1, now(), 'report', '', 'collect', '林海', title from gis.cases where case_number = '{number}';
            insert into cases.move (fid, number, at, move, from_stage, to_stage, who, stage_deadline, stage_warning) select fid, 2, now(), 'file', 'collect', 'file', '陈丽', now() + interval '30 minutes', now() + interval '24 minutes'
            from gis.cases where case_number = '{number}'
            """));
        return await city.Database.Value<long>($"select fid from gis.cases where case_number = '{number}'");
    }
}
