using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CityOps.Gis.Access;
using CityOps.Gis.PostGis;
using Xunit;

namespace CityOps.Gis.Tests.Web.Devices;

public sealed class DeviceEndpointsTests(DeviceServer server) : IClassFixture<DeviceServer>
{
    static readonly DateTimeOffset s_now = DateTimeOffset.UtcNow;

    [Fact]
    public async Task What_was_sent_is_told_as_state_values_readings_and_a_curve()
    {
        var fid = await server.Fid("gas-pressure-5W");
        Assert.Equal((3, 0), await Sent("gas-pressure-5W", Enumerable.Range(0, 3).Select(at => new { time = s_now.AddMinutes(at - 10), seq = at, data = new { pressure = 2000 + 100 * at } })));
        Assert.Equal((1, 1), await Sent("gas-pressure-5W", new[] { 2, 3 }.Select(at => new { time = s_now.AddMinutes(at - 10), seq = at, data = new { pressure = 2000 + 100 * at } })));
        var device = await Json("manager", $"/api/devices/{fid}");
        Assert.Equal(("online", 2.3, true), (device.GetProperty("state").GetString(), Math.Round(device.GetProperty("readings").GetProperty("pressure").GetDouble(), 6), device.GetProperty("isOnline").GetBoolean()));
        Assert.Equal([2.3, 2.2, 2.1, 2.0], (await Json("manager", $"/api/devices/{fid}/readings")).EnumerateArray().Select(one => Math.Round(one.GetProperty("readings").GetProperty("pressure").GetDouble(), 6)));
        var curve = await Json("manager", $"/api/devices/{fid}/curve?quantity=pressure&steps=1&from={s_now.AddHours(-1):yyyy-MM-ddTHH:mm:ssZ}&to={s_now.AddHours(1):yyyy-MM-ddTHH:mm:ssZ}");
        var step = Assert.Single(curve.GetProperty("steps").EnumerateArray());
        Assert.Equal((2.15, 2.0, 2.3), (Math.Round(step.GetProperty("mean").GetDouble(), 6), Math.Round(step.GetProperty("least").GetDouble(), 6), Math.Round(step.GetProperty("most").GetDouble(), 6)));
    }

    [Fact]
    public async Task Devices_are_listed_by_state_kind_and_place_with_counts_that_add_up()
    {
        await Sent("smoke-5W", new { ts = s_now, alarm = true, battery = 50 });
        var all = await Json("manager", "/api/devices");
        Assert.Equal(all.GetProperty("devices").GetArrayLength(), all.GetProperty("counts").EnumerateObject().Sum(one => one.Value.GetInt64()));
        Assert.Equal(42, all.GetProperty("devices").GetArrayLength());
        Assert.Equal("alarm", all.GetProperty("devices")[0].GetProperty("state").GetString());
        Assert.Contains("smoke-5W", Ids(await Json("manager", "/api/devices?state=alarm&kind=smoke&area=350203001")));
        Assert.Empty(Ids(await Json("manager", "/api/devices?state=alarm&kind=smoke&area=350206")));
        Assert.Equal(["smoke-5W"], Ids(await Json("manager", "/api/devices?q=smoke-5")));
        await Refused(await server.Send("manager", HttpMethod.Get, "/api/devices?state=broken"), HttpStatusCode.BadRequest, "bad-state");
        await Refused(await server.Send("manager", HttpMethod.Get, "/api/devices?area=x"), HttpStatusCode.BadRequest, "bad-area");
    }

    [Theory]
    [InlineData("smoke-4W", "{", HttpStatusCode.BadRequest, "not-json")]
    [InlineData("smoke-4W", "7", HttpStatusCode.UnprocessableEntity, "no-object")]
    [InlineData("smoke-4W", """{"battery": 3}""", HttpStatusCode.UnprocessableEntity, "no-time")]
    [InlineData("smoke-4W", """{"ts": "soon"}""", HttpStatusCode.UnprocessableEntity, "bad-time")]
    [InlineData("smoke-4W", """{"ts": 4102444800}""", HttpStatusCode.UnprocessableEntity, "in-future")]
    [InlineData("smoke-4W", """{"ts": 1}""", HttpStatusCode.UnprocessableEntity, "too-old")]
    [InlineData("smoke-4W", """{"ts": "2020-01-01T00:00:00Z", "battery": "full"}""", HttpStatusCode.UnprocessableEntity, "too-old")]
    [InlineData("smoke-4E", """{"ts": 1}""", HttpStatusCode.NotFound, "no-such-device")]
    [InlineData("odd-2W", """{"ts": 1}""", HttpStatusCode.UnprocessableEntity, "no-such-kind")]
    public async Task What_is_not_taken_is_answered_with_a_sentence(string device, string body, HttpStatusCode status, string code)
        => await Refused(await server.Send("gateway", HttpMethod.Post, $"/api/devices/readings/{device}", new StringContent(body)), status, code);

