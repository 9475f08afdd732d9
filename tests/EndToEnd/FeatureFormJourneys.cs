using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd;

/// <summary>A person changes things by form and by dragging; each test has a thing of its own.</summary>
public sealed class FeatureFormJourneys(StreetMap city) : IClassFixture<StreetMap>
{
    /// <summary>Milliseconds: the first change of a process reads what the checks need.</summary>
    const int Patience = 20_000;

    [Fact]
    public async Task A_form_changes_a_feature_and_the_history_keeps_what_was_before()
    {
        await using var tab = await Editing(3);
        await Expect(tab.Panel.Locator("[data-save]")).ToBeDisabledAsync();
        await tab.Panel.Locator("#edit-status").SelectOptionAsync("破损");
        await tab.Panel.Locator("#edit-remark").FillAsync("井盖边缘开裂");
        await tab.Keep("form");
        await tab.Panel.Locator("[data-save]").ClickAsync();
        await Expect(tab.Panel.Locator("[data-saved]")).ToContainTextAsync("已保存", new() { Timeout = Patience });
        await Expect(tab.Panel.Locator("[data-field=status] dd")).ToHaveTextAsync("破损");
        await Expect(tab.Panel.Locator("[data-field=remark] dd")).ToHaveTextAsync("井盖边缘开裂");
        Assert.Equal(["完好||changed"], await city.Database.Rows($"select status, remark, change from gis.components_history where fid = {await Fid(3)}"));
        Assert.Equal("", string.Join('\n', tab.Complaints));
    }

