using System.Net;
using System.Net.Sockets;
using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Access;
using MQTTnet;
using MQTTnet.Server;
using Xunit;

namespace CityOps.Gis.Tests.Web.Devices;

/// <summary>Devices that report by MQTT, with a real client.</summary>
public sealed class MqttTests(DeviceServer server) : IClassFixture<DeviceServer>
{
    static readonly DateTimeOffset s_now = DateTimeOffset.UtcNow;

    [Fact]
    public async Task A_message_is_acknowledged_when_it_is_in_the_database_and_one_that_comes_twice_is_there_once()
    {
        using var client = await server.Client();
        var message = new { time = s_now, seq = 7, data = new { pressure = 2100 }, battery = "88" };
        Assert.True((await DeviceServer.Publish(client, "gas-pressure-1W", message)).IsSuccess);
        var fid = await server.Fid("gas-pressure-1W");
        Assert.Equal("""{"battery": 88, "pressure": 2.1}|7""", Assert.Single(await server.Database.Rows($"select readings, message from devices.reading where fid = {fid}")));
        Assert.Equal("online", await server.Database.Value<string>($"select status from gis.devices where fid = {fid}"));

        Assert.True((await DeviceServer.Publish(client, "gas-pressure-1W", message)).IsSuccess);
        Assert.True((await DeviceServer.Publish(client, "gas-pressure-1W", new[] { message, message, message with { seq = 8 } })).IsSuccess);
        Assert.Equal(2, await server.Database.Value<long>($"select count(*) from devices.reading where fid = {fid}"));
    }

    [Fact]
    public async Task A_device_outside_the_keys_scope_one_that_nobody_knows_and_what_cannot_be_read_are_refused_with_a_reason_and_keep_the_connection()
    {
        using var client = await server.Client();
        foreach (var (device, payload, reason) in new (string, object, MqttClientPublishReasonCode)[]
        {
            ("gas-pressure-1E", new { time = s_now, data = new { pressure = 2000 } }, MqttClientPublishReasonCode.NotAuthorized), ("nobody", new { time = s_now }, MqttClientPublishReasonCode.NotAuthorized),
            ("gas-pressure-2W", "{", MqttClientPublishReasonCode.PayloadFormatInvalid), ("gas-pressure-2W", new { data = new { pressure = 2000 } }, MqttClientPublishReasonCode.PayloadFormatInvalid),
            ("odd-1W", new { time = s_now }, MqttClientPublishReasonCode.ImplementationSpecificError), ("a/b", new { time = s_now }, MqttClientPublishReasonCode.TopicNameInvalid),
        })
            Assert.Equal(reason, (await DeviceServer.Publish(client, device, payload)).ReasonCode);
        Assert.True((await DeviceServer.Publish(client, "gas-pressure-2W", new { time = s_now, data = new { pressure = 2000 } })).IsSuccess);
        Assert.Equal(1, await server.Database.Value<long>($"select count(*) from devices.reading where fid in ({await server.Fid("gas-pressure-2W")}, {await server.Fid("gas-pressure-1E")})"));
    }

