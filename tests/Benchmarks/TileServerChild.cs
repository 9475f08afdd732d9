using System.Globalization;
using CityOps.Gis.PostGis;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Tiles.Serving;
using CityOps.Gis.Tiles.Snapshots;
using CityOps.Gis.Tiling;
using Microsoft.Extensions.DependencyInjection;

namespace CityOps.Gis.Benchmarks;

/// <summary>A tile server over a snapshot file.</summary>
static class TileServerChild
{
    /// <param name="isWhole">Features at every zoom, instead of the product's limits.</param>
    public static ServerChild Start(string snapshot, bool isWhole, long cacheBytes)
        => new("tile-server", snapshot, isWhole ? "whole" : "limits", cacheBytes.ToString(CultureInfo.InvariantCulture));

    /// <summary>The child itself.</summary>
    public static async Task<int> Serve(string[] arguments)
    {
        var (file, limits) = (arguments[0], arguments[1] == "whole" ? TileLimits.None : TileLimits.Default);
        // Memory answers everything; nobody opens this.
        await using var source = Connections.Open("Host=/nowhere");
        var live = new LiveLayers(BenchDatabase.Catalog);
        var components = live.Find("components")!;
        components.Publish(LayerView.Of(SnapshotFile.Open(file, components.Definition) ?? throw new InvalidOperationException($"{file} is no snapshot of components.")));
        components.Set(LayerState.Live);
        await ServerChild.Serve(services => services.AddSingleton(BenchDatabase.Catalog).AddSingleton<CityOps.Gis.PostGis.CallerDatabase>(source).AddSingleton(new TileQuery(source, limits)).AddSingleton(live)
            .AddSingleton(limits).AddSingleton(new TileServingOptions { CacheBytes = long.Parse(arguments[2], CultureInfo.InvariantCulture) }));
        return 0;
    }
}
