using System.Globalization;
using System.Text.RegularExpressions;
using CityOps.Gis.Testing;
using Microsoft.Playwright;
using SkiaSharp;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd.Cases;

/// <summary>A case from its report to its end, by people of several roles, in the real browser.</summary>
public sealed class CaseJourneys(CaseMap city) : IClassFixture<CaseMap>
{
    [Fact]
    public async Task A_case_is_reported_at_a_component_and_goes_through_the_hands_of_four_people_until_it_is_closed()
    {
        var component = await city.Database.Value<long>($"select fid from gis.components where code = '{Coast.LonelyCode}'");
        long fid;
        await using (var collector = await city.As("林海", $"/?feature=components/{component}"))
        {
            await collector.Drawn();
            await collector.Panel.Locator("[data-report]").ClickAsync();
            await Expect(collector.Page).ToHaveURLAsync(new Regex($"/cases/new\\?component={Coast.LonelyCode}"));
            await Expect(collector.Page.Locator("[data-component]")).ToContainTextAsync(Coast.LonelyCode);
            await Expect(collector.Page.Locator("[data-duplicates]")).ToContainTextAsync("井盖破损");
            await collector.Page.Locator("#report-class").SelectOptionAsync("06012");
            await collector.Page.Locator("#report-note").FillAsync("井盖旁有大量落叶，影响通行。");
            await collector.Page.Locator("#report-photos").SetInputFilesAsync(Photo("leaves.jpg", SKColors.SaddleBrown));
            await Expect(collector.Page.Locator("[data-chosen-photo]")).ToBeVisibleAsync();
            await collector.Drawn();
            await collector.Keep("case-report");
            await collector.Page.Locator("[data-send]").ClickAsync();
            fid = long.Parse((await collector.Page.Locator("[data-reported]").GetAttributeAsync("data-reported"))!, CultureInfo.InvariantCulture);
            Assert.Equal("", string.Join('\n', collector.Complaints));
        }
        await Move("陈丽", fid, "file");
        await Move("王强", fid, "dispatch", async tab => await tab.Page.Locator("#move-department").SelectOptionAsync("11"));
        await Move("周敏", fid, "accept");
        await Move("周敏", fid, "feed-back", async tab =>
        {
            await tab.Page.Locator("#move-note").FillAsync("落叶已清扫。");
            await tab.Page.Locator("#move-photos").SetInputFilesAsync(Photo("clean.png", SKColors.ForestGreen));
            await Expect(tab.Page.Locator("[data-chosen-photo]")).ToBeVisibleAsync();
            await tab.Keep("case-feed-back");
        });
        await Move("陈丽", fid, "close");

        Assert.Equal("close|6", Assert.Single(await city.Database.Rows($"select status, (select count(*) from cases.move m where m.fid = c.fid) from gis.cases c where fid = {fid}")));
        Assert.Empty(await city.Database.Rows(CaseOracle.Breaches));
        await using var seen = await city.As("林海", $"/?feature=cases/{fid}");
        await Expect(seen.Panel.Locator("[data-case]")).ToHaveAttributeAsync("data-stage", "close");
        await Expect(seen.Panel.Locator("[data-step]")).ToHaveCountAsync(6);
        await Expect(seen.Panel.Locator("[data-photo] img")).ToHaveCountAsync(2);
        await seen.Drawn();
        await seen.Keep("case-closed");
    }

