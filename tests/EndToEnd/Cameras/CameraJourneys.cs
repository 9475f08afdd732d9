using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd.Cameras;

/// <summary>Cameras and detections in the real browser: a detection becomes a case, a stream is watched, a plan goes on by itself, a camera tells what it sees.</summary>
public sealed class CameraJourneys(CameraMap city) : IClassFixture<CameraMap>
{
    [Fact]
    public async Task With_the_keyboard_alone_one_detection_is_rejected_and_one_becomes_a_case_with_its_picture()
    {
        var (first, second) = (await city.Sees("CAM-1", "bin-overflow", 0.1, minutesAgo: 90), await city.Sees("CAM-1", "vehicle-parking", 0.4, minutesAgo: 80));
        await city.Sees("CAM-1", "vehicle-parking", 0.42, minutesAgo: 79);
        await using var tab = await city.As("林海", "/detections");
        await Expect(tab.Page.Locator($"[data-scene-row='{second}']")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("[data-shortcuts]")).ToHaveCountAsync(1);
        await tab.Page.Keyboard.PressAsync("j");
        await Expect(tab.Page.Locator($"[data-scene='{first}'] [data-box]")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator(".boxed img").First).ToHaveJSPropertyAsync("complete", true);
        await tab.Keep("detections-queue");
        await tab.Page.Keyboard.PressAsync("j");
        await Expect(tab.Page.Locator($"[data-scene='{second}'] [data-times]")).ToHaveAttributeAsync("data-times", "2");
        await tab.Page.Keyboard.PressAsync("k");
        await Expect(tab.Page.Locator($"[data-scene='{first}']")).ToBeVisibleAsync();
        await tab.Page.Keyboard.PressAsync("n");
        await Expect(tab.Page.Locator($"[data-scene='{second}']")).ToBeVisibleAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex($"scene={second}"));
        await tab.Page.Keyboard.PressAsync("y");
        await Expect(tab.Page.Locator("[data-filed]")).ToBeVisibleAsync();
        await tab.Keep("detections-filed");
        Assert.Equal($"{first}|rejected\n{second}|confirmed", string.Join('\n', await city.Database.Rows($"select fid, status from gis.detections where fid in ({first}, {second}) order by fid")));

