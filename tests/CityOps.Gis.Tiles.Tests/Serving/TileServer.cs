using System.Net;
using CityOps.Gis.PostGis;
using CityOps.Gis.Testing;
using CityOps.Gis.Tests.Tiles.Snapshots;
using CityOps.Gis.Tiles.Encoding;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Tiles.Serving;
using CityOps.Gis.Tiles.Snapshots;
using CityOps.Gis.Tiling;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Serving;

/// <summary>A tile host on a free port over the components of <see cref="RandomLayer"/> and 300 cameras; components are in memory, cameras are not unless a test loads them.</summary>
public class TileServer : IAsyncLifetime
{
    readonly RandomLayer _layer;
    readonly SemaphoreSlim _once = new(1);
    WebApplication? _app;

    public TileServer() : this(new RandomLayer())
    {
    }

    protected TileServer(RandomLayer layer) => _layer = layer;

    public LiveLayers Live { get; } = new(PostGisDatabase.Catalog);
    public TileCache Cache { get; } = new(64 << 20);
    public FeatureStore Features => new(_layer.Source);
    public RandomLayer Layer => _layer;
    public HttpClient Http { get; private set; } = null!;

    /// <summary>Low, so that few features show cells at many zooms.</summary>
    public static TileLimits Limits { get; } = new(500, 500_000);

    /// <summary>A tile with a few hundred features, one with cells, and one with nothing.</summary>
    public static TileCoord Busy { get; } = At(118.1, 24.5, 14);
    public static TileCoord Crowded { get; } = At(118.1, 24.5, 10);
    public static TileCoord Empty { get; } = At(0, 0, 14);

    public async ValueTask InitializeAsync() => await _layer.InitializeAsync();

    /// <summary>The running server; every test begins with it.</summary>
    public async Task<HttpClient> Start()
    {
        await _once.WaitAsync();
        try
        {
            if (_app is not null)
                return Http;
            var snapshot = await _layer.Snapshot();
            await _layer.Database.Run("""
                insert into gis.cameras (camera_id, name, status, geom)
                select n::text, 'camera ' || n, case when n % 10 = 0 then 'fault' else 'online' end, ST_SetSRID(ST_MakePoint(118.0 + n * 0.2 / 300, 24.4 + n * 0.2 / 300), 4490)
                from generate_series(1, 300) n
                """);
            var components = Live.Find("components")!;
            components.Publish(LayerView.Of(snapshot));
            components.Touched.TouchAll(snapshot.Version);
            components.Set(LayerState.Live);
            _app = await Host(Live, new TileServingOptions { CorsOrigins = ["https://map.example"] }, Cache);
            Http = Client(_app);
            return Http;
        }
        finally
        {
            _once.Release();
        }
    }

    /// <summary>Another host over the same database.</summary>
    public Task<WebApplication> Host(LiveLayers live, TileServingOptions options, TileCache? cache = null, NpgsqlDataSource? source = null)
        => FreePortHost.Start(services =>
        {
            services.AddSingleton(PostGisDatabase.Catalog).AddSingleton<PostGis.CallerDatabase>(source ?? _layer.Source).AddSingleton<TileQuery>().AddSingleton(live).AddSingleton(options).AddSingleton(Limits);
            if (cache is not null)
                services.AddSingleton(cache);
        }, app => app.MapTiles());

    public static HttpClient Client(WebApplication app) => new(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = new(app.Urls.First()) };

    public static TileCoord At(double longitude, double latitude, int zoom)
        => new(zoom, (int)(WebMercator.U(longitude) * (1 << zoom)), (int)(WebMercator.V(latitude) * (1 << zoom)));

    public async Task<HttpResponseMessage> Get(string path, params (string Name, string Value)[] headers) => await Send(HttpMethod.Get, path, headers);

    public async Task<HttpResponseMessage> Send(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        var http = await Start();
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await http.SendAsync(request);
    }

    public async Task<MvtTile> Tile(string layers, TileCoord tile, string query = "")
    {
        using var response = await Get($"/tiles/{layers}/{tile}.mvt{query}");
        return MvtReader.Read(await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        Http?.Dispose();
        await _layer.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
