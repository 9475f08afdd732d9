using System.Net;
using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Access;
using CityOps.Gis.Queries;
using CityOps.Gis.Testing;
using CityOps.Gis.Web;
using CityOps.Gis.Web.Devices;
using CityOps.Gis.Web.Safety;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using MQTTnet;
using MQTTnet.Protocol;
using Xunit;

namespace CityOps.Gis.Tests.Web.Devices;

/// <summary>
/// A host with its MQTT broker over <see cref="SmallCity"/> with devices in both districts. HTTP callers are the people that the header <c>X-Person</c> names, MQTT clients sign in with
/// keys. Tests use a device each.
/// </summary>
public sealed class DeviceServer : IAsyncLifetime
{
    static readonly JurisdictionScope s_west = new() { Districts = ["350203"] };

    static readonly Dictionary<string, Caller> s_people = new Caller[]
    {
        new("manager", "manager", Role.GridManager.Permissions, s_west) { Roles = [Role.GridManager.Id] }, new("stranger", "stranger", Role.GridManager.Permissions, new() { Districts = ["350206"] }) { Roles = [Role.GridManager.Id] },
        new("viewer", "viewer", Role.Viewer.Permissions, null) { Roles = [Role.Viewer.Id] }, new("gateway", "gateway", new HashSet<Permission> { Permission.SendReadings }, s_west), new("admin", "admin", Role.Administrator.Permissions, null) { Roles = [Role.Administrator.Id] },
    }.ToDictionary(one => one.Name);

    readonly PostGisDatabase _database = PostGisDatabase.Filled(SmallCity.Sql + """
        insert into gis.devices (device_id, name, kind, status, geom)
        select kind || '-' || number || side, '设备' || number, kind, 'offline', ST_SetSRID(ST_MakePoint(lon + number * 0.0001, 24.402), 4490)
        from unnest(array['gas-pressure', 'construction-noise', 'bike-fence', 'smoke', 'sewage-level', 'manhole-tilt', 'odd']) kind, generate_series(1, 6) number, (values ('W', 118.001), ('E', 118.012)) place(side, lon);
        insert into gis.bike_fences (fence_id, name, device_id, geom) values ('F1', '地铁口', 'bike-fence-1W', ST_MakeEnvelope(118.0010, 24.4015, 118.0014, 24.4025, 4490));
        """);

    WebApplication? _host;
    HttpClient? _client;

    public PostGisDatabase Database => _database;
    public IServiceProvider Services => _host!.Services;
    public int Port => Services.GetRequiredService<MqttBroker>().Port!.Value;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        if (_database.ConnectionString == "")
            return;
        _host = await Start(new() { Broker = new(IPAddress.Loopback, 0), Round = TimeSpan.FromMilliseconds(200) });
        _client = new() { BaseAddress = new(_host.Urls.First()), DefaultRequestHeaders = { { "Accept-Language", "en" } } };
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <summary>Another host over the same database.</summary>
    public async Task<WebApplication> Start(DeviceOptions devices, SafetyOptions? safety = null)
    {
        var host = GisWebHost.Build(new()
        {
            ConnectionString = _database.ConnectionString, LayerFolders = [Path.Combine(AppContext.BaseDirectory, "layers")], Urls = "http://127.0.0.1:0", Devices = devices, Safety = safety ?? new(),
            Access = new() { Trusted = context => s_people.GetValueOrDefault(context.Request.Headers["X-Person"].ToString()) },
        });
        await host.StartAsync();
        return host;
    }

    /// <summary>Sends something as a person.</summary>
    public Task<HttpResponseMessage> Send(string person, HttpMethod method, string path, HttpContent? content = null)
    {
        _ = _database.Source;
        return _client!.SendAsync(new(method, path) { Headers = { { "X-Person", person } }, Content = content });
    }

    /// <summary>The text of a new key.</summary>
    public async Task<string> Key(bool isOfTheWest, params Permission[] permissions)
        => (await new ApiKeys(_database.Source).Make("设备", permissions, isOfTheWest ? s_west : null, DateTimeOffset.UtcNow.AddDays(1), "test")).Text;

    /// <summary>A client that has signed in with a key for the west.</summary>
    public async Task<IMqttClient> Client() => await Connect(await Key(true, Permission.SendReadings));

    public async Task<IMqttClient> Connect(string key)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        Assert.Equal(MqttClientConnectResultCode.Success, (await client.ConnectAsync(As(key))).ResultCode);
        return client;
    }

    /// <summary>What a client hears that comes with a key.</summary>
    public async Task<MqttClientConnectResultCode> Refusal(string key)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        return (await client.ConnectAsync(As(key))).ResultCode;
    }

    MqttClientOptions As(string key)
        => new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", Port).WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500).WithCredentials("device", key).Build();

    /// <summary>Publishes with QoS 1; done when the broker has acknowledged it.</summary>
    public static Task<MqttClientPublishResult> Publish(IMqttClient client, string device, object payload)
        => client.PublishAsync(new MqttApplicationMessageBuilder().WithTopic($"devices/{device}/readings").WithPayload(payload as string ?? System.Text.Json.JsonSerializer.Serialize(payload)).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build());

    public Task<long> Fid(string device) => _database.Value<long>($"select fid from gis.devices where device_id = '{device}'");

    /// <summary>Waits until a statement gives a text; the test fails when it does not come.</summary>
    public async Task Becomes(string expected, string sql)
    {
        string? last = null;
        for (var left = 300; left > 0 && (last = await _database.Value<string>(sql)) != expected; left--)
            await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.Equal(expected, last);
    }
}