        await tab.Page.Locator("[data-filed]").ClickAsync();
        await Expect(tab.Panel.Locator("[data-photo] img")).ToBeVisibleAsync();
        await Expect(tab.Panel.Locator("[data-recheck=there]")).ToBeVisibleAsync();
        await Expect(tab.Panel.Locator("[data-seeing=CAM-1]")).ToBeVisibleAsync();
        await tab.Drawn();
        await tab.Keep("detections-case");
        await tab.Panel.Locator("[data-gone]").ClickAsync();
        await Expect(tab.Panel.Locator("[data-recheck=gone]")).ToContainTextAsync("林海");
        Assert.Equal("", string.Join('\n', tab.Complaints));
    }

    [Fact]
    public async Task A_stream_is_watched_through_this_server_and_its_time_goes_on()
    {
        await city.Streams();
        var fid = await city.Fid("CAM-1");
        await using var tab = await city.As("林海", $"/cameras/{fid}");
        await Expect(tab.Page.Locator("[data-player]")).ToHaveAttributeAsync("data-state", "playing");
        var before = await tab.Page.EvaluateAsync<double>("() => document.querySelector('video').currentTime");
        await tab.Page.WaitForFunctionAsync("before => document.querySelector('video').currentTime > before + 1 && document.querySelector('video').videoWidth === 640", before);
        await tab.Keep("camera-watched");
        Assert.DoesNotContain(tab.Requests, url => !url.StartsWith(city.Root, StringComparison.Ordinal) && !url.StartsWith("blob:" + city.Root, StringComparison.Ordinal));
        Assert.Equal(1, await city.Database.Value<long>($"select count(*) from cityops.audit_entry where kind = 'camera-watched' and fid = {fid} and who = '林海'"));
        Assert.Equal("", string.Join('\n', tab.Complaints));

        await using var viewer = await city.As("访客", $"/cameras?camera={fid}", "en-GB");
        await Expect(viewer.Page.Locator("[data-may-not-watch]")).ToBeVisibleAsync();
        await Expect(viewer.Page.Locator("video")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_plan_is_made_of_cameras_from_the_list_and_shows_them_in_turn()
    {
        await city.Streams();
        await using var tab = await city.As("林海", "/cameras?view=plans");
        await tab.Page.Locator("[data-new-plan]").ClickAsync();
        await tab.Page.Locator("[data-plan-name]").FillAsync("海边一圈");
        foreach (var camera in new[] { "CAM-1", "CAM-2", "CAM-3" })
            await tab.Page.Locator($"[data-add={camera}]").ClickAsync();
        await tab.Page.Locator("[data-stops] li").Nth(2).Locator("[data-up]").ClickAsync();
        await tab.Page.Locator("[data-seconds]").First.FillAsync("3");
        await tab.Page.Locator("[data-seconds]").First.PressAsync("Tab");
        await tab.Keep("camera-plan-form");
        await tab.Page.Locator("[data-save-plan]").ClickAsync();
        await tab.Page.Locator("[data-start]").ClickAsync();
        await Expect(tab.Page.Locator("[data-shown=CAM-1]")).ToBeVisibleAsync();
        // After its three seconds.
        await Expect(tab.Page.Locator("[data-shown=CAM-3]")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("[data-shortcuts]")).ToHaveCountAsync(1);
        await tab.Page.Keyboard.PressAsync(" ");
        await Expect(tab.Page).ToHaveURLAsync(new Regex("plan=\\d+&at=2&paused=1"));
        await tab.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(tab.Page.Locator("[data-shown=CAM-2]")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("[data-player]")).ToHaveAttributeAsync("data-state", "playing");
        await tab.Keep("camera-plan-shown");
        await tab.Page.Keyboard.PressAsync("ArrowLeft");
        await Expect(tab.Page.Locator("[data-shown=CAM-3]")).ToBeVisibleAsync();
        Assert.Equal("", string.Join('\n', tab.Complaints));

        await city.Database.Run("update cameras.plan set at_once = 4");
        await tab.Page.ReloadAsync();
        await Expect(tab.Page.Locator("[data-shown]")).ToHaveCountAsync(3);
        await Expect(tab.Page.Locator("[data-state=playing]")).ToHaveCountAsync(2);
        await tab.Keep("camera-plan-four");
    }

    [Fact]
    public async Task On_the_map_a_camera_tells_what_it_sees_and_what_is_seen_tells_by_which_cameras()
    {
        var cover = await city.Database.Value<long>($"select fid from gis.components where code = '{Coast.LonelyCode}'");
        await using var tab = await city.As("林海", $"/?feature=cameras/{await city.Fid("CAM-1")}&layers=cameras,components,cases", "en-GB");
        await Expect(tab.Panel.Locator("[data-looks]")).ToHaveTextAsync("to the east, 60° wide, 120 m far");
        await Expect(tab.Panel.Locator("[data-seen-count=components]")).ToHaveTextAsync("1");
        await tab.Drawn();
        await tab.Keep("camera-sees");
        await tab.Panel.Locator($"[data-row='components/{cover}']").ClickAsync();
        await Expect(tab.Panel.Locator("[data-seen-by]")).ToHaveAttributeAsync("data-seen-by", "2");
        await tab.Keep("camera-seen-by");
        await tab.Panel.Locator("[data-seeing=CAM-2]").ClickAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex($"feature=cameras(/|%2F){await city.Fid("CAM-2")}"));
        Assert.Equal("", string.Join('\n', tab.Complaints));
    }

    [Theory]
    [InlineData("zh-CN", ColorScheme.Light, 1280)]
    [InlineData("en-GB", ColorScheme.Dark, 1280)]
    [InlineData("zh-CN", ColorScheme.Dark, 400)]
    public async Task Nothing_serious_is_found_by_axe(string language, ColorScheme theme, int width)
    {
        var scene = await city.Sees("CAM-2", "trading-outside", 0.3);
        var pages = new[] { ($"/detections?scene={scene}", ".detail [data-box]"), ("/detections?view=rules", "[data-rule]"), ($"/cameras?camera={await city.Fid("CAM-3")}", "[data-seen]"), ("/cameras?view=plans&edit=new", "[data-plan-form]") };
        foreach (var (address, ready) in pages.Where((_, at) => width < 1280 || at % 2 == (theme == ColorScheme.Dark ? 0 : 1)))
        {
            await using var tab = await city.As("管理员", address, language, width);
            await tab.Page.EmulateMediaAsync(new() { ColorScheme = theme });
            await Expect(tab.Page.Locator(ready).First).ToBeVisibleAsync();
            await tab.Keep($"cameras-{address.Split('/', '?', '=')[1]}-{ready.Split('[')[1].TrimEnd(']')}-{theme}-{language}-{width}");
            Assert.Empty(await AccessibilityTests.Faults(tab));
            Assert.True(await tab.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), $"{address} is wider than the screen.");
        }
    }
}
