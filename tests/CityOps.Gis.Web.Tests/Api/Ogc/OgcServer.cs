using System.Net;
using System.Text;
using System.Text.Json;
using CityOps.Gis.Testing;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Web;
using CityOps.Gis.Web.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CityOps.Gis.Tests.Web.Api.Ogc;

/// <summary>
/// The product's host with the OGC API over <see cref="SmallCity"/>: 600 components (points, some lines and polygons, some removed), 200 cases of January and February
/// 2026, 50 cameras. Editing is on at <see cref="Editing"/>, off at <see cref="Http"/>.
/// </summary>
public sealed class OgcServer : IAsyncLifetime
{
    public const int Components = 600, Cases = 200, Cameras = 50;

    const string Features = """
        insert into gis.components (code, name, class_code, class_table, supervisor_code, supervisor_name, status, first_date, remark, geom)
        select case when n % 2 = 0 then '350203' else '350206' end || class || to_char(n, 'FM000000'), name, class, 'cjt214-2007', '1', '市城市管理局',
            case when n % 15 = 0 then '移除' when n % 7 = 0 then '破损' else '完好' end, date '2020-01-01' + n, case when n % 5 = 0 then 'note "' || n || '" <b>' end,
            ST_SetSRID(case when n % 20 = 1 then ST_MakeLine(ST_MakePoint(x, y), ST_MakePoint(x + 0.0004, y + 0.0002)) when n % 20 = 2 then ST_Buffer(ST_MakePoint(x, y), 0.0002, 2) else ST_MakePoint(x, y) end, 4490)
        from (select n, (array['0101', '0102', '0203', '0301'])[1 + n % 4] as class, (array['上水井盖', '污水井盖', '路灯', '行道树'])[1 + n % 4] as name,
            118.0003 + (n * 7919 % 1000) * 0.0000194 as x, 24.4003 + (n * 104729 % 1000) * 0.0000094 as y from generate_series(1, 600) n) made;
        insert into gis.cases (case_number, title, class_code, status, occurred_at, department, geom)
        select 'A' || to_char(n, 'FM0000'), 'case ' || n, '0101', (array['file', 'handle', 'close'])[1 + n % 3], timestamptz '2026-01-01 00:00:00+00' + n * interval '7 hours', '11',
            ST_SetSRID(ST_MakePoint(118.0003 + (n * 7919 % 1000) * 0.0000194, 24.4003 + (n * 104729 % 1000) * 0.0000094), 4490) from generate_series(1, 200) n;
        insert into gis.cameras (camera_id, name, status, geom)
        select 'C' || n, 'camera ' || n, 'online', ST_SetSRID(ST_MakePoint(118.0003 + n * 0.0003, 24.405), 4490) from generate_series(1, 50) n;
        analyze;
        """;

    readonly PostGisDatabase _database = new();
    WebApplication? _reading, _writing, _live;
    HttpClient? _http, _editing;

    public PostGisDatabase Database => _database;

    /// <summary>Skips where there is no database.</summary>
    public HttpClient Http => Source is null ? null! : _http!;

    public HttpClient Editing => Source is null ? null! : _editing!;

    public WebApplication App => _reading!;

    /// <summary>The API's landing page.</summary>
    public string Root => Http.BaseAddress + "ogc";

    Npgsql.NpgsqlDataSource Source => _database.Source;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        if (_database.ConnectionString == "")
            return;
        await _database.Run(SmallCity.Sql + Features);
        (_reading, _writing) = (await Start(isEditable: false), await Start(isEditable: true));
        (_http, _editing) = (Client(_reading), Client(_writing));
    }

    /// <summary>Address of the API of a host that holds the layers in memory and follows them.</summary>
    public async Task<string> Live()
    {
        _live ??= await Start(isEditable: false, new() { ConnectionString = _database.ConnectionString });
        var layers = _live.Services.GetRequiredService<LiveLayers>().All;
        for (var left = 600; left > 0 && layers.Any(layer => layer.State != LayerState.Live); left--)
            await Task.Delay(50);
        Assert.All(layers, layer => Assert.Equal(LayerState.Live, layer.State));
        return _live.Urls.First() + "/ogc";
    }

    /// <summary>What that host is made of; after <see cref="Live"/>.</summary>
    public IServiceProvider LiveServices => _live!.Services;

    async Task<WebApplication> Start(bool isEditable, TileEngineOptions? engine = null)
    {
        var app = GisWebHost.Build(new()
        {
            Engine = engine, Access = AccessOptions.TrustEverybody,
            ConnectionString = _database.ConnectionString, LayerFolders = [Path.Combine(AppContext.BaseDirectory, "layers")], Urls = "http://127.0.0.1:0", Ogc = new() { IsEditable = isEditable },
        });
        await app.StartAsync();
        return app;
    }

    // English, as the tests' sentences are.
    static HttpClient Client(WebApplication app)
    {
        var client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None, UseCookies = false }) { BaseAddress = new(app.Urls.First()) };
        client.DefaultRequestHeaders.Add("Accept-Language", "en");
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        _editing?.Dispose();
        foreach (var app in new[] { _reading, _writing, _live }.OfType<WebApplication>())
            await app.DisposeAsync();
        await _database.DisposeAsync();
    }

    public async Task<HttpResponseMessage> Get(string path, params (string Name, string Value)[] headers) => await Send(HttpMethod.Get, path, null, headers);

    public async Task<HttpResponseMessage> Send(HttpMethod method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        foreach (var (name, value) in headers)
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content!.Headers.TryAddWithoutValidation(name, value);
        return await (method == HttpMethod.Get ? Http : Editing).SendAsync(request);
    }

    /// <summary>A document of the API that is there.</summary>
    /// <param name="path">Below <c>/ogc</c>, or a whole address.</param>
    public async Task<JsonElement> Json(string path)
    {
        using var response = await Get(path.StartsWith("http", StringComparison.Ordinal) ? path : "/ogc" + path);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{path}: {(int)response.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Status and sentence of a refusal.</summary>
    public async Task<(int Status, string Type, string Detail)> Refusal(string path)
    {
        using var response = await Get("/ogc" + path);
        var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return ((int)response.StatusCode, problem.GetProperty("type").GetString()!, problem.GetProperty("detail").GetString()!);
    }

    /// <summary>Numbers of the features of a page.</summary>
    public static long[] Fids(JsonElement page) => [.. page.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("id").GetInt64())];

    /// <summary>Address of a link by its relation; null where there is none.</summary>
    public static string? Link(JsonElement document, string relation)
        => document.GetProperty("links").EnumerateArray().Where(link => link.GetProperty("rel").ValueEquals(relation)).Select(link => link.GetProperty("href").GetString()).FirstOrDefault();

    /// <summary>Numbers of all features that a question finds, page by page by the links.</summary>
    public async Task<List<long>> All(string path)
    {
        var fids = new List<long>();
        for (var next = path; next is not null;)
        {
            var page = await Json(next);
            fids.AddRange(Fids(page));
            next = Link(page, "next");
        }
        return fids;
    }
}
