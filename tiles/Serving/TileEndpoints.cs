using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Tiling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CityOps.Gis.Tiles.Serving;

/// <summary>
/// Vector tiles over HTTP, all under <c>/tiles</c>. Needs <see cref="LayerCatalog"/> and <see cref="TileQuery"/> as services; <see cref="LiveLayers"/> lets
/// memory answer, <see cref="TileServingOptions"/> sets the cache and CORS.
/// </summary>
public static class TileEndpoints
{
    public static IEndpointRouteBuilder MapTiles(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        // A host without a follower has no views, so that PostGIS answers everything.
        var live = services.GetService<LiveLayers>() ?? new(services.GetRequiredService<LayerCatalog>());
        var options = services.GetService<TileServingOptions>() ?? new();
        var cache = services.GetService<TileCache>() ?? new(options.CacheBytes);
        // One route for all, taken apart by TilePath: the router would make four strings of a tile's address.
        routes.Map("/tiles/{**path}", new TileRequests(live, new(services.GetRequiredService<TileQuery>(), services.GetService<TileLimits>()), cache, options).Answer);
        return routes;
    }
}
