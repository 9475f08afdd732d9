using System.Text.RegularExpressions;
using CityOps.Gis.Testing;
using Xunit;
using static CityOps.Gis.Tests.EndToEnd.SurveyedCity;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd;

/// <summary>The journey of a survey team: from the file on its disk to the published layer.</summary>
public sealed class ImportPageTests(SurveyedCity city) : IClassFixture<SurveyedCity>
{
    [Fact]
    public async Task A_census_is_brought_looked_at_mended_and_published()
    {
        await city.Database.Run("truncate gis.components");
        var lamps = SmallSurvey.Lamps(60);
        var zip = city.Zip("思明区路灯普查.zip", [lamps[0] with { Name = null }, lamps[1] with { FirstDate = "2024年13月" }, lamps[2] with { State = "良好" }, .. lamps[3..]]);
        await using var tab = await city.Show("/imports");
        await tab.Keep("imports-empty");
        await Bring(tab, zip);

        await Expect(tab.Page.Locator("[data-evidence]")).ToContainTextAsync("GBK");
        await Expect(tab.Page.Locator("[data-crs]").First).ToContainTextAsync("4490");
        await Expect(tab.Page.Locator("[data-field=name] [data-column] option:checked")).ToHaveTextAsync("ObjName");
        await Expect(tab.Page.Locator("[data-preview-sum]")).ToContainTextAsync("60");
        await Expect(tab.Page.Locator("[data-preview] tr[data-row='1']")).ToContainTextAsync("必填字段为空");
        await tab.Drawn();
        await tab.Keep("imports-delivery");
        await tab.Page.ScreenshotAsync(new() { Path = Path.Combine(Environment.GetEnvironmentVariable("CITYOPS_ROOT") ?? ".", ".data", "test-results", "imports-delivery-full.png"), FullPage = true });

        await Check(tab);
        await Expect(tab.Page.Locator("[data-count=Refused] dd")).ToHaveTextAsync("2");
        await Expect(tab.Page.Locator("[data-rule=FieldMissing]")).ToBeVisibleAsync();
        await tab.Drawn();
        await tab.Keep("imports-quality");

        // A fault in the list leads to the map, and its row can be mended.
        await tab.Page.ClickAsync("[data-rule=FieldMissing] button");
        await Expect(tab.Page.Locator("[data-found-faults]")).ToHaveTextAsync("1 条");
        await tab.Page.ClickAsync("[data-fault-id]");
        await Expect(tab.Page.Locator("[data-row-panel]")).ToBeVisibleAsync();
        await tab.Drawn();
        await tab.Keep("imports-row");
        await tab.Page.ClickAsync(".close");
        await Expect(tab.Page.Locator("[data-row-panel]")).Not.ToBeVisibleAsync();
        var (x, y) = await Find(tab, "#b3261e");
        await tab.Page.Mouse.ClickAsync(x, y);
        await Expect(tab.Page.Locator("[data-fault-id][aria-current=true]")).ToContainTextAsync("第 1 行");
        await tab.Page.FillAsync("[data-value=ObjName]", "环岛路路灯1号");
        // What is typed is not lost by a click beside it.
        await tab.Page.ClickAsync("[data-tab=classes]");
        await Expect(tab.Page.Locator("[data-stay]")).ToBeFocusedAsync();
        await tab.Drawn();
        await tab.Keep("imports-leave");
        await tab.Page.ClickAsync("[data-stay]");
        await tab.Page.ClickAsync(".panel-row .close");
        await tab.Page.ClickAsync("[data-stay]");
        await Expect(tab.Page.Locator("[data-value=ObjName]")).ToHaveValueAsync("环岛路路灯1号");
        await tab.Page.ClickAsync("[data-check-row]");
        await Expect(tab.Page.Locator("[data-sound]")).ToBeVisibleAsync();
        await tab.Page.ClickAsync("[data-save-row]");
        await Expect(tab.Page.Locator("[data-row-state=mended]")).ToBeVisibleAsync();

        await Confirm(tab, "[data-publish]");
        await Expect(tab.Page.Locator("[data-state=published]")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        Assert.Equal(58, await city.Database.Value<long>("select count(*) from gis.components where code like '______01037%'"));

        var batch = tab.Page.Url;
        await tab.Page.ClickAsync("[data-send]");
        await tab.Page.WaitForURLAsync(url => Regex.IsMatch(url, @"/imports/\d+$"), new() { Timeout = 30_000 });
        await Confirm(tab, "[data-publish]");
        await Expect(tab.Page.Locator("[data-state=published]")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        Assert.Equal("环岛路路灯1号", await city.Database.Value<string>($"select name from gis.components where code = '{lamps[0].Code}'"));

        // What is left in quarantine is taken away as a file, mended there and brought again.
        await tab.Page.GotoAsync(batch);
        var download = await tab.Page.RunAndWaitForDownloadAsync(() => tab.Page.ClickAsync("[data-quarantine=csv]"));
        var left = Path.Combine(MapTab.Folder, "mended.csv");
        await download.SaveAsAsync(left);
        var text = await File.ReadAllTextAsync(left, TestContext.Current.CancellationToken);
        Assert.Contains("2024年13月", text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(left, text.Replace("2024年13月", "2024-01-13", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await tab.Page.ClickAsync("[data-mend] summary");
        await Bring(tab, left);
        await Check(tab);
        await Expect(tab.Page.Locator("[data-count=Refused] dd")).ToHaveTextAsync("0");
        await Confirm(tab, "[data-publish]");
        await Expect(tab.Page.Locator("[data-state=published]")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        Assert.Equal(1, await city.Database.Value<long>($"select count(*) from gis.components where code = '{lamps[1].Code}'"));
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task The_difference_of_a_second_census_is_seen_on_the_map_published_and_rolled_back()
    {
        await city.Database.Run("truncate gis.components");
        var lamps = SmallSurvey.Lamps(40, from: 2_000);
        await using var tab = await city.Show("/imports");
        await Bring(tab, city.Zip("二期一次.zip", lamps));
        await Check(tab);
        await Confirm(tab, "[data-publish]");
        await Expect(tab.Page.Locator("[data-state=published]")).ToBeVisibleAsync(new() { Timeout = 20_000 });

        await tab.Page.GotoAsync(city.Root + "/imports");
        await Bring(tab, city.Zip("二期二次.zip", [.. SmallSurvey.Changed(lamps)]));
        await Check(tab);
        Assert.Equal(("10", "10"), (await tab.Page.TextContentAsync("[data-count=Changed] dd"), await tab.Page.TextContentAsync("[data-count=Moved] dd")));
        Assert.Equal("10", await tab.Page.TextContentAsync("[data-count=Removed] dd"));
        // A quarter of the lamps would go: that is for a person to decide.
        await Expect(tab.Page.Locator("[data-limits]")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("[data-publish]")).ToBeDisabledAsync();

        await tab.Page.ClickAsync("[data-tab=difference]");
        await tab.Page.ClickAsync("[data-kind=moved]");
        await Expect(tab.Page.Locator("[data-difference-id]").First).ToContainTextAsync("移动 5.6 米");
        await tab.Page.Locator("[data-difference-id]").First.ClickAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex("kind=moved&row="));
        await tab.Page.ReloadAsync();
        await Expect(tab.Page.Locator("[data-difference-id][aria-current=true]")).ToContainTextAsync("移动 5.6 米");
        await tab.Drawn();
        await tab.Keep("imports-difference");
        await AccessibilityTests.NothingSerious(tab);

        // A click on the map leads to the list, also to that of another kind.
        await tab.Page.ClickAsync("[data-kind=changed]");
        await Expect(tab.Page.Locator("[data-difference-id]").First).ToContainTextAsync("完好 → 破损");
        // What was chosen is a step that can be gone back.
        await tab.Page.GoBackAsync();
        await Expect(tab.Page.Locator("[data-kind=moved][aria-selected=true]")).ToBeVisibleAsync();
        await tab.Page.GoForwardAsync();
        await Expect(tab.Page.Locator("[data-kind=changed][aria-selected=true]")).ToBeVisibleAsync();
        var (x, y) = await Find(tab, "#7a4fa3");
        await tab.Page.Mouse.ClickAsync(x, y);
        await Expect(tab.Page.Locator("[data-kind=moved][aria-selected=true]")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("[data-difference-id][aria-current=true]")).ToBeVisibleAsync();

        await tab.Page.CheckAsync("[data-seen]");
        await Confirm(tab, "[data-publish]");
        await Expect(tab.Page.Locator("[data-state=published]")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        Assert.Equal(10, await city.Database.Value<long>("select count(*) from gis.components where status = '移除'"));
        await Expect(tab.Page.Locator("[data-difference-id]").First).ToContainTextAsync("移动");

        await Confirm(tab, "[data-roll-back]");
        await Expect(tab.Page.Locator("[data-state=rolledback]")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        Assert.Equal(0, await city.Database.Value<long>("select count(*) from gis.components where status = '移除'"));
    }

    [Fact]
    public async Task A_delivery_is_deleted_only_after_a_second_yes()
    {
        await using var tab = await city.Show("/imports", width: 400, height: 780);
        await tab.Page.WaitForSelectorAsync("[data-upload][data-ready]");
        await tab.Keep("imports-narrow");
        Assert.True(await tab.IsNoWiderThanTheScreen(), "The list is wider than the screen.");
        await Bring(tab, city.Zip("不要了.zip", SmallSurvey.Lamps(5, from: 9_000)));
        await tab.Drawn();
        await tab.Keep("imports-delivery-narrow");
        Assert.True(await tab.IsNoWiderThanTheScreen(), "The delivery is wider than the screen.");
        await tab.Page.ClickAsync("[data-forget]");
        await tab.Page.ClickAsync("[data-no]");
        await Expect(tab.Page).ToHaveURLAsync(new Regex("/imports/deliveries/"));
        await Confirm(tab, "[data-forget]");
        await Expect(tab.Page).ToHaveURLAsync(new Regex("/imports$"));
    }

    [Fact]
    public async Task Two_people_import_at_once_and_closing_the_browser_stops_nothing()
    {
        await using var other = await city.Show("/imports", "en-GB");
        long job;
        await using (var tab = await city.Show("/imports"))
        {
            await Bring(tab, city.Zip("甲.zip", SmallSurvey.Lamps(30, from: 3_000)));
            job = long.Parse(tab.Page.Url.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
            await tab.Page.ClickAsync("[data-start]");
            await tab.Page.WaitForSelectorAsync("[data-run], [data-outcome]");
        }
        await Bring(other, city.Zip("B.zip", SmallSurvey.Lamps(30, from: 4_000)));
        await Check(other);

        await other.Page.GotoAsync(city.Root + "/imports");
        var row = other.Page.Locator($"tr[data-job='{job}']");
        await Expect(row.Locator("[data-state=staged]")).ToHaveTextAsync("to be published", new() { Timeout = 30_000 });
        await Expect(row).ToContainTextAsync("30");
        await other.Keep("imports-list");
    }

    [Fact]
    public async Task An_upload_that_is_cut_goes_on_and_after_a_reload_the_same_file_goes_on_where_it_stopped()
    {
        var zip = city.Zip("大.zip", SmallSurvey.Lamps(500, from: 5_000));
        await using var tab = await city.Show("/imports");
        var chunks = new List<string>();
        await tab.Page.RouteAsync("**/api/imports/uploads/*", async route =>
        {
            if (route.Request.Method == "PATCH")
                chunks.Add(route.Request.Headers["upload-offset"]);
            // The third chunk is cut, and its repetition hangs for ever.
            if (route.Request.Method == "PATCH" && chunks.Count == 3)
                await route.AbortAsync();
            else if (route.Request.Method != "PATCH" || chunks.Count < 5)
                await route.ContinueAsync();
        });
        await Choose(tab, zip);
        await tab.Page.WaitForFunctionAsync("() => document.querySelector('[data-running] progress')?.value > 0.4");
        Assert.Equal(["0", "20000", "40000", "40000"], chunks.Take(4));
        await tab.Keep("imports-upload");
        await Expect(tab.Page.Locator("[data-state=uploading]").First).ToBeVisibleAsync();

        await tab.Page.UnrouteAllAsync();
        tab.Page.Dialog += (_, dialog) => dialog.AcceptAsync();
        await tab.Page.GotoAsync(city.Root + "/imports");
        var sent = new List<string>();
        tab.Page.Request += (_, request) =>
        {
            if (request.Method == "PATCH")
                sent.Add(request.Headers["upload-offset"]);
        };
        await Bring(tab, zip);

        // The chunk that hung may have come through in the end.
        Assert.Contains(sent[0], new[] { "80000", "100000" });
    }

    [Fact]
    public async Task A_folder_that_is_dropped_is_uploaded_with_all_that_is_in_it_some_megabytes_in_chunks()
    {
        var folder = city.Folder("普查", SmallSurvey.Lamps(20, from: 8_000), pictureBytes: 3_000_000);
        await using var tab = await city.Show("/imports");
        var chunks = new List<int>();
        tab.Page.Request += (_, request) =>
        {
            if (request.Method == "PATCH")
                chunks.Add(request.PostDataBuffer?.Length ?? 0);
        };
        await Drop(tab, folder);
        await tab.Page.WaitForURLAsync("**/imports/deliveries/*", new() { Timeout = 30_000 });
        await Expect(tab.Page.Locator("[data-start]")).ToBeEnabledAsync(new() { Timeout = 20_000 });
        await Expect(tab.Page.Locator("[data-preview-sum]")).ToContainTextAsync("20");
        Assert.True(chunks.Count > 150, $"{chunks.Count} chunks are no upload of three megabytes.");
        var job = tab.Page.Url.Split('/')[^1];
        Assert.Equal(["普查/照片/总图.jpg|3000000", "普查/路灯/路灯.dbf"], (await city.Database.Rows($"select path || case when size >= 3000000 then '|' || size else '' end from cityops.upload where job_id = {job} and path ~ '(jpg|dbf)$' order by path collate \"C\"")));
    }

    [Fact]
    public async Task Nothing_serious_is_found_on_the_delivery_and_on_the_quality_page_light_and_dark()
    {
        string address;
        await using (var tab = await city.Show("/imports"))
        {
            await Bring(tab, city.Zip("缺名称.zip", SmallSurvey.Lamps(30, from: 7_000).Select((lamp, at) => at % 3 == 0 ? lamp with { Name = null } : lamp)));
            await tab.Drawn();
            await AccessibilityTests.NothingSerious(tab);
            await Check(tab);
            await tab.Page.ClickAsync("[data-tab=classes]");
            await Expect(tab.Page.Locator("tr[data-class]").First).ToBeVisibleAsync();
            await AccessibilityTests.NothingSerious(tab);
            await tab.Page.ClickAsync("[data-tab=faults]");
            await tab.Page.ClickAsync("[data-rule=FieldMissing] button");
            await tab.Page.Locator("[data-fault-id]").First.ClickAsync();
            await Expect(tab.Page.Locator("[data-row-panel]")).ToBeVisibleAsync();
            address = new Uri(tab.Page.Url).PathAndQuery;
        }
        foreach (var language in new[] { "zh-CN", "en-GB" })
        {
            await using var tab = await city.Show(address, language);
            await Expect(tab.Page.Locator("[data-row-panel]")).ToBeVisibleAsync();
            await tab.Drawn();
            await AccessibilityTests.NothingSerious(tab, $"quality-{language}");
        }
    }

    [Fact]
    public async Task The_address_keeps_the_rule_the_words_and_the_fault_so_a_reload_shows_the_same()
    {
        await using var tab = await city.Show("/imports", "en-GB");
        await Bring(tab, city.Zip("faulty.zip", SmallSurvey.Lamps(60, from: 9_000).Select(lamp => lamp with { Name = null })));
        await Check(tab);
        await tab.Page.ClickAsync("[data-rule=FieldMissing] button");
        await tab.Page.FillAsync("[data-filter=words]", "ObjName");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(tab.Page.Locator("[data-found-faults]")).ToContainTextAsync("60");
        await Expect(tab.Page).ToHaveURLAsync(new Regex("code=FieldMissing&words=ObjName"));
        await tab.Page.Locator("[data-faults]").EvaluateAsync("list => { list.scrollTop = 50 * 48; }");
        var fault = tab.Page.Locator("[data-fault-id]", new() { HasTextString = "Row 55" });
        await fault.ClickAsync();
        await Expect(tab.Page.Locator("[data-row-panel]")).ToBeVisibleAsync();
        await tab.Drawn();

        await tab.Page.ReloadAsync();
        await Expect(tab.Page.Locator("[data-row-panel]")).ToContainTextAsync("55");
        await Expect(tab.Page.Locator("[data-fault-id][aria-current=true]")).ToBeInViewportAsync();
        await Expect(tab.Page.Locator("[data-fault-id][aria-current=true]")).ToContainTextAsync("55");
        await Expect(tab.Page.Locator("[data-rule=FieldMissing] button")).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(tab.Page.Locator("[data-filter=words]")).ToHaveValueAsync("ObjName");
        await tab.Drawn();
        await tab.Keep("imports-fault-reloaded-en");
        await Find(tab, "#b3261e");
        Assert.Contains("fault=", await tab.Page.Locator("a.language").GetAttributeAsync("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_importer_is_unsure_of_it_asks_and_the_answer_shows_at_once()
    {
        await using var tab = await city.Show("/imports", "en-GB");
        await Choose(tab, city.Zip("unsure.zip", SmallSurvey.Lamps(20, from: 6_000).Select(lamp => lamp with { X = lamp.X + 30, Y = lamp.Y + 20 }), prj: null));
        await tab.Page.WaitForURLAsync("**/imports/deliveries/*");
        await Expect(tab.Page.Locator("[data-questions]")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await Expect(tab.Page.Locator("[data-start]")).ToBeDisabledAsync();
        await tab.Keep("imports-question");

        await tab.Page.Locator("[data-answer]").First.ClickAsync();

        await Expect(tab.Page.Locator("[data-questions]")).Not.ToBeVisibleAsync();
        await Expect(tab.Page.Locator("[data-start]")).ToBeEnabledAsync();

        // A column is taken from its field and given to another; the preview follows, also after a reload.
        await tab.Page.SelectOptionAsync("[data-field=name] [data-column]", new Microsoft.Playwright.SelectOptionValue { Label = "ObjState" });
        await Expect(tab.Page.Locator("[data-field=name] .example").First).ToHaveTextAsync("完好", new() { Timeout = 20_000 });
        await tab.Page.ReloadAsync();
        await Expect(tab.Page.Locator("[data-field=name] .example").First).ToHaveTextAsync("完好", new() { Timeout = 20_000 });
        await tab.Page.FillAsync("[data-profile-name]", "house");
        await tab.Page.ClickAsync("[data-profile-save]");
        await Expect(tab.Page.Locator("[data-profile] option:checked")).ToHaveTextAsync("house");
    }
}