    [Fact]
    public async Task Dragging_the_pin_moves_a_feature_and_the_database_says_where_it_belongs_now()
    {
        await using var tab = await Editing(5);
        var pin = tab.Page.Locator(".map-handle");
        await Expect(pin).ToBeVisibleAsync();
        var box = (await pin.BoundingBoxAsync())!;
        await tab.Page.Mouse.MoveAsync(box.X + box.Width / 2, box.Y + box.Height / 2);
        await tab.Page.Mouse.DownAsync();
        await tab.Page.Mouse.MoveAsync(box.X + box.Width / 2 - 60, box.Y + box.Height / 2 + 40, new() { Steps = 8 });
        await tab.Page.Mouse.UpAsync();
        await Expect(tab.Panel.Locator("[data-moved-by]")).ToContainTextAsync("移动了");
        await tab.Keep("form-dragged");
        await tab.Panel.Locator("[data-save]").ClickAsync();
        await Expect(tab.Panel.Locator("[data-saved]")).ToBeVisibleAsync(new() { Timeout = Patience });
        await Expect(tab.Page.Locator(".map-handle")).ToHaveCountAsync(0);
        Assert.Equal(["moved|t"], await city.Database.Rows($"""
            select past.change, ST_X(now.geom) < ST_X(past.geom) and ST_Y(now.geom) < ST_Y(past.geom) and ST_Distance(now.geom::geography, past.geom::geography) between 15 and 30
            from gis.components now join gis.components_history past using (fid) where fid = {await Fid(5)}
            """).ContinueWith(rows => rows.Result.Select(row => row.Replace("True", "t", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Faults_stand_at_their_fields_and_nothing_is_written()
    {
        await using var tab = await Editing(7, "en-GB");
        await tab.Panel.Locator("#edit-first_date").FillAsync("2999-01-01");
        await tab.Panel.Locator("#edit-name").FillAsync("");
        await tab.Panel.Locator("[data-save]").ClickAsync();
        await Expect(tab.Panel.Locator("[data-fault=name]")).ToBeVisibleAsync();
        await Expect(tab.Panel.Locator("#edit-name")).ToBeFocusedAsync(new() { Timeout = Patience });
        await tab.Keep("form-faults-en");
        await Expect(tab.Panel.Locator("#edit-name")).ToHaveAttributeAsync("aria-invalid", "true");
        Assert.Empty(await city.Database.Rows($"select 1 from gis.components_history where fid = {await Fid(7)}"));
        await tab.Panel.Locator("[data-cancel]").ClickAsync();
        await tab.Panel.Locator("[data-discard]").ClickAsync();
        await Expect(tab.Panel.Locator("[data-form]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_conflict_names_the_person_who_was_faster()
    {
        await using var tab = await Editing(11);
        await using var other = await Editing(11);
        await tab.Panel.Locator("#edit-remark").FillAsync("待复核");
        await other.Panel.Locator("#edit-remark").FillAsync("已复核");
        await other.Panel.Locator("[data-save]").ClickAsync();
        await Expect(other.Panel.Locator("[data-saved]")).ToBeVisibleAsync(new() { Timeout = Patience });
        await tab.Panel.Locator("[data-save]").ClickAsync();
        await Expect(tab.Panel.Locator("[data-conflict]")).ToContainTextAsync(new Regex("（逐条编辑 · test）"), new() { Timeout = Patience });
    }

    [Fact]
    public async Task Who_was_faster_is_told_and_what_was_typed_goes_onto_the_newer_version()
    {
        await using var tab = await Editing(9);
        await tab.Panel.Locator("#edit-remark").FillAsync("待复核");
        await city.Database.Run($"update gis.components set status = '丢失' where fid = {await Fid(9)}");
        await tab.Panel.Locator("[data-save]").ClickAsync();
        await Expect(tab.Panel.Locator("[data-conflict]")).ToContainTextAsync(new Regex("已于 .* 被更改（逐条编辑）：状态"));
        await tab.Keep("form-conflict");
        await tab.Panel.Locator("[data-rebase]").ClickAsync();
        await Expect(tab.Panel.Locator("#edit-status")).ToHaveValueAsync("丢失");
        await Expect(tab.Panel.Locator("#edit-remark")).ToHaveValueAsync("待复核");
        await tab.Panel.Locator("[data-save]").ClickAsync();
        await Expect(tab.Panel.Locator("[data-saved]")).ToBeVisibleAsync(new() { Timeout = Patience });
        Assert.Equal(["丢失|待复核"], await city.Database.Rows($"select status, remark from gis.components where fid = {await Fid(9)}"));
    }

    [Fact]
    public async Task Unsaved_changes_are_asked_about_before_the_panel_the_page_or_the_step_is_left()
    {
        await using var tab = await Editing(11);
        await tab.Panel.Locator("#edit-remark").FillAsync("未保存");
        await tab.Page.Locator(".panel header button").ClickAsync();
        await tab.Panel.Locator("[data-stay]").ClickAsync();
        await Expect(tab.Panel.Locator("#edit-remark")).ToHaveValueAsync("未保存");
        await tab.Page.Locator("nav a[href='/analysis']").ClickAsync();
        await Expect(tab.Panel.Locator("[data-discard]")).ToBeVisibleAsync();
        Assert.DoesNotContain("analysis", tab.Page.Url, StringComparison.Ordinal);
        await tab.Keep("form-leave");
        await tab.Panel.Locator("[data-discard]").ClickAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex("/analysis"));
    }

    [Fact]
    public async Task A_report_that_was_begun_is_asked_about_before_its_page_is_left()
    {
        await using var tab = await city.Open("/cases/new?at=118.0760,24.4660", "en-GB");
        await tab.Page.Locator("#report-note").FillAsync("The cover rattles");
        await tab.Page.Locator("#report-note").BlurAsync();
        await tab.Page.Locator("nav a[href='/analysis']").ClickAsync();
        await Expect(tab.Page.Locator("[data-stay]")).ToBeFocusedAsync();
        await tab.Keep("report-leave-en");
        await tab.Page.Locator("[data-stay]").ClickAsync();
        await Expect(tab.Page.Locator("#report-note")).ToHaveValueAsync("The cover rattles");
        await tab.Page.Locator("nav a[href='/analysis']").ClickAsync();
        await tab.Page.Locator("[data-discard]").ClickAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex("/analysis"));
    }

    async Task<MapTab> Editing(int number, string language = "zh-CN")
    {
        var row = (await city.Database.Rows($"select fid, ST_X(geom), ST_Y(geom) from gis.components where code = '{Code(number)}'")).Single().Split('|');
        var tab = await city.Open(string.Create(CultureInfo.InvariantCulture, $"/?at=19/{row[2]}/{row[1]}&feature=components/{row[0]}"), language);
        await tab.Panel.Locator("[data-edit]").ClickAsync();
        await Expect(tab.Panel.Locator("[data-form]")).ToBeVisibleAsync();
        await tab.Drawn();
        return tab;
    }

    Task<long> Fid(int number) => city.Database.Value<long>($"select fid from gis.components where code = '{Code(number)}'");

    // The number's class as Coast gives it.
    static string Code(int number) => "350203" + new[] { "0101", "0113", "0301", "0404" }[number % 4] + number.ToString("000000", CultureInfo.InvariantCulture);
}
