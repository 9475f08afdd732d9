using System.Text.RegularExpressions;
using CityOps.Gis.Tests.EndToEnd.Cases;
using Microsoft.Playwright;
using SkiaSharp;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd.Assessment;

/// <summary>Checks on the spot with photos, and appeals from being made to being answered, in the real browser.</summary>
public sealed class AppealJourneys(CaseMap city) : IClassFixture<CaseMap>, IAsyncLifetime
{
    const string May = "/assessment?kind=district&period=2026-05";

    // So that the district stays rated when a check is withdrawn.
    public async ValueTask InitializeAsync() => await city.Database.Run("""
        insert into gis.cases (case_number, title, class_table, class_code, case_source, status, department, occurred_at, filed_at, closed_at, geom)
        values ('M-1', '道路不洁', 'gbt47678.5-2026', '06010', 'collector', 'close', '11', '2026-05-02', '2026-05-02', '2026-05-03', ST_SetSRID(ST_MakePoint(118.0757, 24.4657), 4490))
        """);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await city.Database.Run("delete from gis.cases where case_number = 'M-1'");
    }

    [Theory]
    [InlineData("zh-CN", ColorScheme.Light, 1280)]
    [InlineData("en-GB", ColorScheme.Dark, 1280)]
    public async Task A_check_with_a_photo_is_appealed_with_a_photo_and_withdrawn_by_somebody_else(string language, ColorScheme theme, int width)
    {
        var finding = $"垃圾桶满溢 {language}";
        await using (var leader = await city.As("陈丽", "/assessment/checks/new?period=2026-05&at=118.0755,24.4655", language, width))
        {
            await leader.Page.EmulateMediaAsync(new() { ColorScheme = theme });
            await leader.Page.Locator("[data-keep-check]").ClickAsync();
            await Expect(leader.Page.Locator("[data-refused]")).ToBeVisibleAsync();
            await leader.Page.Locator("#check-finding").FillAsync(finding);
            await leader.Page.Locator("#check-points").FillAsync("-4.5");
            await leader.Page.Locator("#check-aspect").SelectOptionAsync("clean");
            await leader.Page.Locator("#check-photos").SetInputFilesAsync(Photo("bin.png", SKColors.SaddleBrown));
            await Expect(leader.Page.Locator("[data-chosen-photo]")).ToBeVisibleAsync();
            await leader.Drawn();
            await leader.Keep($"assessment-check-{theme}-{language}");
            await leader.Page.Locator("[data-keep-check]").ClickAsync();
            await Expect(leader.Page.Locator("[data-checked]")).ToBeVisibleAsync();
            Assert.Equal("", string.Join('\n', leader.Complaints));
            Assert.Empty(await AccessibilityTests.Faults(leader));
        }

        string address;
        await using (var manager = await city.As("林海", May + "&of=350203", language, width))
        {
            await manager.Page.EmulateMediaAsync(new() { ColorScheme = theme });
            var check = manager.Page.Locator("[data-check]").Filter(new() { HasText = finding });
            await Expect(check.Locator("[data-check-points]")).ToHaveTextAsync("−4.5");
            await check.Locator("[data-photo]").ScrollIntoViewIfNeededAsync();
            await Expect(check.Locator("[data-photo] img")).ToHaveJSPropertyAsync("complete", true);
            Assert.True(await check.Locator("[data-photo] img").EvaluateAsync<int>("image => image.naturalWidth") > 0);
            await manager.Keep($"assessment-checks-{theme}-{language}");
            await check.Locator("[data-appeal-check]").ClickAsync();
            await manager.Page.Locator("[data-send-appeal]").ClickAsync();
            await Expect(manager.Page.Locator("[data-refused]")).ToBeVisibleAsync();
            await manager.Page.Locator("#appeal-reason").FillAsync("当日台风，环卫停工。");
            await manager.Page.Locator("#appeal-photos").SetInputFilesAsync(Photo("storm.png", SKColors.SteelBlue));
            await Expect(manager.Page.Locator("[data-chosen-photo]")).ToBeVisibleAsync();
            await manager.Page.Locator("[data-send-appeal]").ClickAsync();
            await Expect(manager.Page.Locator("[data-open-appeal][data-appeal-state=open] [data-photo]")).ToBeVisibleAsync();
            await Expect(manager.Page.Locator("[data-waits]")).ToBeVisibleAsync();
            address = new Uri(manager.Page.Url).PathAndQuery;
            Assert.Matches(new Regex("appeal=\\d+"), address);
            Assert.Equal("", string.Join('\n', manager.Complaints));
        }

        await using var tab = await city.As("陈丽", "/assessment/appeals?state=open", language, width);
        await tab.Page.EmulateMediaAsync(new() { ColorScheme = theme });
        await tab.Page.Locator("[data-appeal]").Filter(new() { HasText = finding }).ClickAsync();
        await Expect(tab.Page.Locator("[data-reason]")).ToHaveTextAsync("当日台风，环卫停工。");
        await tab.Page.Locator("#appeal-answer").FillAsync("理由成立。");
        await tab.Keep($"assessment-appeal-{theme}-{language}");
        Assert.Empty(await AccessibilityTests.Faults(tab));
        await tab.Page.Locator("[data-accept]").ClickAsync();
        await Expect(tab.Page.Locator("[data-open-appeal][data-appeal-state=accepted] [data-answer]")).ToHaveTextAsync("理由成立。");
        await tab.GoToPage(May + "&of=350203");
        await Expect(tab.Page.Locator("[data-check]").Filter(new() { HasText = finding })).ToHaveAttributeAsync("data-withdrawn", "true");
        await tab.Drawn();
        Assert.True(await city.Database.Value<bool>($"select withdrawn from gis.assessments where indicator = '{finding}'"));
        Assert.Equal("", string.Join('\n', tab.Complaints));
        Assert.Empty(await AccessibilityTests.Faults(tab));
    }

    [Fact]
    public async Task A_case_behind_a_figure_is_appealed_and_counts_no_longer_and_nobody_answers_his_own()
    {
        await city.Database.Run("""
            insert into gis.cases (case_number, title, class_table, class_code, case_source, status, department, occurred_at, filed_at, dispatched_at, deadline, geom)
            select 'K-' || n, '暴露垃圾', 'gbt47678.5-2026', '06010', 'collector', 'handle', '11', '2026-04-02', '2026-04-02', '2026-04-02', '2026-04-05', ST_SetSRID(ST_MakePoint(118.0757, 24.4657), 4490) from generate_series(1, 2) n
            """);
        try
        {
            await using (var officer = await city.As("周敏", "/assessment?kind=department&period=2026-04&of=11&indicator=department-closing"))
            {
                await Expect(officer.Page.Locator("[data-figure='department-closing']")).ToContainTextAsync("0 / 2");
                await officer.Page.Locator("[data-appeal-case='K-1']").ClickAsync();
                await officer.Page.Locator("#appeal-reason").FillAsync("已移交其他部门。");
                await officer.Page.Locator("[data-send-appeal]").ClickAsync();
                await Expect(officer.Page.Locator("[data-waits]")).ToBeVisibleAsync();
                // Taken back it can be made again.
                await officer.Page.Locator("[data-take-back]").ClickAsync();
                await officer.Page.Locator("[data-take-back-sure]").ClickAsync();
                await Expect(officer.Page.Locator("[data-appeal-state=withdrawn] [data-taken-back]")).ToBeVisibleAsync();
                await officer.Keep("assessment-appeal-taken-back");
                Assert.Equal("", string.Join('\n', officer.Complaints));
                Assert.Empty(await AccessibilityTests.Faults(officer));
                await officer.GoToPage("/assessment?kind=department&period=2026-04&of=11&indicator=department-closing");
                await officer.Page.Locator("[data-appeal-case='K-1']").ClickAsync();
                await officer.Page.Locator("#appeal-reason").FillAsync("已移交其他部门。");
                await officer.Page.Locator("[data-send-appeal]").ClickAsync();
                await Expect(officer.Page.Locator("[data-waits]")).ToBeVisibleAsync();
            }
            await using var tab = await city.As("管理员", "/assessment?kind=department&period=2026-04&of=11&indicator=department-closing");
            await tab.Page.Locator("[data-appeal-case='K-2']").ClickAsync();
            await tab.Page.Locator("#appeal-reason").FillAsync("同上。");
            await tab.Page.Locator("[data-send-appeal]").ClickAsync();
            await Expect(tab.Page.Locator("[data-own]")).ToBeVisibleAsync();
            await tab.Page.Locator("[data-appeal]").Filter(new() { HasText = "周敏" }).First.ClickAsync();
            await tab.Page.Locator("#appeal-answer").FillAsync("情况属实。");
            await tab.Page.Locator("[data-accept]").ClickAsync();
            await Expect(tab.Page.Locator("[data-appeal-state=accepted]")).ToBeVisibleAsync();
            await tab.GoToPage("/assessment?kind=department&period=2026-04&of=11&indicator=department-closing");
            await Expect(tab.Page.Locator("[data-figure='department-closing']")).ToContainTextAsync("0 / 1");
            await Expect(tab.Page.Locator("[data-appealed='K-2']")).ToBeVisibleAsync();
            Assert.Equal("", string.Join('\n', tab.Complaints));
        }
        finally
        {
            await city.Database.Run("delete from gis.cases where case_number like 'K-%'");
        }
    }

    [Fact]
    public async Task Without_a_period_in_the_address_the_newest_month_with_anything_to_rate_is_open()
    {
        var month = await city.Database.Value<string>("select to_char(max(at) at time zone 'Asia/Shanghai', 'YYYY-MM') from (select unnest(array[filed_at, closed_at]) as at from gis.cases) one where at <= now()");
        await using var tab = await city.As("陈丽", "/assessment");
        await Expect(tab.Page.Locator("[data-rated]")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("[data-period]")).ToHaveValueAsync(month!);
        Assert.Equal("2026-05", month);
    }

    [Fact]
    public async Task Two_quick_choices_of_what_is_rated_both_count()
    {
        await using var tab = await city.As("陈丽", "/assessment?kind=district&period=2026-05");
        await Expect(tab.Page.Locator("[data-rated]")).ToBeVisibleAsync();
        await tab.Page.EvaluateAsync("""
            () => {
              const choose = (name, value) => { const one = document.querySelector(name); one.value = value; one.dispatchEvent(new Event('change', { bubbles: true })); };
              choose('[data-kind]', 'grid');
              choose('[data-period]', '2026-Q4');
            }
            """);
        await Expect(tab.Page).ToHaveURLAsync(new Regex("kind=grid&period=2026-Q4"));
        await Expect(tab.Page.Locator("[data-kind]")).ToHaveValueAsync("grid");
        await Expect(tab.Page.Locator("[data-period]")).ToHaveValueAsync("2026-Q4");
        await tab.Page.GoBackAsync();
        await Expect(tab.Page.Locator("[data-period]")).ToHaveValueAsync("2026-05");
        await Expect(tab.Page.Locator("[data-kind]")).ToHaveValueAsync("grid");
        Assert.Equal("", string.Join('\n', tab.Complaints));
    }

    [Fact]
    public async Task On_a_phone_the_open_appeal_stands_alone_and_the_way_to_the_street_comes_first()
    {
        await using var tab = await city.As("林海", "/assessment/appeals?check=999999", "zh-CN", 390);
        await Expect(tab.Page.Locator("[data-no-matter]")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator(".back a")).ToBeVisibleAsync();
        await tab.Page.Locator(".back a").ClickAsync();
        await Expect(tab.Page.Locator(".list h2")).ToBeVisibleAsync();
        await tab.GoToPage("/tasks");
        var (street, report) = ((await tab.Page.Locator("[data-street]").BoundingBoxAsync())!, (await tab.Page.Locator("[data-report-new]").BoundingBoxAsync())!);
        Assert.True(street.Y < report.Y && street.Width > 300, $"{street.Y} {report.Y} {street.Width}");
        Assert.Empty(await AccessibilityTests.Faults(tab));
        await tab.Page.Locator("[data-street]").ClickAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex("/field$"));
    }

    static FilePayload Photo(string name, SKColor color)
    {
        using var bitmap = new SKBitmap(320, 240);
        bitmap.Erase(color);
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 90);
        return new() { Name = name, MimeType = "image/png", Buffer = png.ToArray() };
    }
}
