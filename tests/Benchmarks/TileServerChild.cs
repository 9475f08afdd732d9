using System.Globalization;
using CityOps.Gis.PostGis;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Tiles.Serving;
using CityOps.Gis.Tiles.Snapshots;
using CityOps.Gis.Tiling;
using CityOps.Gis.Web.Safety;
using CityOps.Gis.Web.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CityOps.Gis.Benchmarks;

/// <summary>A tile server over a snapshot file.</summary>
static class TileServerChild
{
    /// <param name="isWhole">Features at every zoom, instead of the product's limits.</param>
    /// <param name="isGuarded">With the product's headers, gates and rates.</param>
    public static ServerChild Start(string snapshot, bool isWhole, long cacheBytes, bool isGuarded = false)
        => new("tile-server", snapshot, isWhole ? "whole" : "limits", cacheBytes.ToString(CultureInfo.InvariantCulture), isGuarded ? "guarded" : "bare");

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
        var isGuarded = arguments[3] == "guarded";
        await ServerChild.Serve(services => Guard(services, isGuarded).AddSingleton(BenchDatabase.Catalog).AddSingleton<CityOps.Gis.PostGis.CallerDatabase>(source).AddSingleton(new TileQuery(source, limits)).AddSingleton(live)
            .AddSingleton(limits).AddSingleton(new TileServingOptions { CacheBytes = long.Parse(arguments[2], CultureInfo.InvariantCulture) }), app =>
        {
            if (!isGuarded)
                return;
            app.UseSafety();
            app.UseRateLimiter();
        });
        return 0;
    }

    // A bucket that a load generator does not empty costs what any bucket costs.
    static IServiceCollection Guard(IServiceCollection services, bool isGuarded)
        => isGuarded ? services.AddSafety(new() { RateFactor = 1000 }).AddSingleton<GisMeters>() : services;
}