    [Fact]
    public async Task Nobody_comes_in_without_a_key_that_may_send_and_nobody_listens_to_others()
    {
        foreach (var (key, reason) in new[] { ("cgk_wrong", MqttClientConnectResultCode.BadUserNameOrPassword), ("", MqttClientConnectResultCode.BadUserNameOrPassword), (await server.Key(false, Permission.View), MqttClientConnectResultCode.NotAuthorized) })
            Assert.Equal(reason, await server.Refusal(key));
        using var client = await server.Client();
        var answer = await client.SubscribeAsync("#", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(MqttClientSubscribeResultCode.NotAuthorized, answer.Items.Single().ResultCode);
    }

    [Fact]
    public async Task While_the_database_takes_nothing_a_message_waits_and_is_acknowledged_when_it_is_stored()
    {
        using var client = await server.Client();
        Assert.True((await DeviceServer.Publish(client, "sewage-level-1W", new { time = s_now, level = 100 })).IsSuccess);
        await server.Database.Run("alter function devices.take(bigint[], timestamptz[], text[], jsonb[], jsonb[], text) rename to take_away");
        var waiting = DeviceServer.Publish(client, "sewage-level-1W", new { time = s_now.AddSeconds(1), level = 120 });
        using var other = await server.Client();
        var others = DeviceServer.Publish(other, "sewage-level-2W", new { time = s_now, level = 90 });
        await Task.Delay(600, TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted || others.IsCompleted, "It was acknowledged and is not stored.");
        await server.Database.Run("alter function devices.take_away(bigint[], timestamptz[], text[], jsonb[], jsonb[], text) rename to take");
        Assert.True((await waiting).IsSuccess && (await others).IsSuccess);
        Assert.Equal("2|1", Assert.Single(await server.Database.Rows($"select count(*) filter (where fid = {await server.Fid("sewage-level-1W")}), count(*) filter (where fid = {await server.Fid("sewage-level-2W")}) from devices.reading")));
    }

    [Fact]
    public async Task A_key_that_is_revoked_ends_the_connection_with_its_next_message()
    {
        var keys = new ApiKeys(server.Database.Source);
        var (id, text) = await keys.Make("leaves", [Permission.SendReadings], null, DateTimeOffset.UtcNow.AddDays(1), "test", TestContext.Current.CancellationToken);
        using var client = await server.Connect(text);
        Assert.True((await DeviceServer.Publish(client, "smoke-1W", new { ts = s_now, battery = 90 })).IsSuccess);
        await using (var connection = await server.Database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken))
            Assert.True(await ApiKeys.Revoke(connection, id, TestContext.Current.CancellationToken));
        Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<Gis.Web.Access.Keys.KeyCallers>(server.Services).Forget();
        await Assert.ThrowsAnyAsync<Exception>(() => DeviceServer.Publish(client, "smoke-1W", new { ts = s_now.AddSeconds(1), battery = 90 }));
        Assert.Equal(1, await server.Database.Value<long>($"select count(*) from devices.reading where fid = {await server.Fid("smoke-1W")}"));
    }

    [Fact]
    public async Task What_came_to_a_broker_elsewhere_while_the_product_was_away_is_taken_and_then_acknowledged()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        var factory = new MqttServerFactory();
        using var broker = factory.CreateMqttServer(factory.CreateServerOptionsBuilder().WithPersistentSessions().WithDefaultEndpoint().WithDefaultEndpointPort(port).WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointBoundIPV6Address(IPAddress.None).Build());
        await broker.StartAsync();
        var options = new Gis.Web.Devices.DeviceOptions { External = new("127.0.0.1", port, IsEncrypted: false) };
        var fid = await server.Fid("sewage-level-3E");
        await using (var first = await server.Start(options))
        {
            await Subscribed(broker);
            await Publish(port, "sewage-level-3E", s_now);
            await server.Becomes("1", $"select count(*)::text from devices.reading where fid = {fid}");
        }
        await Publish(port, "sewage-level-3E", s_now.AddSeconds(1));
        await Publish(port, "sewage-level-3E", s_now.AddSeconds(2));
        await using var second = await server.Start(options);
        await server.Becomes("3", $"select count(*)::text from devices.reading where fid = {fid}");
        await broker.StopAsync();
    }

    static async Task Subscribed(MqttServer broker)
    {
        for (var left = 200; left > 0 && (await broker.GetSessionsAsync()).Count == 0; left--)
            await Task.Delay(50, TestContext.Current.CancellationToken);
        await Task.Delay(300, TestContext.Current.CancellationToken);
    }

    static async Task Publish(int port, string device, DateTimeOffset time)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).Build());
        await DeviceServer.Publish(client, device, new { time, level = 50 });
        await client.DisconnectAsync();
    }
}
