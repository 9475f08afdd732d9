using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Tiling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CityOps.Gis.Tiles.Serving;

/// <summary>
/// Vector tiles over HTTP, all under <c>/tiles</c>. Needs <see cref="LayerCatalog"/>, <see cref="CallerDatabase"/> and <see cref="TileQuery"/> as services;
/// <see cref="LiveLayers"/> lets memory answer, <see cref="TileServingOptions"/> sets the cache and CORS, <see cref="TileLimits"/> when tiles hold cells.
/// </summary>
public static class TileEndpoints
{
    public static IEndpointRouteBuilder MapTiles(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        // A host without a follower has no views, so that PostGIS answers everything.
        var live = services.GetService<LiveLayers>() ?? new(services.GetRequiredService<LayerCatalog>());
        var options = services.GetService<TileServingOptions>() ?? new();
        var requests = new TileRequests(live, services.GetRequiredService<LayerCatalog>(), services.GetRequiredService<TileQuery>(), new(services.GetRequiredService<CallerDatabase>()),
            services.GetService<TileCache>() ?? new(options.CacheBytes), services.GetService<TileLimits>() ?? TileLimits.Default, options,
            services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        // One route for all, taken apart by TilePath: the router would make four strings of a tile's address.
        routes.Map("/tiles/{**path}", requests.Answer);
        return routes;
    }
}
