using System.Globalization;
using Microsoft.Playwright;
using SkiaSharp;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd.Field;

/// <summary>The page for phones in the real browser: without a network, with one that breaks off, and in several hands.</summary>
public sealed class FieldJourneys(FieldMap city) : IClassFixture<FieldMap>
{
    [Fact]
    public async Task Two_cases_with_photos_that_are_reported_without_a_network_are_there_once_when_it_is_back_though_the_page_was_closed()
    {
        var note = Note();
        await using var tab = await city.Phone("林海");
        await tab.Page.Context.SetOfflineAsync(true);
        await Report(tab, note + "一", photo: true);
        await Report(tab, note + "二", photo: true, isRecent: true);
        await Expect(tab.Page.Locator("[data-tab=outbox] [data-badge]")).ToHaveTextAsync("2");
        await tab.Page.CloseAsync();
        Assert.Equal(0, await Cases(note));

        var again = new MapTab(await tab.Page.Context.NewPageAsync(), city.Root);
        await again.GoToPage("/field#outbox");
        await FieldMap.Ready(again);
        await Expect(again.Page.Locator("[data-item=report][data-state=waiting]")).ToHaveCountAsync(2);
        await Expect(again.Page.Locator(".pictures img")).ToHaveCountAsync(2);
        await again.Keep("field-outbox-offline");
        await tab.Page.Context.SetOfflineAsync(false);
        await Expect(again.Page.Locator("[data-item=report][data-state=sent]")).ToHaveCountAsync(2);
        await again.Keep("field-outbox-sent");

        Assert.Equal([$"{note}一|1|林海", $"{note}二|1|林海"], await city.Database.Rows($"select note, photos, who from cases.move where move = 'report' and note like '{note}%' order by at"));
        Assert.Equal(2, await city.Database.Value<long>($"select count(*) from cases.photo p join cases.move m using (fid, number) where m.note like '{note}%'"));
    }

    [Fact]
    public async Task A_report_whose_answer_is_lost_on_the_way_counts_once()
    {
        var (note, lost) = (Note(), 0);
        await using var tab = await city.Phone("林海", language: "en-GB");
        await tab.Page.RouteAsync("**/api/cases", async route =>
        {
            if (lost++ > 1)
            {
                await route.ContinueAsync();
                return;
            }
            await route.FetchAsync();
            await route.AbortAsync("connectionreset");
        });
        await Report(tab, note);
        await tab.Page.Locator("[data-tab=outbox]").ClickAsync();
        await Expect(tab.Page.Locator("[data-state=later]")).ToBeVisibleAsync();
        Assert.Equal(1, await Cases(note));
        await tab.Page.Locator("[data-send-now]").ClickAsync();
        await Expect(tab.Page.Locator("[data-state=later]")).ToBeVisibleAsync();
        await tab.Page.Locator("[data-send-now]").ClickAsync();
        await Expect(tab.Page.Locator("[data-item=report][data-state=sent]")).ToHaveCountAsync(1);

        Assert.Equal(3, lost);
        Assert.Equal(1, await Cases(note));
        await Expect(tab.Page.Locator("[data-item=report]")).ToContainTextAsync(await city.Database.Value<string>($"select case_number from gis.cases join cases.move using (fid) where move = 'report' and note = '{note}'") ?? "?");
    }

