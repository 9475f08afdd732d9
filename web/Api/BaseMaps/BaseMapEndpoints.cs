using CityOps.Gis.Tiling;
using Microsoft.AspNetCore.Mvc;

namespace CityOps.Gis.Web.Api.BaseMaps;

/// <summary><c>/basemaps/{id}/{z}/{x}/{y}</c>: the pictures of configured base maps, so that keys and servers of maps stay with the server.</summary>
public static class BaseMapEndpoints
{
    public static IServiceCollection AddBaseMaps(this IServiceCollection services, BaseMapOptions options)
        => services.AddSingleton(options).AddSingleton<BaseMapTiles>();

    public static IEndpointRouteBuilder MapBaseMaps(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/basemaps/{id}/{z:int}/{x:int}/{y:int}", Tile);
        return routes;
    }

    static async Task<IResult> Tile(string id, int z, int x, int y, HttpContext context, BaseMapTiles tiles, CancellationToken cancel)
    {
        if (tiles.Maps.FirstOrDefault(map => map.Id == id) is not { } map || new TileCoord(z, x, y) is not { IsValid: true } tile)
            return Results.NotFound();
        try
        {
            var picture = tile.Zoom < map.MinZoom || tile.Zoom > map.MaxZoom ? null : await tiles.Fetch(map, tile, cancel);
            context.Response.Headers.CacheControl = "public, max-age=86400";
            return picture is null ? Results.NoContent() : Results.Bytes(picture.Bytes, picture.ContentType);
        }
        catch (TileSourceException fault)
        {
            return Results.Problem(new ProblemDetails { Status = StatusCodes.Status502BadGateway, Type = "urn:cityops:base-map-silent", Title = "base-map-silent", Detail = fault.Message });
        }
    }
}
