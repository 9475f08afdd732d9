using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CityOps.Gis.Access;
using CityOps.Gis.Detections;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Detections;
using CityOps.Gis.Web.Access;
using CityOps.Gis.Web.Cases;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace CityOps.Gis.Web.Detections;

/// <summary>Detections over HTTP: what recognisers send, what waits, and what people decide. See <c>src/docs/cameras.md</c>.</summary>
public static class DetectionEndpoints
{
    static readonly JsonSerializerOptions s_format = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEndpointRouteBuilder MapDetections(this IEndpointRouteBuilder routes)
    {
        // To send is a permission of its own: a recogniser sends and sees nothing.
        var senders = routes.MapGroup("/api").RequireAuthorization(Permissions.Policy(Permission.SendDetections));
        senders.MapPost("/detections", Take);
        senders.MapPost("/detections/clear", Clear);
        senders.MapPost("/cameras/snapshots", Snapshot);
        var detections = routes.MapGroup("/api/detections");
        detections.MapGet("", List);
        detections.MapGet("/rules", async (DetectionRules rules, CancellationToken cancel) => Results.Json(await rules.All(cancel), s_format));
        detections.MapGet("/{fid:long}", Find);
        detections.MapGet("/{fid:long}/picture", Picture);
        var deciders = routes.MapGroup("/api/detections/{fid:long}").RequireAuthorization(Permissions.Policy(DetectionDesk.Decides));
        deciders.MapPost("/confirm", (long fid, HttpContext context, DetectionDesk desk, DetectionList list, CancellationToken cancel) => Decide(fid, context, list, said => desk.Confirm(fid, said("note"), said("classCode"), cancel), cancel));
        deciders.MapPost("/reject", (long fid, HttpContext context, DetectionDesk desk, DetectionList list, CancellationToken cancel) => Decide(fid, context, list, said => desk.Reject(fid, said("note"), cancel), cancel));
        deciders.MapPost("/gone", (long fid, HttpContext context, DetectionDesk desk, DetectionList list, CancellationToken cancel) => Decide(fid, context, list, said => desk.Check(fid, said("note"), cancel), cancel));
        return routes;
    }

    static Task<IResult> Take(HttpContext context, DetectionIntake intake, CancellationToken cancel) => Sent(context, async () =>
    {
        var form = await CaseForm.Read(context.Request, cancel);
        if (DetectionForm.Read(form) is not { } sent)
            return Problem(StatusCodes.Status400BadRequest, "bad-body", new("须给出 camera、id、kind、at、confidence 和框 x、y、w、h。", "'camera', 'id', 'kind', 'at', 'confidence' and the box 'x', 'y', 'w', 'h' are needed."));
        var (outcome, refusal) = await intake.Take(sent, cancel => DetectionForm.Picture(form, context.Request, cancel), cancel);
        return refusal is null ? Results.Json(outcome, s_format, statusCode: outcome.Outcome == "new" ? StatusCodes.Status201Created : StatusCodes.Status200OK) : Refuse(refusal);
    });

    static Task<IResult> Clear(HttpContext context, DetectionIntake intake, CancellationToken cancel) => Sent(context, async () =>
    {
        var form = await CaseForm.Read(context.Request, cancel);
        if (form["camera"] is not { } camera || form.Time("at") is not { } at)
            return Problem(StatusCodes.Status400BadRequest, "bad-body", new("须给出 camera 和 at。", "'camera' and 'at' are needed."));
        var (scenes, refusal) = await intake.Clear(camera, form["kind"], at, cancel);
        return refusal is null ? Results.Json(new { scenes }, s_format) : Refuse(refusal);
    });

    static Task<IResult> Snapshot(HttpContext context, DetectionIntake intake, CancellationToken cancel) => Sent(context, async () =>
    {
        var form = await CaseForm.Read(context.Request, cancel);
        if (form["camera"] is not { } camera || form.Time("at") is not { } at || await DetectionForm.Picture(form, context.Request, cancel) is not { } picture)
            return Problem(StatusCodes.Status400BadRequest, "bad-body", new("须给出 camera、at 和 picture。", "'camera', 'at' and 'picture' are needed."));
        return await intake.Picture(camera, at, picture, cancel) is { } refusal ? Refuse(refusal) : Results.NoContent();
    });

