using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using CityOps.Gis.Access;
using CityOps.Gis.Tests.Web.Devices;
using CityOps.Gis.Web.Devices;
using Microsoft.Extensions.DependencyInjection;
using MQTTnet;
using MQTTnet.Protocol;
using Xunit;

namespace CityOps.Gis.Tests.Web.Telemetry;

/// <summary>What people on the street, cases, recognisers and devices send stands in no line of the log: where all is well, where the database refuses it, and where it is away.</summary>
[Collection(nameof(LogTests))]
public sealed class WorkLogTests(DeviceServer server) : IClassFixture<DeviceServer>
{
    const string Person = "王五师傅", Phone = "13787654321", Longitude = "118.00312347", Latitude = "24.40212349", Key = "cgk_4711aaaabbbbccccddddeeeeffff0000", Broken = "ck_broken_on_purpose";
    const string Tables = "cases.move, cityops.track_point, cityops.patrol_note, detections.sighting, devices.state";

    [Fact]
    public async Task Names_numbers_places_and_keys_of_field_work_are_in_no_line_of_the_log()
    {
        _ = server.Database.Source;
        var (before, log) = (Console.Error, new StringWriter());
        Console.SetError(TextWriter.Synchronized(log));
        try
        {
            await using var host = await server.Start(new() { Broker = new(IPAddress.Loopback, 0), Round = TimeSpan.FromMilliseconds(200) });
            var (url, port) = (host.Urls.First(), host.Services.GetRequiredService<MqttBroker>().Port!.Value);
            await Ask(url, port);
            await Break("add constraint {0} check (false) not valid");
            try
            {
                await Ask(url, port);
            }
            finally
            {
                await Break("drop constraint {0}");
            }
        }
        finally
        {
            Console.SetError(before);
        }
        var said = log.ToString();
        // The database refused it, and that was told.
        Assert.Contains(Broken, said, StringComparison.Ordinal);
        foreach (var secret in new[] { Person, Uri.EscapeDataString(Person), Phone, Longitude, Latitude, Key })
            Assert.DoesNotContain(secret, said, StringComparison.Ordinal);
    }

    async Task Break(string how)
    {
        foreach (var table in Tables.Split(", "))
            await server.Database.Run($"alter table {table} {string.Format(CultureInfo.InvariantCulture, how, Broken)}");
    }

    async Task Ask(string url, int port)
    {
        using var http = new HttpClient { BaseAddress = new(url) };
        var now = DateTimeOffset.UtcNow;
        foreach (var path in new[]
        {
            $"/api/cases/duplicates?longitude={Longitude}&latitude={Latitude}&classCode=06012", $"/api/cases/tasks?q={Phone}", $"/api/patrols/tracks?day=2026-01-01&person={Phone}", $"/api/cameras/seeing?longitude={Longitude}&latitude={Latitude}",
            $"/api/devices?q={Phone}", $"/field?{Phone}", "/api/field/start", $"/open311/v2/requests/{Phone}.json", $"/api/detections?kind={Phone}",
        })
            foreach (var person in new[] { "manager", "admin" })
                await Send(http, person, HttpMethod.Get, path, null);
        var note = $"{Person} {Phone}";
        foreach (var (person, method, path, body) in new (string, HttpMethod, string, object)[]
        {
            ("manager", HttpMethod.Post, "/api/cases", new { classCode = "06012", note, longitude = double.Parse(Longitude, CultureInfo.InvariantCulture), latitude = double.Parse(Latitude, CultureInfo.InvariantCulture) }),
            ("manager", HttpMethod.Post, "/api/cases", new { classCode = note, note = "", longitude = Longitude, latitude = Latitude }), ("manager", HttpMethod.Post, "/api/cases/1/moves", new { move = "file", note, seen = 1 }),
            ("manager", HttpMethod.Post, "/api/patrols/track", new { points = new[] { new { at = now, longitude = double.Parse(Longitude, CultureInfo.InvariantCulture), latitude = double.Parse(Latitude, CultureInfo.InvariantCulture) } } }),
            ("manager", HttpMethod.Post, "/api/patrols/track", new { points = new[] { new { at = note, longitude = Longitude, latitude = Latitude } } }),
            ("manager", HttpMethod.Post, "/api/patrols/notes", new { id = Guid.NewGuid(), at = now, longitude = double.Parse(Longitude, CultureInfo.InvariantCulture), latitude = double.Parse(Latitude, CultureInfo.InvariantCulture), note }),
            ("admin", HttpMethod.Post, "/api/detections", new { camera = note, id = Phone, kind = "laundry", at = now, confidence = 0.8, x = 0.4, y = 0.4, w = 0.2, h = 0.2 }), ("admin", HttpMethod.Post, "/api/detections", note),
            ("admin", HttpMethod.Post, "/api/devices/readings/smoke-1W", new { ts = now, alarm = true, place = $"{Longitude},{Latitude}", note }), ("admin", HttpMethod.Post, $"/api/devices/readings/{Phone}", note),
            ("admin", HttpMethod.Post, "/api/devices/alarms/1/acknowledge", new { note }),
        })
            await Send(http, person, method, path, JsonContent.Create(body));
        await Send(http, "admin", HttpMethod.Post, "/open311/v2/requests.json", new FormUrlEncodedContent([new("service_code", "06010"), new("lat", Latitude), new("long", Longitude), new("description", note), new("phone", Phone), new("first_name", Person)]));
        foreach (var (key, device, payload) in new[]
        {
            (Key, "smoke-2W", "{}"), (await server.Key(true, Permission.SendReadings), "smoke-2W", $$"""{"ts":"{{now:O}}","alarm":true,"note":"{{note}}"}"""),
            (await server.Key(true, Permission.SendReadings), "smoke-2W", note), (await server.Key(true, Permission.SendReadings), Phone, $$"""{"ts":"{{Longitude}}"}"""),
        })
            await Publish(port, key, device, payload);
    }

    static async Task Send(HttpClient http, string person, HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Headers = { { "X-Person", person }, { "X-Api-Key", Key } }, Content = content };
        // Whatever the answer is; the log is what counts.
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    static async Task Publish(int port, string key, string device, string payload)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        var options = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500).WithCredentials(Person, key).Build();
        if ((await client.ConnectAsync(options, TestContext.Current.CancellationToken)).ResultCode != MqttClientConnectResultCode.Success)
            return;
        var message = new MqttApplicationMessageBuilder().WithTopic($"devices/{device}/readings").WithPayload(Encoding.UTF8.GetBytes(payload)).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(3));
        try
        {
            await client.PublishAsync(message, patience.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            // What the database does not take waits.
        }
    }
}
