using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using CityOps.Gis.PostGis.Devices;
using CityOps.Gis.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CityOps.Gis.Tests.Web.Devices;

/// <summary>What messages make of devices: states, alarms, cases; sent over HTTP.</summary>
public sealed class DeviceStateTests(DeviceServer server) : IClassFixture<DeviceServer>
{
    static readonly DateTimeOffset s_now = DateTimeOffset.UtcNow;

    [Fact]
    public async Task An_alarm_is_raised_beyond_its_threshold_stays_between_the_two_and_ends_at_the_other()
    {
        var fid = await server.Fid("gas-pressure-3W");
        foreach (var (second, pascal, open) in new[] { (0, 3000, 0), (1, 3001, 1), (2, 3400, 1), (3, 2900, 1), (4, 3050, 1), (5, 2801, 1), (6, 2800, 0), (7, 2900, 0) })
        {
            await Taken("gas-pressure-3W", new { time = s_now.AddSeconds(second), data = new { pressure = pascal } });
            Assert.Equal((open, second), ((int)await server.Database.Value<long>($"select count(*) from devices.alarm where fid = {fid} and cleared_at is null"), second));
            Assert.Equal(open == 1 ? "alarm" : "online", await server.Database.Value<string>($"select status from gis.devices where fid = {fid}"));
        }
        Assert.Equal("pressure-high|3.001|3|3.4|5", Assert.Single(await server.Database.Rows($"select rule, value, threshold, worst, extract(epoch from cleared_at - raised_at)::int from devices.alarm where fid = {fid}")));
    }

    [Fact]
    public async Task Several_messages_in_one_are_judged_in_their_order_and_one_that_comes_late_changes_nothing()
    {
        var fid = await server.Fid("gas-pressure-4W");
        object At(int second, int pascal) => new { time = s_now.AddSeconds(second), data = new { pressure = pascal } };
        await Taken("gas-pressure-4W", new[] { At(3, 2000), At(1, 5000), At(2, 2000), At(5, 5000), At(4, 2000) });
        Assert.Equal(["1|1", "5|"], (await server.Database.Rows($"select round(extract(epoch from raised_at - '{s_now:O}'::timestamptz)), round(extract(epoch from cleared_at - raised_at)) from devices.alarm where fid = {fid} order by raised_at")));
        await Taken("gas-pressure-4W", At(0, 2000));
        Assert.Equal("alarm|5", Assert.Single(await server.Database.Rows($"select status, readings ->> 'pressure' from devices.state where fid = {fid}")));
        Assert.Equal(6, await server.Database.Value<long>($"select count(*) from devices.reading where fid = {fid}"));
    }

    [Fact]
    public async Task A_message_that_changes_no_state_touches_no_tile()
    {
        await Taken("sewage-level-4W", new { time = s_now, level = 100 });
        var before = await server.Database.Value<long>("select version from cityops.layer where id = 'devices'");
        await Taken("sewage-level-4W", new { time = s_now.AddSeconds(1), level = 110 });
        Assert.Equal(before, await server.Database.Value<long>("select version from cityops.layer where id = 'devices'"));
        await Taken("sewage-level-4W", new { time = s_now.AddSeconds(2), level = 260 });
        Assert.Equal(before + 1, await server.Database.Value<long>("select version from cityops.layer where id = 'devices'"));
    }

    [Fact]
    public async Task A_rule_holds_at_its_hours_of_the_citys_day_and_its_alarm_ends_with_them()
    {
        var fid = await server.Fid("construction-noise-1W");
        var evening = DateTimeOffset.Parse($"{s_now.AddDays(-2):yyyy-MM-dd}T21:59:00+08:00", CultureInfo.InvariantCulture);
        await Taken("construction-noise-1W", new { time = evening, leq = 60 });
        Assert.Equal("online", await server.Database.Value<string>($"select status from gis.devices where fid = {fid}"));
        await Taken("construction-noise-1W", new { time = evening.AddMinutes(2), leq = 60 });
        Assert.Equal("noise-night|60", Assert.Single(await server.Database.Rows($"select rule, value from devices.alarm where fid = {fid} and cleared_at is null")));
        await Taken("construction-noise-1W", new { time = evening.AddHours(8).AddMinutes(2), leq = 60 });
        Assert.Equal("online", await server.Database.Value<string>($"select status from gis.devices where fid = {fid}"));
    }

