using System.Net.Http.Json;
using System.Text.Json;
using CityOps.Gis.Access;
using CityOps.Gis.Queries;
using CityOps.Gis.Testing;
using CityOps.Gis.Web;
using Microsoft.AspNetCore.Builder;
using SkiaSharp;
using Xunit;

namespace CityOps.Gis.Tests.Web.Cameras;

/// <summary>A host over <see cref="SmallCity"/> with cameras whose streams a <see cref="MediaGateway"/> gives. Callers are the people that the header <c>X-Person</c> names.</summary>
public sealed class CameraServer : IAsyncLifetime
{
    static readonly JurisdictionScope s_west = new() { Districts = ["350203"] };

    static readonly Dictionary<string, Caller> s_people = new Caller[]
    {
        new("manager", "manager", Role.GridManager.Permissions, s_west) { Roles = [Role.GridManager.Id] }, new("stranger", "stranger", Role.GridManager.Permissions, new() { Districts = ["350206"] }) { Roles = [Role.GridManager.Id] },
        new("viewer", "viewer", Role.Viewer.Permissions, null) { Roles = [Role.Viewer.Id] }, new("recogniser", "recogniser", new HashSet<Permission> { Permission.SendDetections }, s_west),
    }.ToDictionary(one => one.Name);

    readonly PostGisDatabase _database = PostGisDatabase.Filled(SmallCity.Sql + """
        insert into gis.cameras (camera_id, name, status, direction, field_of_view, range_m, height_m, tilt, geom) values
            ('W1', '沙坡尾枪机', 'online', 90, 70, 120, 6, 15, ST_SetSRID(ST_MakePoint(118.002, 24.402), 4490)), ('W2', '沙坡尾球机', 'online', null, null, null, null, null, ST_SetSRID(ST_MakePoint(118.003, 24.402), 4490)),
            ('E1', '东渡枪机', 'online', 270, 70, 120, null, null, ST_SetSRID(ST_MakePoint(118.012, 24.402), 4490));
        insert into gis.components (code, name, class_code, class_table, status, first_date, geom) values ('3502030102000001', '污水井盖', '0102', 'cjt214-2007', '完好', '2020-01-01', ST_SetSRID(ST_MakePoint(118.0025, 24.402), 4490));
        """);

    WebApplication? _host;
    HttpClient? _client;

    public PostGisDatabase Database => _database;
    public MediaGateway Gateway { get; } = new();
    public IServiceProvider Services => _host!.Services;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        await Gateway.InitializeAsync();
        if (_database.ConnectionString == "")
            return;
        _host = GisWebHost.Build(new()
        {
            ConnectionString = _database.ConnectionString, LayerFolders = [Path.Combine(AppContext.BaseDirectory, "layers")], Urls = "http://127.0.0.1:0", Streams = new() { Hosts = ["127.0.0.1"], Patience = TimeSpan.FromSeconds(1) },
            Access = new() { Trusted = context => s_people.GetValueOrDefault(context.Request.Headers["X-Person"].ToString()) },
        });
        await _host.StartAsync();
        _client = new() { BaseAddress = new(_host.Urls.First()), DefaultRequestHeaders = { { "Accept-Language", "en" } } };
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
        await Gateway.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <summary>Sends something as a person.</summary>
    public Task<HttpResponseMessage> Send(string person, HttpMethod method, string path, HttpContent? content = null)
    {
        _ = _database.Source;
        return _client!.SendAsync(new(method, path) { Headers = { { "X-Person", person } }, Content = content });
    }

    public async Task<JsonElement> Json(string person, string path)
    {
        using var answer = await Send(person, HttpMethod.Get, path);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public Task<long> Fid(string camera) => _database.Value<long>($"select fid from gis.cameras where camera_id = '{camera}'");

    /// <summary>Gives a camera the address of a stream and asks for a part of it.</summary>
    public async Task<HttpResponseMessage> Part(string person, string camera, string stream, string part = "")
    {
        await _database.Run($"update gis.cameras set stream_address = '{stream}' where camera_id = '{camera}'");
        return await Send(person, HttpMethod.Get, $"/api/cameras/{await Fid(camera)}/stream/{part}");
    }

    /// <summary>A picture as a camera takes one.</summary>
    public static byte[] Picture(SKEncodedImageFormat format = SKEncodedImageFormat.Jpeg, int width = 320, int height = 180)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(SKColors.SteelBlue);
        using var data = bitmap.Encode(format, 80);
        return data.ToArray();
    }
}
