using System.Text.Json;
using CityOps.Gis.Testing;
using CityOps.Gis.Tests.Tiles.Serving;
using CityOps.Gis.Tiles.Encoding;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Tiles.Heat;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Heat;

/// <summary>A host on a free port over <see cref="HeatLayer"/> and two districts; components are answered from memory, cameras by SQL.</summary>
public sealed class HeatServer : IAsyncLifetime
{
    readonly SemaphoreSlim _once = new(1);
    WebApplication? _app;
    HttpClient? _http;

    public HeatLayer Layer { get; } = new();
    public LiveLayers Live { get; } = new(PostGisDatabase.Catalog);

    public async ValueTask InitializeAsync() => await Layer.InitializeAsync();

    public async Task<HttpResponseMessage> Get(string path, params (string Name, string Value)[] headers)
    {
        await Start();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await _http!.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task<JsonElement> Json(string path)
    {
        using var response = await Get(path);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path}: {text[..Math.Min(text.Length, 500)]}");
        return JsonDocument.Parse(text).RootElement;
    }

    public async Task<byte[]> Bytes(string path)
    {
        using var response = await Get(path);
        return await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
    }

    public async Task<IReadOnlyList<MvtFeature>> Tile(string path) => await Bytes(path) is { Length: > 0 } bytes ? MvtReader.Read(bytes).Layers.Single().Features : [];

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        _http?.Dispose();
        await Layer.DisposeAsync();
    }

    async Task Start()
    {
        await _once.WaitAsync();
        try
        {
            if (_app is not null)
                return;
            var view = await Layer.Whole();
            await Layer.Database.Run("""
                set cityops.bulk = 'on';
                insert into gis.districts (code, name, geom) select '35020' || n, (array['思明区', '湖里区', '集美区', '海沧区', '同安区', '翔安区'])[n + 1],
                    ST_MakeEnvelope(118 + n * 0.2 / 6, 24.4, 118 + (n + 1) * 0.2 / 6, 24.6, 4490) from generate_series(0, 5) n;
                update gis.districts set geom = ST_Difference(geom, ST_Buffer(ST_Centroid(geom), 0.012, 4)) where code = '350204';
                update cityops.layer set version = version + 1 where id = 'districts';
                """);
            Live.Find("components")!.Publish(view);
            _app = await FreePortHost.Start(services => services.AddSingleton(PostGisDatabase.Catalog).AddSingleton(Layer.Source).AddSingleton(Live).AddHeat(), app => app.MapHeat());
            _http = new() { BaseAddress = new(_app.Urls.First()) };
        }
        finally
        {
            _once.Release();
        }
    }
}