    [Fact]
    public async Task An_alarm_files_one_case_where_its_rule_says_so()
    {
        var fid = await server.Fid("manhole-tilt-1W");
        await Taken("manhole-tilt-1W", new { time = s_now, angle = 40 });
        await server.Becomes("1", $"select count(case_fid)::text from devices.alarm where fid = {fid}");
        Assert.Equal("collect|01023|device|设备1 井盖倾斜或移位|350203001001003|设备报警", Assert.Single(await server.Database.Rows($"""
            select status, class_code, case_source, title, grid_code, (select who from cases.move m where m.fid = c.fid) from gis.cases c where fid = (select case_fid from devices.alarm where fid = {fid})
            """)));
        // A process that stopped between filing and noting files no second one.
        var cases = await server.Database.Value<long>("select count(*) from gis.cases");
        await server.Database.Run($"update devices.alarm set case_fid = null where fid = {fid}");
        await server.Becomes("1", $"select count(case_fid)::text from devices.alarm where fid = {fid}");
        Assert.Equal(cases, await server.Database.Value<long>("select count(*) from gis.cases"));
        Assert.Empty(await server.Database.Rows(CaseOracle.Breaches));
    }

    [Fact]
    public async Task A_device_that_is_silent_for_longer_than_its_kind_is_is_offline_until_it_reports_again()
    {
        var fid = await server.Fid("smoke-2W");
        await Taken("smoke-2W", new { ts = s_now, battery = 80 });
        var readings = server.Services.GetRequiredService<DeviceReadings>();
        await server.Database.Run($"update devices.state set received_at = received_at - interval '25 hours' where fid = {fid}");
        await readings.Sweep(s_now.AddHours(-1), TestContext.Current.CancellationToken);
        Assert.Equal("online", await server.Database.Value<string>($"select status from gis.devices where fid = {fid}"));
        await readings.Sweep(s_now.AddHours(-30), TestContext.Current.CancellationToken);
        Assert.Equal("offline|false", Assert.Single(await server.Database.Rows($"select d.status, lower(s.is_online::text) from gis.devices d join devices.state s using (fid) where fid = {fid}")));
        await Taken("smoke-2W", new { ts = s_now.AddSeconds(1), battery = 80 });
        Assert.Equal("online", await server.Database.Value<string>($"select status from gis.devices where fid = {fid}"));
    }

    [Fact]
    public async Task Bikes_are_counted_inside_and_beside_the_fences_of_their_device()
    {
        var bikes = Enumerable.Range(0, 20).Select(at => new { lon = at < 8 ? 118.0012 : 118.0020, lat = 24.402 });
        await Taken("bike-fence-1W", new { time = s_now, bikes });
        await Taken("bike-fence-2W", new { time = s_now, bikes });
        Assert.Equal("""{"bikes": 20, "inside": 8, "outside": 12}""", await server.Database.Value<string>($"select readings::text from devices.reading where fid = {await server.Fid("bike-fence-1W")}"));
        Assert.Equal("""{"bikes": 20}""", await server.Database.Value<string>($"select readings::text from devices.reading where fid = {await server.Fid("bike-fence-2W")}"));
        Assert.Equal("bikes-outside", await server.Database.Value<string>($"select rule from devices.alarm where fid = {await server.Fid("bike-fence-1W")}"));
    }

    [Fact]
    public async Task Whoever_writes_a_device_does_not_write_the_state_that_it_reports()
    {
        await Taken("sewage-level-5W", new { time = s_now, level = 100 });
        await server.Database.Run("update gis.devices set name = '改名', status = 'offline' where device_id = 'sewage-level-5W'");
        Assert.Equal("改名|online", Assert.Single(await server.Database.Rows("select name, status from gis.devices where device_id = 'sewage-level-5W'")));
        await server.Database.Run("update gis.devices set status = 'online' where device_id = 'sewage-level-6W'");
        Assert.Equal("online", await server.Database.Value<string>("select status from gis.devices where device_id = 'sewage-level-6W'"));
    }

    [Fact]
    public async Task Days_that_are_older_than_what_is_kept_are_dropped()
    {
        await Taken("smoke-3W", new { ts = s_now.AddDays(-20), battery = 80 });
        await Taken("smoke-3W", new { ts = s_now.AddDays(-10), battery = 79 });
        await server.Services.GetRequiredService<DeviceReadings>().KeepFrom(s_now.AddDays(-15), TestContext.Current.CancellationToken);
        Assert.Equal(["79"], await server.Database.Rows($"select readings ->> 'battery' from devices.reading where fid = {await server.Fid("smoke-3W")}"));
    }

    async Task Taken(string device, object message)
    {
        using var response = await server.Send("gateway", HttpMethod.Post, $"/api/devices/readings/{device}", JsonContent.Create(message));
        Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
    }
}
