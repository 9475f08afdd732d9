using CityOps.Gis.Layers;
using CityOps.Gis.Testing;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Web;
using CityOps.Gis.Web.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CityOps.Gis.Tests.Web;

/// <summary>The product over the odd layers, one of which is held in memory and followed, as in a city.</summary>
sealed class OddHost : IAsyncDisposable
{
    readonly TempFolder _folder;
    readonly WebApplication _app;

    OddHost(TempFolder folder, WebApplication app, LayerDefinition layer)
        => (_folder, _app, Http, Live) = (folder, app, new() { BaseAddress = new(app.Urls.First()) }, app.Services.GetRequiredService<LiveLayers>().Find(layer.Id)!);

    public HttpClient Http { get; }

    public LiveLayer Live { get; }

    public static async Task<OddHost> Start(OddLayers odd, LayerDefinition layer, AccessOptions access)
    {
        await odd.Of(layer);
        var folder = new TempFolder();
        OddLayers.Define(folder.Path);
        var app = GisWebHost.Build(new()
        {
            ConnectionString = odd.Database.ConnectionString, LayerFolders = [Path.Combine(AppContext.BaseDirectory, "layers"), folder.Path], Urls = "http://127.0.0.1:0",
            Engine = new() { ConnectionString = odd.Database.ConnectionString }, Access = access,
        });
        await app.StartAsync();
        var host = new OddHost(folder, app, layer);
        for (var left = 600; left > 0 && host.Live.State != LayerState.Live; left--)
            await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.Equal(LayerState.Live, host.Live.State);
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        _folder.Dispose();
    }
}
