using CityOps.Gis.Web.Devices;
using Xunit;

namespace CityOps.Gis.Tests.Web.Devices;

/// <summary>What the demonstration's devices report.</summary>
public sealed class DemoReadingsTests(DeviceServer server) : IClassFixture<DeviceServer>
{
    [Fact]
    public async Task Devices_that_are_not_offline_report_a_day_then_a_message_a_round_and_what_is_too_much_raises_alarms()
    {
        await server.Database.Run("update gis.devices set status = 'online' where device_id like '%W' and device_id not like '%-6W'");
        // Of the kind "odd" nothing is known, so six kinds with five devices each.
        Assert.Equal(6 * 5 * 24, await DemoReadings.Send(server.Services, TestContext.Current.CancellationToken));
        Assert.Equal(6 * 5, await DemoReadings.Send(server.Services, TestContext.Current.CancellationToken));

        Assert.Equal(6 * 5, await server.Database.Value<long>("select count(*) from devices.state where is_online and readings <> '{}'"));
        Assert.Equal(0, await server.Database.Value<long>("select count(*) from devices.state join gis.devices using (fid) where device_id like '%-6W' or device_id like '%E'"));
        Assert.Equal(["construction-noise-3W", "gas-pressure-3W", "manhole-tilt-3W", "sewage-level-3W", "smoke-3W"],
            await server.Database.Rows("select distinct device_id from devices.alarm join gis.devices using (fid) where cleared_at is null order by 1"));
        Assert.True(await server.Database.Value<bool>("select count(distinct readings ->> 'noise') > 12 from devices.reading join gis.devices using (fid) where device_id = 'construction-noise-1W'"));
    }
}
