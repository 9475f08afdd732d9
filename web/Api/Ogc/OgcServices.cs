using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.Tiles.Serving;
using CityOps.Gis.Web.Api.Ogc.Editing;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CityOps.Gis.Web.Api.Ogc;

/// <summary>Registers what the OGC API needs beside layers, database and tiles.</summary>
public static class OgcServices
{
    public static IServiceCollection AddOgc(this IServiceCollection services, OgcOptions options)
    {
        // One cache for the tiles of /tiles and of /ogc.
        services.TryAddSingleton(provider => new TileCache(provider.GetRequiredService<TileServingOptions>().CacheBytes));
        return services.AddSingleton(options)
            .AddSingleton<FeaturePages>().AddSingleton<ItemPages>().AddSingleton<FeatureCounts>().AddSingleton<CollectionExtents>().AddSingleton<CollectionCounts>()
            .AddSingleton<ItemsEndpoint>().AddSingleton<FeatureEndpoint>()
            .AddSingleton<TileGate>().AddSingleton<FeatureEditor>().AddSingleton<FeatureChecks>();
    }
}
