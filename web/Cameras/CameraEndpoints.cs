using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CityOps.Gis.Access;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Cameras;
using CityOps.Gis.Web.Access;
using CityOps.Gis.Web.Pages;
using Microsoft.AspNetCore.Mvc;

namespace CityOps.Gis.Web.Cameras;

/// <summary>Cameras over HTTP: how they stand, what one sees, which see a place, their pictures and streams. See <c>src/docs/cameras.md</c>.</summary>
public static class CameraEndpoints
{
    const int FirstRows = 20;
    static readonly JsonSerializerOptions s_format = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEndpointRouteBuilder MapCameras(this IEndpointRouteBuilder routes)
    {
        var cameras = routes.MapGroup("/api/cameras");
        cameras.MapGet("", Now);
        cameras.MapGet("/seeing", Seeing);
        cameras.MapGet("/{fid:long}", async (long fid, CameraList list, CancellationToken cancel) => await list.Find(fid, cancel) is { } camera ? Results.Json(Told(camera), s_format) : NotThere());
        cameras.MapGet("/{fid:long}/sees", Sees);
        cameras.MapGet("/{fid:long}/snapshot", Snapshot).RequireAuthorization(Permissions.Policy(Permission.WatchCameras));
        cameras.MapGet("/{fid:long}/stream/{**path}", Stream).RequireAuthorization(Permissions.Policy(Permission.WatchCameras));
        return routes;
    }

    static async Task<IResult> Now(string? state, string? q, int? page, CameraList list, CancellationToken cancel)
    {
        var question = new CameraQuestion(state, q);
        return Results.Json(new { counts = await list.Counts(question, cancel), pageSize = CameraList.PageSize, cameras = (await list.Page(question, page ?? 0, cancel)).Select(Told) }, s_format);
    }

    static async Task<IResult> Seeing(double? lon, double? lat, CameraSight sight, CancellationToken cancel)
    {
        if (lon is not (>= -180 and <= 180 and var longitude) || lat is not (>= -85 and <= 85 and var latitude))
            return Problem(StatusCodes.Status400BadRequest, "bad-place", new("须给出 lon 和 lat（度）。", "'lon' and 'lat' in degrees are needed."));
        var (count, first) = await sight.Seeing(longitude, latitude, cancel: cancel);
        return Results.Json(new { count, cameras = first.Select(one => new { one.Fid, one.CameraId, one.Name, one.State, Meters = Math.Round(one.Meters, 1), Bearing = Math.Round(one.Bearing, 1) }) }, s_format);
    }

    static async Task<IResult> Sees(long fid, CameraList list, CameraSight sight, LayerCatalog catalog, FieldText values, CancellationToken cancel)
    {
        if (await list.Find(fid, cancel) is not { } camera)
            return NotThere();
        if (camera.View is not { } view)
            return Problem(StatusCodes.Status409Conflict, "view-unknown", new("该摄像头没有填写朝向、视场角和可视距离。", "The camera's direction, field of view and range are not filled in."));
        var seen = new List<object>();
        foreach (var layer in LayersOf(catalog))
            if (await sight.Sees(view, fid, layer, FirstRows, cancel) is { Found.Count: > 0 } one)
                seen.Add(new { layer = layer.Id, one.Found.Count, first = one.Found.First.Select(found => new { found.Feature.Fid, Title = values.TitleOf(layer, found.Feature), Meters = found.Meters is { } meters ? Math.Round(meters, 1) : (double?)null }) });
        return Results.Json(new { camera = Told(camera), sector = new { type = "Polygon", coordinates = new[] { sight.SectorOf(view).ExteriorRing.Coordinates.Select(corner => new[] { Math.Round(corner.X, 8), Math.Round(corner.Y, 8) }) } }, layers = seen }, s_format);
    }

    /// <summary>Layers of things that a camera can see: those that the map asks its questions of.</summary>
    internal static IEnumerable<LayerDefinition> LayersOf(LayerCatalog catalog) => catalog.Layers.Where(layer => layer.Geometry != GeometryKind.None && MapQuestion.Concerns(layer));

    static async Task<IResult> Snapshot(long fid, bool? small, HttpContext context, CameraSnapshots snapshots, CancellationToken cancel)
    {
        if (await snapshots.Find(fid, small ?? false, cancel) is not { } bytes)
            return Problem(StatusCodes.Status404NotFound, "no-such-picture", new("没有这张画面，或不在您的范围内。", "There is no such picture, or it lies outside your scope."));
        context.Response.Headers.CacheControl = "private, no-cache";
        context.Response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"inline; filename=\"camera-{fid}.jpg\"");
        return Results.Bytes(bytes, "image/jpeg");
    }

    static async Task<IResult> Stream(long fid, string? path, HttpContext context, CameraList list, CameraStreams streams, WatchLog log)
    {
        if (await list.Find(fid, context.RequestAborted) is not { } camera)
            return NotThere();
        if (camera.IsPlayable)
            await log.Note(fid, context.RequestAborted);
        return await streams.Part(camera, path ?? "", context);
    }

    static object Told(CameraNow camera) => new
    {
        camera.Fid, camera.CameraId, camera.Name, camera.State, Longitude = Degrees(camera.Longitude), Latitude = Degrees(camera.Latitude), camera.View?.Direction, FieldOfView = camera.View?.Opening, Range = camera.View?.RangeMeters,
        Height = camera.Mount?.HeightMeters, Tilt = camera.Mount?.TiltDegrees, camera.Department, camera.Grid,
        // Where it comes from is the server's affair.
        Stream = camera.IsPlayable ? $"/api/cameras/{camera.Fid}/stream/" : null, Snapshot = camera.Pictured is null ? null : $"/api/cameras/{camera.Fid}/snapshot", camera.Pictured,
    };

    static double? Degrees(double value) => double.IsNaN(value) ? null : value;

    static IResult NotThere() => Problem(StatusCodes.Status404NotFound, "no-such-camera", new("没有这个摄像头，或不在您的范围内。", "There is no such camera, or it lies outside your scope."));

    static IResult Problem(int status, string code, LocalText sentence)
        => Results.Problem(new ProblemDetails { Status = status, Type = "urn:cityops:" + code, Title = code, Detail = sentence.In(UiLanguage.Current) });
}