    [Fact]
    public async Task Two_moves_of_a_case_that_are_made_without_a_network_arrive_in_their_order()
    {
        var fid = await city.Dispatched(Note());
        await using var tab = await city.Phone("周敏", "tasks");
        var task = tab.Page.Locator($"[data-task='{fid}']");
        await Expect(task.Locator("[data-move=accept]")).ToBeVisibleAsync();
        await tab.Keep("field-tasks");
        await tab.Page.Context.SetOfflineAsync(true);
        await task.Locator("[data-move=accept]").ClickAsync();
        await tab.Page.Locator("[data-move-send]").ClickAsync();
        await Expect(task.Locator("[data-queued='1']")).ToBeVisibleAsync();
        await task.Locator("[data-move=feed-back]").ClickAsync();
        await tab.Page.Locator("[data-move-send]").ClickAsync();
        await Expect(tab.Page.Locator("[data-move-fault]")).ToBeVisibleAsync();
        await tab.Page.Locator("[data-move-note]").FillAsync("已清理。");
        await tab.Page.Locator("[data-move-dialog] [data-gallery]").SetInputFilesAsync(Photo());
        await Expect(tab.Page.Locator("[data-move-dialog] .pictures img")).ToBeVisibleAsync();
        await tab.Keep("field-move");
        await tab.Page.Locator("[data-move-send]").ClickAsync();
        await tab.Page.Context.SetOfflineAsync(false);
        await tab.Page.Locator("[data-tab=outbox]").ClickAsync();
        await Expect(tab.Page.Locator("[data-item=move][data-state=sent]")).ToHaveCountAsync(2);

        Assert.Equal(["report|0", "file|0", "dispatch|0", "accept|0", "feed-back|1"], await city.Database.Rows($"select move, photos from cases.move where fid = {fid} order by number"));
        await tab.Page.Locator("[data-tab=tasks]").ClickAsync();
        await Expect(task).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_is_put_right_at_once_is_reported_and_closed_with_the_same_photo()
    {
        var note = Note();
        await using var tab = await city.Phone("林海");
        await tab.Page.Context.SetOfflineAsync(true);
        await Report(tab, note, photo: true, isSelfHandled: true);
        await tab.Page.Context.SetOfflineAsync(false);
        await tab.Page.Locator("[data-tab=outbox]").ClickAsync();
        await Expect(tab.Page.Locator("[data-state=sent]")).ToHaveCountAsync(2);

        Assert.Equal(["report|1|close", "self-handle|1|close"], await city.Database.Rows($"select m.move, m.photos, c.status from cases.move m join gis.cases c using (fid) where m.note = '{note}' order by m.number"));
    }

    [Fact]
    public async Task What_the_server_refuses_says_why_and_is_mended_or_deleted()
    {
        var note = Note();
        await using var tab = await city.Phone("林海");
        // In the sea.
        await FieldMap.Stand(tab, 118.30, 24.30);
        await tab.Page.Locator("[data-here]").ClickAsync();
        await Expect(tab.Page.Locator("[data-place]")).ToContainTextAsync("118.30000");
        await Report(tab, note);
        await Report(tab, note + "删");
        await tab.Page.Locator("[data-tab=outbox]").ClickAsync();
        await Expect(tab.Page.Locator("[data-refusal=outside-scope]")).ToHaveCountAsync(2);
        await tab.Keep("field-refused");
        await FieldMap.Stand(tab, FieldMap.Longitude, FieldMap.Latitude);
        await tab.Page.Locator("[data-item=report]", new() { HasText = note + "删" }).Locator("[data-delete]").ClickAsync();
        await tab.Page.Locator("[data-item=report]", new() { HasText = note + "删" }).Locator("[data-delete]").ClickAsync();
        await Expect(tab.Page.Locator("[data-item=report]")).ToHaveCountAsync(1);
        await tab.Page.Locator("[data-mend]").ClickAsync();
        await Expect(tab.Page.Locator("#field-note")).ToHaveValueAsync(note);
        await tab.Page.Locator("[data-correct]").ClickAsync();
        await Expect(tab.Page.Locator(".first-map[data-drawn=true]")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Expect(tab.Page.Locator(".map-handle")).ToBeVisibleAsync();
        await tab.Page.Locator("[data-here]").ClickAsync();
        await Expect(tab.Page.Locator("[data-place]")).ToContainTextAsync("118.07570");
        await Expect(tab.Page.Locator(".first-map[data-drawn=true]")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await tab.Page.WaitForTimeoutAsync(400);
        await tab.Keep("field-map");
        await tab.Page.Locator("[data-report] [data-send]").ClickAsync();
        await tab.Page.Locator("[data-tab=outbox]").ClickAsync();
        await Expect(tab.Page.Locator("[data-item=report][data-state=sent]")).ToHaveCountAsync(1);
        Assert.Equal(1, await Cases(note));
    }

    [Fact]
    public async Task In_the_hand_of_somebody_else_the_phone_shows_nothing_of_the_first_person_and_sends_nothing_in_his_name()
    {
        var note = Note();
        await using var tab = await city.Phone("林海");
        await tab.Page.Context.SetOfflineAsync(true);
        await Report(tab, note);
        await tab.Page.Locator("[data-who]").ClickAsync();
        await Expect(tab.Page.Locator("[data-unsent]")).ToContainTextAsync("1");
        await Expect(tab.Page.Locator("[data-out=delete]")).ToBeVisibleAsync();
        await tab.Keep("field-sign-out");
        await tab.Page.Locator("[data-sign-out-dialog] [data-close]").ClickAsync();
        // Another one signs in, in another tab, and this one comes back to life.
        await city.SignIn(tab, "周敏");
        await tab.Page.Context.SetOfflineAsync(false);
        await Expect(tab.Page.Locator("[data-state=stranger]")).ToBeVisibleAsync();
        await tab.Page.ReloadAsync();
        await FieldMap.Ready(tab);
        await tab.Page.Locator("[data-tab=outbox]").ClickAsync();
        await Expect(tab.Page.Locator("[data-no-outbox]")).ToBeVisibleAsync();
        Assert.Equal(["周敏"], await tab.Page.EvaluateAsync<string[]>("""
            () => new Promise(done => { indexedDB.open('cityops-field').onsuccess = ({ target }) => { target.result.transaction('kept').objectStore('kept').getAll().onsuccess = ({ target }) => done(target.result.filter(one => one.person).map(one => one.person.id)); }; })
            """));
        Assert.Equal(0, await Cases(note));

        await city.SignIn(tab, "林海");
        await tab.Page.ReloadAsync();
        await FieldMap.Ready(tab);
        await tab.Page.Locator("[data-tab=outbox]").ClickAsync();
        await Expect(tab.Page.Locator("[data-item=report][data-state=sent]")).ToHaveCountAsync(1);
        Assert.Equal(["林海"], await city.Database.Rows($"select who from cases.move where note = '{note}'"));
    }

    [Fact]
    public async Task Positions_of_a_patrol_are_kept_without_a_network_and_become_a_track_with_its_patrol_and_note()
    {
        var note = Note();
        await using var tab = await city.Phone("周敏", "patrol");
        await tab.Page.Context.SetOfflineAsync(true);
        await tab.Page.Locator("[data-patrol-switch]").ClickAsync();
        for (var step = 0; step < 4; step++)
        {
            await FieldMap.Stand(tab, FieldMap.Longitude + step * 0.0003, FieldMap.Latitude);
            await Expect(tab.Page.Locator("[data-patrol-state]")).ToContainTextAsync(new System.Text.RegularExpressions.Regex($"已记录 {(step + 1).ToString(CultureInfo.InvariantCulture)} 个"));
        }
        await tab.Page.Locator("#patrol-note").FillAsync(note);
        await tab.Page.Locator("[data-patrol-send]").ClickAsync();
        await tab.Keep("field-patrol");
        await tab.Page.Locator("[data-patrol-switch]").ClickAsync();
        await Expect(tab.Page.Locator("[data-patrol-state=off]")).ToBeVisibleAsync();
        await tab.Page.Context.SetOfflineAsync(false);
        await tab.Page.Locator("[data-tab=outbox]").ClickAsync();
        await Expect(tab.Page.Locator("[data-state=sent]")).ToHaveCountAsync(3);
        await Expect(tab.Page.Locator("p.state")).ToBeHiddenAsync();

        Assert.Equal("4", Assert.Single(await city.Database.Rows("select count(*) from cityops.track_point where person_id = '周敏'")));
        Assert.Equal($"t|{note}", Assert.Single(await city.Database.Rows("select case when p.ended_at > p.begun_at then 't' end, n.note from cityops.patrol p join cityops.patrol_note n on n.patrol = p.id where p.person_id = '周敏'")));
    }

    [Theory]
    [InlineData("zh-CN", ColorScheme.Light)]
    [InlineData("en-GB", ColorScheme.Dark)]
    public async Task A_task_of_an_emergency_is_taken_and_done_on_the_phone_and_not_without_a_network(string language, ColorScheme theme)
    {
        var id = await city.Database.Value<long>("insert into command.emergency (title, area, who) select '台风', geom, '陈丽' from gis.districts where code = '350203' returning id");
        try
        {
            await city.Database.Run($"insert into command.task (emergency, number, message, addressee, code, name, said, who) select {id}, 1, gen_random_uuid(), 'grid', min(code), '一格', '转移低洼处人员。', '陈丽' from gis.unit_grids where code like '350203%'");
            await using var tab = await city.Phone("林海", "tasks", language);
            await tab.Page.EmulateMediaAsync(new() { ColorScheme = theme });
            var order = tab.Page.Locator($"[data-order='{id}-1']");
            await Expect(order).ToContainTextAsync("转移低洼处人员。");
            await order.Locator("textarea").FillAsync("已转移 12 人。");
            await tab.Keep($"field-orders-{theme}-{language}");
            Assert.Equal("", string.Join('\n', tab.Complaints));
            Assert.Empty(await AccessibilityTests.Faults(tab));
            await tab.Page.Context.SetOfflineAsync(true);
            await order.Locator("[data-answer=done]").ClickAsync();
            await Expect(order.Locator("[role=alert]")).ToBeVisibleAsync();
            Assert.Equal("sent", await city.Database.Value<string>($"select state from command.task where emergency = {id}"));
            await tab.Page.Context.SetOfflineAsync(false);
            await order.Locator("[data-answer=taken]").ClickAsync();
            await Expect(order).ToHaveAttributeAsync("data-order-state", "taken");
            await order.Locator("textarea").FillAsync("已转移 12 人。");
            await order.Locator("[data-answer=done]").ClickAsync();
            await Expect(order).ToHaveCountAsync(0);
            Assert.Equal("done 已转移 12 人。", await city.Database.Value<string>($"select state || ' ' || answer from command.task where emergency = {id}"));
        }
        finally
        {
            await city.Database.Run($"update command.emergency set closed_at = now(), closed_by = 'x', report = 'x' where id = {id}");
        }
    }

    [Theory]
    [InlineData("zh-CN", ColorScheme.Light)]
    [InlineData("en-GB", ColorScheme.Dark)]
    public async Task Nothing_serious_is_found_by_axe_on_a_phone(string language, ColorScheme theme)
    {
        await city.Dispatched("路口有大件垃圾，影响通行。");
        await using var tab = await city.Phone("周敏", "report", language);
        await tab.Page.EmulateMediaAsync(new() { ColorScheme = theme });
        Assert.Equal("", string.Join('\n', tab.Complaints));
        await tab.Page.Locator("#field-note").FillAsync("路口有大件垃圾。");
        await tab.Page.Locator("[data-report] [data-gallery]").SetInputFilesAsync(Photo());
        await Expect(tab.Page.Locator("[data-pictures] img").First).ToBeVisibleAsync();
        foreach (var view in new[] { "report", "tasks", "outbox", "patrol" })
        {
            await tab.Page.Locator($"[data-tab={view}]").ClickAsync();
            await Expect(tab.Page.Locator($"[data-view={view}]")).ToBeVisibleAsync();
            await tab.Keep($"field-{view}-{theme}-{language}");
            Assert.Empty(await AccessibilityTests.Faults(tab));
        }
        await tab.Page.Locator("[data-tab=report]").ClickAsync();
        await tab.Page.Locator("[data-choose-class]").ClickAsync();
        await Expect(tab.Page.Locator("[data-class]").First).ToBeVisibleAsync();
        await tab.Keep($"field-classes-{theme}-{language}");
        Assert.Empty(await AccessibilityTests.Faults(tab));
    }

    static string Note() => "街面" + Guid.NewGuid().ToString("N");

    Task<long> Cases(string note) => city.Database.Value<long>($"select count(*) from cases.move where move = 'report' and note like '{note}%'");

    static async Task Report(MapTab tab, string note, bool photo = false, bool isRecent = false, bool isSelfHandled = false)
    {
        var page = tab.Page;
        await Expect(page.Locator("[data-place]")).ToHaveAttributeAsync("data-accuracy", "known");
        if (isRecent)
            await page.Locator("[data-recent-class='06012']").ClickAsync();
        else
        {
            await page.Locator("[data-choose-class]").ClickAsync();
            await page.Locator("[data-class-search]").FillAsync("06012");
            await page.Locator("[data-class='06012']").ClickAsync();
        }
        await page.Locator("#field-note").FillAsync(note);
        if (photo)
        {
            await page.Locator("[data-report] [data-camera]").SetInputFilesAsync(Photo());
            await Expect(page.Locator("[data-report] .pictures img")).ToBeVisibleAsync();
        }
        if (isSelfHandled)
            await page.Locator("[data-self-handled]").CheckAsync();
        await page.Locator("[data-report] [data-send]").ClickAsync();
        await Expect(page.Locator("#field-note")).ToHaveValueAsync("");
    }

    static FilePayload Photo()
    {
        using var bitmap = new SKBitmap(2400, 1800);
        bitmap.Erase(SKColors.SteelBlue);
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        return new() { Name = "photo.jpg", MimeType = "image/jpeg", Buffer = data.ToArray() };
    }
}