    static async Task<IResult> List(string? state, string? kind, long? camera, DetectionList list, CancellationToken cancel)
    {
        if (state is not null && DetectionStates.Find(state) is null)
            return Problem(StatusCodes.Status400BadRequest, "bad-state", new($"没有状态“{state}”：waiting、confirmed、rejected 或 gone。", $"There is no state '{state}': waiting, confirmed, rejected or gone."));
        var question = new DetectionQuestion(DetectionStates.Find(state), kind, camera);
        var counts = await list.Counts(question, cancel);
        return Results.Json(new { counts = counts.ToDictionary(one => DetectionStates.Code(one.Key), one => one.Value), dropped = await list.Dropped(cancel), detections = (await list.List(question, cancel)).Select(Told) }, s_format);
    }

    static async Task<IResult> Find(long fid, DetectionList list, CancellationToken cancel) => await list.Find(fid, cancel) is { } scene ? Results.Json(Told(scene), s_format) : NotThere();

    // Only ever shown as the picture it was made into.
    static async Task<IResult> Picture(long fid, bool? last, bool? small, HttpContext context, DetectionList list, CancellationToken cancel)
    {
        if (await list.Picture(fid, last ?? false, small ?? false, cancel) is not { } bytes)
            return NotThere();
        context.Response.Headers.CacheControl = "private, no-cache";
        context.Response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"inline; filename=\"detection-{fid}.jpg\"");
        return Results.Bytes(bytes, "image/jpeg");
    }

    static Task<IResult> Decide(long fid, HttpContext context, DetectionList list, Func<Func<string, string?>, Task<DetectionRefusal?>> decide, CancellationToken cancel) => Sent(context, async () =>
    {
        // Without a body nothing is said beside.
        var form = context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true && context.Request.ContentLength != 0 ? await CaseForm.Read(context.Request, cancel) : null;
        return await decide(name => form?[name]) is { } refusal ? Refuse(refusal) : await Find(fid, list, cancel);
    });

    static async Task<IResult> Sent(HttpContext context, Func<Task<IResult>> work)
    {
        try
        {
            return await work();
        }
        catch (CaseFormException fault)
        {
            return Problem(StatusCodes.Status400BadRequest, fault.Code, fault.Sentence);
        }
        catch (TimeoutException)
        {
            context.Response.Headers.RetryAfter = PhotoTurns.RetrySeconds.ToString(CultureInfo.InvariantCulture);
            return Problem(StatusCodes.Status503ServiceUnavailable, "overloaded", CaseEndpoints.Busy);
        }
    }

    static object Told(SeenScene scene) => new
    {
        scene.Fid, scene.SceneId, scene.Kind, scene.CaseClass, State = DetectionStates.Code(scene.State), scene.FirstSeen, scene.LastSeen, scene.Times, scene.Confidence, scene.Camera, scene.CameraTitle, scene.IsThere, scene.ClearAt,
        scene.CheckedBy, scene.Decided, scene.DecidedBy, scene.Note, scene.CaseFid, scene.CaseNumber, scene.AccuracyMeters, scene.Longitude, scene.Latitude, scene.Grid,
        Pictures = scene.Pictures.Select(picture => new { picture.At, picture.Confidence, picture.Box, picture.Width, picture.Height, Url = $"/api/detections/{scene.Fid}/picture{(picture.IsLast ? "?last=true" : "")}" }),
    };

    static IResult Refuse(DetectionRefusal refusal) => Problem(refusal.Code switch
    {
        "no-such-detection" or "no-such-camera" => StatusCodes.Status404NotFound,
        "somebody-was-faster" => StatusCodes.Status409Conflict,
        "not-allowed" or "outside-scope" => StatusCodes.Status403Forbidden,
        _ => StatusCodes.Status422UnprocessableEntity,
    }, refusal.Code, refusal.Sentence);

    static IResult NotThere() => Problem(StatusCodes.Status404NotFound, "no-such-detection", new("没有这条识别，或不在您的范围内。", "There is no such detection, or it lies outside your scope."));

    static IResult Problem(int status, string code, LocalText sentence)
        => Results.Problem(new ProblemDetails { Status = status, Type = "urn:cityops:" + code, Title = code, Detail = sentence.In(UiLanguage.Current) });
}