    [Fact]
    public async Task Who_sees_a_device_and_may_acknowledges_its_alarm_once()
    {
        await Sent("smoke-6W", new { ts = s_now, alarm = true });
        var id = (await Json("manager", $"/api/devices/alarms?device={await server.Fid("smoke-6W")}"))[0].GetProperty("id").GetInt64();
        await Refused(await server.Send("viewer", HttpMethod.Post, $"/api/devices/alarms/{id}/acknowledge"), HttpStatusCode.Forbidden, "not-allowed");
        await Refused(await server.Send("stranger", HttpMethod.Post, $"/api/devices/alarms/{id}/acknowledge"), HttpStatusCode.NotFound, "no-such-alarm");
        await Refused(await server.Send("manager", HttpMethod.Post, $"/api/devices/alarms/{id}/acknowledge", new StringContent("[]")), HttpStatusCode.BadRequest, "bad-body");
        Assert.Equal(HttpStatusCode.NoContent, (await server.Send("manager", HttpMethod.Post, $"/api/devices/alarms/{id}/acknowledge", JsonContent.Create(new { note = "已到场" }))).StatusCode);
        await Refused(await server.Send("manager", HttpMethod.Post, $"/api/devices/alarms/{id}/acknowledge"), HttpStatusCode.NotFound, "no-such-alarm");
        Assert.Equal("manager|已到场", Assert.Single(await server.Database.Rows($"select who, note from devices.alarm where id = {id}")));
        Assert.Equal("manager", await server.Database.Value<string>($"select who from cityops.audit_entry where kind = 'alarm-acknowledged' and after ->> 'alarm' = '{id}'"));
    }

    [Fact]
    public async Task Nobody_is_told_of_a_device_outside_his_scope_on_any_path()
    {
        var fid = await server.Fid("smoke-5E");
        Assert.Equal(HttpStatusCode.OK, (await server.Send("admin", HttpMethod.Post, "/api/devices/readings/smoke-5E", JsonContent.Create(new { ts = s_now, alarm = true, battery = 5 }))).StatusCode);
        Assert.Contains("smoke-5E", Ids(await Json("stranger", "/api/devices?kind=smoke")));
        foreach (var path in new[] { $"/api/devices/{fid}", $"/api/devices/{fid}/readings", $"/api/devices/{fid}/curve?quantity=battery" })
            await Refused(await server.Send("manager", HttpMethod.Get, path), HttpStatusCode.NotFound, "no-such-device");
        foreach (var path in new[] { "/api/devices", "/api/devices?state=alarm", "/api/devices?area=350206", "/api/devices?q=smoke", "/api/devices/alarms", $"/api/devices/alarms?device={fid}" })
            Assert.DoesNotContain("smoke-5E", (await Json("manager", path)).ToString());
        Assert.Equal(0, (await Json("manager", "/api/devices?area=350206")).GetProperty("counts").EnumerateObject().Sum(one => one.Value.GetInt64()));
        // The database's own lock, behind the scope in the statements.
        using var _ = new Caller("manager", "manager", Role.GridManager.Permissions, new() { Districts = ["350203"] }).Enter();
        var database = new CallerDatabase(server.Database.Source);
        foreach (var table in new[] { "devices.reading", "devices.state", "devices.alarm" })
        {
            await using var command = database.CreateCommand($"select count(*) from {table} where fid = {fid}");
            Assert.Equal(0L, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        }
        await using var write = database.CreateCommand("insert into devices.reading (fid, at, message, received_at, readings) values (1, now(), '', now(), '{}')");
        Assert.Equal("42501", (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => write.ExecuteNonQueryAsync(TestContext.Current.CancellationToken))).SqlState);
    }

    async Task<(int Stored, int Repeated)> Sent(string device, object message)
    {
        using var response = await server.Send("gateway", HttpMethod.Post, $"/api/devices/readings/{device}", JsonContent.Create(message));
        var told = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.True(response.IsSuccessStatusCode, told.ToString());
        return (told.GetProperty("stored").GetInt32(), told.GetProperty("repeated").GetInt32());
    }

    async Task<JsonElement> Json(string person, string path)
    {
        using var response = await server.Send(person, HttpMethod.Get, path);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        return JsonDocument.Parse(text).RootElement;
    }

    static IEnumerable<string> Ids(JsonElement answer) => answer.GetProperty("devices").EnumerateArray().Select(one => one.GetProperty("deviceId").GetString()!);

    static async Task Refused(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal((status, "urn:cityops:" + code), (response.StatusCode, problem.GetProperty("type").GetString()));
        Assert.NotEqual("", problem.GetProperty("detail").GetString());
        response.Dispose();
    }
}
