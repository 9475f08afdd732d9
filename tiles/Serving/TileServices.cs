using CityOps.Gis.PostGis;
using CityOps.Gis.Tiles.Following;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CityOps.Gis.Tiles.Serving;

/// <summary>Registers what a host needs to serve tiles, beside its layers and its database.</summary>
public static class TileServices
{
    /// <param name="engine">How layers are held in memory; null = PostGIS makes all tiles.</param>
    public static IServiceCollection AddTiles(this IServiceCollection services, TileEngineOptions? engine, TileServingOptions serving)
    {
        services.TryAddSingleton<CallerDatabase>();
        services.AddSingleton<TileQuery>(provider => new(provider.GetRequiredService<CallerDatabase>())).AddSingleton<LiveLayers>().AddSingleton(serving);
        return engine is null ? services : services.AddTileEngine(engine);
    }
}