    [Fact]
    public async Task Who_is_too_late_is_told_by_whom_and_can_look_again_with_the_keyboard_alone()
    {
        var fid = await Reported("井盖被盗");
        await using var slow = await city.As("陈丽", $"/tasks?case={fid}", "en-GB");
        await slow.Page.Locator("[data-move=void]").FocusAsync();
        await slow.Page.Keyboard.PressAsync("Enter");
        await slow.Page.Locator("#move-note").FillAsync("Not a case.");
        await Move("陈丽", fid, "file");
        await slow.Page.Locator("#move-note").PressAsync("Tab");
        await slow.Page.Locator("[data-send]").PressAsync("Enter");
        await Expect(slow.Page.Locator("[data-refused]")).ToContainTextAsync("陈丽 was faster: the case is now 'Filed'.");
        await slow.Page.Locator("[data-look-again]").PressAsync("Enter");
        await Expect(slow.Page.Locator("[data-case]")).ToHaveAttributeAsync("data-stage", "file");
        await Expect(slow.Page.Locator("[data-move=file]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_others_do_is_seen_without_asking_and_without_losing_the_place()
    {
        var fid = await Reported("绿地脏乱");
        await using var tab = await city.As("陈丽", $"/tasks?case={fid}");
        await Expect(tab.Page.Locator($"[data-task='{fid}']")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("[data-case]")).ToHaveAttributeAsync("data-stage", "collect");
        await tab.Page.EvaluateAsync("document.querySelector('[data-tasks]').dataset.kept = 'yes'");
        await city.Database.Run($"insert into cases.move (fid, number, at, move, from_stage, to_stage, who_id, who) values ({fid}, 2, now(), 'file', 'collect', 'file', 'other', '另一位值班长')");

        await Expect(tab.Page.Locator("[data-case]")).ToHaveAttributeAsync("data-stage", "file");
        await Expect(tab.Page.Locator($"[data-task='{fid}']")).ToHaveCountAsync(0);
        await Expect(tab.Page.Locator("[data-step]")).ToHaveCountAsync(2);
        Assert.Equal("", string.Join('\n', tab.Complaints));
    }

    [Fact]
    public async Task A_place_without_a_component_is_chosen_by_a_marker_and_a_report_that_lacks_something_says_what()
    {
        await using var tab = await city.As("林海", "/cases/new?at=118.0760,24.4660", "en-GB");
        await Expect(tab.Page.Locator("[data-place]")).ToContainTextAsync("118.07600");
        await tab.Page.Locator("[data-send]").ClickAsync();
        await Expect(tab.Page.Locator("[data-refused]")).ToBeVisibleAsync();
        await tab.Page.Locator("#report-class").SelectOptionAsync("06010");
        await tab.Page.Locator("#report-note").FillAsync("Rubbish beside the road.");
        await tab.Page.Locator("#report-photos").SetInputFilesAsync(new FilePayload { Name = "photo.jpg", MimeType = "image/jpeg", Buffer = "<svg/>"u8.ToArray() });
        await Expect(tab.Page.Locator("[data-photo-fault]")).ToContainTextAsync("photo.jpg");
        await tab.Page.Locator("[data-send]").ClickAsync();
        await Expect(tab.Page.Locator("[data-reported]")).ToContainTextAsync("E06010");
    }

    [Theory]
    [InlineData("陈丽", "/tasks", "zh-CN", ColorScheme.Light)]
    [InlineData("陈丽", "/tasks", "en-GB", ColorScheme.Dark)]
    [InlineData("访客", "/tasks", "en-GB", ColorScheme.Light)]
    [InlineData("林海", "/cases/new?at=118.0760,24.4660", "zh-CN", ColorScheme.Dark)]
    [InlineData("林海", "/cases/new?at=118.0760,24.4660", "en-GB", ColorScheme.Light)]
    public async Task Nothing_serious_is_found_on_the_pages_of_cases(string person, string address, string language, ColorScheme theme)
    {
        var fid = await Reported("路面积水");
        await using var tab = await city.As(person, address, language);
        await tab.Page.EmulateMediaAsync(new() { ColorScheme = theme });
        if (person == "陈丽")
        {
            await tab.Page.Locator($"[data-task='{fid}']").ClickAsync();
            await Expect(tab.Page).ToHaveURLAsync(new Regex($"case={fid}"));
            await tab.Page.Locator("[data-move=void]").ClickAsync();
            await Expect(tab.Page.Locator("#move-note")).ToBeVisibleAsync();
        }
        await tab.Drawn();
        await tab.Keep($"cases{address.Split('?')[0].Replace('/', '-')}-{person}-{theme}-{language}");
        // Before axe looks: it complains of style sheets that it may not fetch.
        Assert.Equal("", string.Join('\n', tab.Complaints));
        Assert.Empty(await AccessibilityTests.Faults(tab));
    }

    // By the list of tasks, as people do it.
    async Task Move(string person, long fid, string move, Func<MapTab, Task>? fill = null)
    {
        await using var tab = await city.As(person, "/tasks");
        await tab.Page.Locator($"[data-task='{fid}']").ClickAsync();
        await tab.Page.Locator($"[data-move='{move}']").ClickAsync();
        if (fill is not null)
            await fill(tab);
        await tab.Page.Locator("[data-send]").ClickAsync();
        await Expect(tab.Page.Locator("[data-moved]")).ToBeVisibleAsync();
        await tab.Drawn();
        await tab.Keep($"case-{move}");
        Assert.Equal("", string.Join('\n', tab.Complaints));
    }

    async Task<long> Reported(string title)
    {
        var number = Guid.NewGuid().ToString("N");
        await city.Database.Run($"""
            insert into gis.cases (case_number, title, status, class_code, occurred_at, stage_deadline, stage_warning, geom)
            values ('{number}', '{title}', 'collect', '06012', now(), now() + interval '30 minutes', now() + interval '24 minutes', ST_SetSRID(ST_MakePoint(118.0757, 24.4657), 4490));
            insert into cases.move (fid, number, at, move, from_stage, to_stage, who, note, stage_deadline, stage_warning)
            select fid, 1, now(), 'report', '', 'collect', '林海', title, stage_deadline, stage_warning from gis.cases where case_number = '{number}'
            """);
        return await city.Database.Value<long>($"select fid from gis.cases where case_number = '{number}'");
    }

    static FilePayload Photo(string name, SKColor color)
    {
        using var bitmap = new SKBitmap(800, 600);
        bitmap.Erase(color);
        using var data = bitmap.Encode(name.EndsWith(".png", StringComparison.Ordinal) ? SKEncodedImageFormat.Png : SKEncodedImageFormat.Jpeg, 90);
        return new() { Name = name, MimeType = "application/octet-stream", Buffer = data.ToArray() };
    }
}
