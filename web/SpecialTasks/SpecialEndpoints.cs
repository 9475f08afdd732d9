using System.Globalization;
using System.Text.Json;
using CityOps.Gis.PostGis.SpecialTasks;

namespace CityOps.Gis.Web.SpecialTasks;

/// <summary>What the map of a special task draws, and the photos of its ticks.</summary>
public static class SpecialEndpoints
{
    public static IEndpointRouteBuilder MapSpecialTasks(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/special-tasks/{id:long}/grids", Grids);
        routes.MapGet("/api/special-tasks/photos/{id:guid}", Photo);
        return routes;
    }

    static async Task<IResult> Grids(long id, SpecialTaskList tasks, TimeProvider clock, CancellationToken cancel)
    {
        if (await tasks.Find(id, cancel) is not { } task)
            return Results.NotFound();
        var isOver = clock.GetUtcNow() > task.Ends;
        var features = (await tasks.Outlines(id, cancel)).Select(one => new
        {
            type = "Feature", id = one.Code, geometry = JsonDocument.Parse(one.Outline).RootElement,
            properties = new { state = one.Progress.Code(isOver), title = string.Create(CultureInfo.InvariantCulture, $"{one.Progress.Ticked}/{one.Progress.Items}") },
        });
        return Results.Json(new { type = "FeatureCollection", features }, contentType: "application/geo+json");
    }

    static async Task<IResult> Photo(Guid id, bool? small, HttpContext context, SpecialTaskList tasks, CancellationToken cancel)
    {
        if (await tasks.Photo(id, small ?? false, cancel) is not { } bytes)
            return Results.NotFound();
        context.Response.Headers.CacheControl = "private, max-age=86400";
        context.Response.Headers.ContentDisposition = $"inline; filename=\"{id}.jpg\"";
        return Results.Bytes(bytes, "image/jpeg");
    }
}
