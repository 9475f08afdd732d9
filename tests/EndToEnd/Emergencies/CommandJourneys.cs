using CityOps.Gis.Tests.EndToEnd.Cases;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd.Emergencies;

/// <summary>From everyday to emergency and back, in the real browser.</summary>
public sealed class CommandJourneys(CaseMap city) : IClassFixture<CaseMap>
{
    [Theory]
    [InlineData("zh-CN", ColorScheme.Light)]
    [InlineData("en-GB", ColorScheme.Dark)]
    public async Task An_emergency_is_opened_commanded_and_stood_down_and_everybody_concerned_is_told(string language, ColorScheme theme)
    {
        await city.Database.Run($"""
            insert into access.person (id, user_name, normalized_user_name, display_name, security_stamp, concurrency_stamp) values ('{CaseMap.Walker}', 'xudong', 'XUDONG', '许东', 'x', 'x') on conflict do nothing;
            insert into access.person_scope values ('{CaseMap.Walker}', 'district', '350203') on conflict do nothing
            """);
        await using var leader = await city.As("陈丽", "/command", language);
        await leader.Page.EmulateMediaAsync(new() { ColorScheme = theme });
        await leader.Page.Locator("[data-open-emergency]").ClickAsync();
        await leader.Page.Locator("#emergency-title").FillAsync("台风“海燕”");
        await leader.Page.Locator("#emergency-area-0").SelectOptionAsync("350203");
        await Expect(leader.Page.Locator("#emergency-area-1")).ToBeVisibleAsync();
        await leader.Page.Locator("[data-switch-on]").ClickAsync();
        await Expect(leader.Page.Locator("[data-emergency-state=open]")).ToBeVisibleAsync();
        await Expect(leader.Page.Locator("[data-figure=cases]")).ToHaveTextAsync("2");
        // The notice leaves the map's scale free.
        await Expect(leader.Page.Locator("[data-emergencies]")).ToBeVisibleAsync();
        var (notice, scale) = ((await leader.Page.Locator("[data-emergencies]").BoundingBoxAsync())!, (await leader.Page.Locator(".leaflet-control-scale").BoundingBoxAsync())!);
        Assert.True(scale.Y + scale.Height <= notice.Y, $"{scale.Y} {scale.Height} {notice.Y}");
        // Somebody's phone tells where he is: one within the area, one far away.
        await city.Database.Run("""
            delete from cityops.officer_position;
            insert into cityops.officer_position (person_id, who, at, geom) select 'officer-' || x, '林巡', now(), ST_SetSRID(ST_MakePoint(x, 24.4655), 4490) from unnest(array[118.0755, 118.9]) x
            """);
        await Expect(leader.Page.Locator("[data-officers='1']")).ToContainTextAsync("林巡");
        await leader.Drawn();
        await leader.Keep($"command-situation-{theme}-{language}");
        var address = new Uri(leader.Page.Url).AbsolutePath;

        await leader.Page.Locator("[data-command-view=tasks]").ClickAsync();
        await leader.Page.Locator("#order-said").FillAsync("转移低洼处人员，清理排水口。");
        await leader.Page.Locator("[data-to-department='11']").CheckAsync();
        await leader.Page.Locator("[data-to-all-grids]").CheckAsync();
        await leader.Page.Locator("[data-find-people]").PressSequentiallyAsync("许");
        await leader.Page.Locator($"[data-to-person='{CaseMap.Walker}']").CheckAsync();
        await leader.Page.Locator("[data-find-people]").FillAsync("没有此人");
        await Expect(leader.Page.Locator($"[data-to-person='{CaseMap.Walker}']")).ToBeCheckedAsync();
        Assert.Empty(await AccessibilityTests.Faults(leader));
        await leader.Keep($"command-send-{theme}-{language}");
        await leader.Page.Locator("[data-send-tasks]").ClickAsync();
        await Expect(leader.Page.Locator("[data-emergency-task]")).ToHaveCountAsync(3);
        await leader.Drawn();
        await leader.Keep($"command-tasks-{theme}-{language}");

        await using (var officer = await city.As("周敏", "/tasks", language))
        {
            await officer.Page.EmulateMediaAsync(new() { ColorScheme = theme });
            await officer.Page.Locator($"[data-emergencies] a[href='{address}']").ClickAsync();
            await officer.Page.Locator("[data-command-view=tasks]").ClickAsync();
            await officer.Page.Locator("[data-finish]").ClickAsync();
            await officer.Page.Locator("[data-emergency-task] textarea").FillAsync("已清理 12 处。");
            await officer.Page.Locator("[data-done]").ClickAsync();
            await Expect(officer.Page.Locator("[data-task-state=done]")).ToHaveCountAsync(1);
            Assert.Equal("", string.Join('\n', officer.Complaints));
        }

        // His own task is among his tasks, and gone when it is done.
        await using (var walker = await city.As("许东", "/tasks", language))
        {
            await walker.Page.EmulateMediaAsync(new() { ColorScheme = theme });
            var order = walker.Page.Locator("[data-duties] [data-emergency-task='3']");
            await Expect(order).ToContainTextAsync("转移低洼处人员");
            await walker.Drawn();
            await walker.Keep($"command-duties-{theme}-{language}");
            Assert.Empty(await AccessibilityTests.Faults(walker));
            await order.Locator("[data-take]").ClickAsync();
            await Expect(order).ToHaveAttributeAsync("data-task-state", "taken");
            await order.Locator("[data-finish]").ClickAsync();
            await order.Locator("[data-done]").ClickAsync();
            await Expect(order).ToHaveCountAsync(0);
            Assert.Equal("", string.Join('\n', walker.Complaints));
        }

        await leader.Page.Locator("[data-command-view=log]").ClickAsync();
        await leader.Page.Locator("#log-said").FillAsync("雨势减弱。");
        await leader.Page.Locator("button[data-note]").ClickAsync();
        await Expect(leader.Page.Locator("[data-entry=answered]")).ToHaveCountAsync(3);
        await Expect(leader.Page.Locator("[data-entry-state=taken]")).ToHaveTextAsync(language == "zh-CN" ? "已接收" : "Taken");
        await Expect(leader.Page.Locator("[data-entry=note]")).ToContainTextAsync("雨势减弱");
        await leader.Keep($"command-log-{theme}-{language}");
        await leader.Page.Locator("[data-command-view=report]").ClickAsync();
        await leader.Page.Locator("#report-text").FillAsync("未发生伤亡。");
        await leader.Page.Locator("[data-stand-down]").ClickAsync();
        await Expect(leader.Page.Locator("[data-emergency-state=closed]")).ToBeVisibleAsync();
        await Expect(leader.Page.Locator("[data-report-text]")).ToHaveTextAsync("未发生伤亡。");
        await Expect(leader.Page.Locator("[data-emergencies]")).ToHaveCountAsync(0, new() { Timeout = 15_000 });
        await leader.Drawn();
        await leader.Keep($"command-report-{theme}-{language}");
        Assert.Equal("", string.Join('\n', leader.Complaints));
        Assert.Empty(await AccessibilityTests.Faults(leader));
        // On paper: report, figures, tasks and log alone.
        await leader.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(leader.Page.Locator("[data-paper] tbody tr")).ToHaveCountAsync(3 + 7);
        await Expect(leader.Page.Locator("[data-paper]")).ToBeVisibleAsync();
        foreach (var gone in new[] { ".work-desk > .map", "[data-command-view=log]", "[data-print]", "[data-view='/tasks']" })
            await Expect(leader.Page.Locator(gone)).ToBeHiddenAsync();
        await leader.Keep($"command-paper-{theme}-{language}");
    }
}
