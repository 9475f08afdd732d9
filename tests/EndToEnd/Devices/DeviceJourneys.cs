using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd.Devices;

/// <summary>Devices in the real browser: the page, the panel on the map, alarms and who acknowledges them.</summary>
public sealed class DeviceJourneys(DeviceMap city) : IClassFixture<DeviceMap>
{
    static readonly DateTimeOffset s_now = DateTimeOffset.UtcNow;

    [Fact]
    public async Task A_device_in_alarm_is_found_by_its_state_its_values_are_a_curve_and_its_alarm_is_acknowledged()
    {
        await city.Sends("gas-pressure-1", Day("gas", at => 2.2e3 + 300 * Math.Sin(at / 20.0) + (at > 225 ? 1400 : 0)));
        await city.Sends("gas-pressure-2", new { time = s_now, data = new { pressure = 2100 } });
        await using var tab = await city.As("林海", "/devices");
        await tab.Page.Locator("[data-filter=alarm]").ClickAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex("/devices\\?state=alarm"));
        await tab.Page.Locator("[data-device-row=gas-pressure-1]").ClickAsync();
        await Expect(tab.Page.Locator(".detail [data-state=alarm]")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("[data-value=pressure]")).ToContainTextAsync("kPa");
        await Expect(tab.Page.Locator("[data-chart] svg path").First).ToBeAttachedAsync();
        await Expect(tab.Page.Locator("[data-chart]")).ToHaveAttributeAsync("aria-label", new Regex("最高 3\\.\\d+ kPa"));
        await tab.Keep("devices-alarm");
        await tab.Page.Locator(".detail [data-acknowledge]").PressAsync("Enter");
        await tab.Page.Locator(".detail textarea").FillAsync("已通知燃气公司。");
        await tab.Page.Locator(".detail [data-send-acknowledge]").PressAsync("Enter");
        await Expect(tab.Page.Locator(".detail [data-acknowledged]")).ToContainTextAsync("已通知燃气公司。");
        Assert.Equal("林海", await city.Database.Value<string>($"select who from devices.alarm where fid = {await city.Fid("gas-pressure-1")} and acknowledged_at is not null"));
        await tab.Page.Locator("[data-view=alarms]").ClickAsync();
        await Expect(tab.Page.Locator($".list [data-alarm-device='{await city.Fid("gas-pressure-1")}']")).ToBeVisibleAsync();
        await tab.Keep("devices-alarms");
        Assert.Equal("", string.Join('\n', tab.Complaints));
    }

    [Fact]
    public async Task What_is_asked_for_stands_in_the_address_and_who_sees_nothing_is_told_so()
    {
        await city.Sends("sewage-level-1", new { time = s_now, level = 120 });
        await using (var tab = await city.As("林海", "/devices", "en-GB"))
        {
            await tab.Page.Locator("[data-kind]").SelectOptionAsync("sewage-level");
            await tab.Page.Locator("[data-area='0']").SelectOptionAsync("350203");
            await Expect(tab.Page).ToHaveURLAsync(new Regex("kind=sewage-level&area=350203"));
            await Expect(tab.Page.Locator("[data-devices]")).ToHaveAttributeAsync("data-devices", "3");
            await tab.Page.Locator("[data-text]").FillAsync("level-1");
            await tab.Page.Locator("[data-text]").PressAsync("Enter");
            await Expect(tab.Page.Locator("[data-devices]")).ToHaveAttributeAsync("data-devices", "1");
            await Expect(tab.Page.Locator("[data-values]")).ToHaveTextAsync("Level 1.20 m");
            await tab.Page.ReloadAsync();
            await Expect(tab.Page.Locator("[data-devices]")).ToHaveAttributeAsync("data-devices", "1");
            await tab.Page.Locator("[data-text]").FillAsync("nothing");
            await tab.Page.Locator("[data-text]").PressAsync("Enter");
            await Expect(tab.Page.Locator("[data-no-devices]")).ToContainTextAsync("No device is like that");
        }
        await using var stranger = await city.As("外区", $"/devices?device={await city.Fid("sewage-level-1")}");
        await Expect(stranger.Page.Locator("[data-no-devices]")).ToBeVisibleAsync();
        await Expect(stranger.Page.Locator("[data-no-device]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task On_the_map_the_panel_of_a_device_tells_its_values_and_its_tile_its_state()
    {
        await city.Sends("construction-noise-1", Day("noise", at => 52 + 2 * Math.Sin(at / 9.0)));
        await city.Sends("construction-noise-1", new { time = s_now.AddSeconds(1), id = "loud", leq = 90 });
        await using var tab = await city.As("访客", $"/?feature=devices/{await city.Fid("construction-noise-1")}&layers=devices", "en-GB");
        await Expect(tab.Panel.Locator("[data-state=alarm]")).ToBeVisibleAsync();
        await Expect(tab.Panel.Locator("[data-value=noise]")).ToHaveTextAsync("90.0 dB(A)");
        await Expect(tab.Panel.Locator("[data-chart] svg path").First).ToBeAttachedAsync();
        await Expect(tab.Panel.Locator("[data-acknowledge]")).ToHaveCountAsync(0);
        await tab.Drawn();
        await tab.Keep("devices-map");
        var (x, y) = ((int)((118.0748 + 180) / 360 * (1 << 18)), (int)((1 - Math.Asinh(Math.Tan(24.4645 * Math.PI / 180)) / Math.PI) / 2 * (1 << 18)));
        await tab.Page.WaitForFunctionAsync($"async () => (await (await fetch('/tiles/devices/18/{x}/{y}.mvt', {{ cache: 'no-store' }})).text()).includes('alarm')");
        await tab.Panel.Locator("[data-hours='168']").ClickAsync();
        await Expect(tab.Panel.Locator("[data-hours='168']")).ToHaveAttributeAsync("aria-pressed", "true");
        Assert.Equal("", string.Join('\n', tab.Complaints));
    }

    [Theory]
    [InlineData("zh-CN", ColorScheme.Light, 1280)]
    [InlineData("en-GB", ColorScheme.Dark, 1280)]
    [InlineData("zh-CN", ColorScheme.Dark, 400)]
    public async Task Nothing_serious_is_found_by_axe(string language, ColorScheme theme, int width)
    {
        await city.Sends("smoke-1", new { ts = s_now, alarm = true, battery = 60 });
        var fid = await city.Fid("smoke-1");
        foreach (var address in new[] { $"/devices?device={fid}", "/devices?view=alarms", "/devices" }.Skip(language == "en-GB" ? 1 : 0))
        {
            await using var tab = await city.As("林海", address, language, width);
            await tab.Page.EmulateMediaAsync(new() { ColorScheme = theme });
            await Expect(tab.Page.Locator(address == "/devices" ? "[data-devices]" : address.Contains("alarms", StringComparison.Ordinal) ? "[data-alarm]" : "[data-chart] svg").First).ToBeVisibleAsync();
            await tab.Keep($"devices-{(address == "/devices" ? "list" : address.Contains("alarms", StringComparison.Ordinal) ? "alarms" : "one")}-{theme}-{language}-{width}");
            Assert.Empty(await AccessibilityTests.Faults(tab));
            Assert.True(await tab.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), "The page is wider than the screen.");
        }
    }

    // A message every six minutes of the last day.
    static IEnumerable<object> Day(string what, Func<int, double> value)
        => Enumerable.Range(0, 240).Select(object (at) => what == "gas"
            ? new { time = s_now.AddMinutes(6 * (at - 239)), seq = at, data = new { pressure = value(at) } }
            : new { time = s_now.AddMinutes(6 * (at - 239)), id = $"{at}", leq = value(at) });
}
