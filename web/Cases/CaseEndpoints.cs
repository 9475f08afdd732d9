using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CityOps.Gis.Access;
using CityOps.Gis.Cases;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.Tiles.Serving;
using CityOps.Gis.Web.Access;
using Microsoft.AspNetCore.Mvc;

namespace CityOps.Gis.Web.Cases;

/// <summary>Cases over HTTP: report them, move them, read what happened to them, and see which wait for the caller. See <c>src/docs/cases.md</c>.</summary>
public static class CaseEndpoints
{
    static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEndpointRouteBuilder MapCases(this IEndpointRouteBuilder routes)
    {
        // To report is a permission of its own: a device may do it that reads nothing.
        routes.MapPost("/api/cases", Report).RequireAuthorization(Permissions.Policy(Permission.ReportCases));
        var cases = routes.MapGroup("/api/cases").AddEndpointFilter(Readers);
        cases.MapGet("/rules", () => Results.Json(CaseMoves.All.Select(Told), Format));
        cases.MapGet("/tasks", Tasks);
        cases.MapGet("/tasks/places", Places);
        cases.MapGet("/board", Board);
        cases.MapGet("/board/places", BoardPlaces);
        cases.MapGet("/duplicates", Duplicates);
        cases.MapGet("/photos/{id:guid}", Photo);
        cases.MapGet("/{fid:long}", Find);
        cases.MapGet("/{fid:long}/moves", Moves);
        cases.MapPost("/{fid:long}/moves", Move);
        cases.MapGet("/{fid:long}/parts", Parts);
        cases.MapPost("/{fid:long}/parts", Call);
        cases.MapPost("/{fid:long}/parts/{number:int}/steps", Step);
        return routes;
    }

    static ValueTask<object?> Readers(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
        => context.HttpContext.RequestServices.GetRequiredService<LayerCatalog>().Find(CaseTables.LayerId) is null
            ? ValueTask.FromResult<object?>(Problem(StatusCodes.Status404NotFound, "no-such-layer", TileRefusal.NoSuchLayer(CaseTables.LayerId).Text))
            : next(context);

    static Task<IResult> Report(HttpContext context, CaseIntake intake, PhotoTurns turns, CancellationToken cancel) => Sent(context, async () =>
    {
        var form = await CaseForm.Read(context.Request, cancel);
        var report = new CaseReport(form["classCode"] ?? "", form["note"] ?? "")
        {
            ClassTable = form["classTable"], ComponentCode = form["componentCode"], Title = form["title"], Address = form["address"], Source = form["source"] ?? "collector",
            Place = form.Number("longitude") is { } longitude && form.Number("latitude") is { } latitude ? (longitude, latitude) : null,
            OccurredAt = form.Time("occurredAt"), Token = form.Token("token"),
        };
        if (intake.Refusal(report, form.PhotoCount) is { } refusal)
            return Refuse(refusal);
        var outcome = await intake.Report(report with { Photos = await form.Photos(turns, cancel) }, cancel);
        return outcome.IsDone ? Results.Json(Told(outcome.State), Format, statusCode: StatusCodes.Status201Created) : Refuse(outcome.Refusal!);
    });

    static Task<IResult> Move(long fid, HttpContext context, CaseDesk desk, PhotoTurns turns, CancellationToken cancel) => Sent(context, async () =>
    {
        var form = await CaseForm.Read(context.Request, cancel);
        if (form["move"] is not { } move || form.Number("after") is not { } after)
            return Problem(StatusCodes.Status400BadRequest, "bad-body", new("须给出 move 和 after（所见最后一次流转的序号）。", "'move' and 'after' (the number of the last move that was seen) are needed."));
        var order = new CaseOrder(move, (int)after) { Note = form["note"], Department = form["department"], DelayMinutes = (int?)form.Number("delayMinutes"), Token = form.Token("token") };
        if (await desk.Refusal(fid, order, form.PhotoCount, cancel) is { } refusal)
            return Refuse(refusal);
        var outcome = await desk.Move(fid, order with { Photos = await form.Photos(turns, cancel) }, cancel);
        return outcome.IsDone ? Results.Json(Told(outcome.State), Format) : Refuse(outcome.Refusal!);
    });

    static async Task<IResult> Find(long fid, CaseHistory history, CancellationToken cancel)
        => await history.Find(fid, cancel) is { } state ? Results.Json(Told(state), Format) : Problem(StatusCodes.Status404NotFound, "no-such-case", Missing);

    static async Task<IResult> Moves(long fid, CaseHistory history, CancellationToken cancel)
        => await history.Find(fid, cancel) is null
            ? Problem(StatusCodes.Status404NotFound, "no-such-case", Missing)
            : Results.Json((await history.Of(fid, cancel)).Select(move => new
            {
                move.Number, move.At, move.Move, From = move.From is { } from ? CaseCodes.Of(from) : null, To = CaseCodes.Of(move.To), move.Who, move.Note, move.Department, move.DelayMinutes,
                Request = Code(move.Request), Deadline = move.Deadlines.Handling, StageDeadline = move.Deadlines.Stage, Photos = move.Photos.Select(photo => new { photo.Id, photo.Width, photo.Height, Url = $"/api/cases/photos/{photo.Id}" }),
            }), Format);

    static async Task<IResult> Tasks(CaseTasks tasks, TimeProvider clock, CancellationToken cancel)
    {
        var (list, count) = await tasks.Of(cancel);
        return Results.Json(new
        {
            count,
            tasks = list.Select(task => new
            {
                task.Fid, task.Number, task.Title, Stage = CaseCodes.Of(task.Stage), Request = Code(task.Request), task.Address, Department = task.DepartmentName, task.OccurredAt, StageDeadline = task.Deadline,
                Urgency = CaseCodes.Of(task.Urgency(clock.GetUtcNow())), task.Longitude, task.Latitude, Part = task.Part is { } part ? new { part.Number, part.Asked, State = CaseCodes.Of(part.State) } : null,
            }),
        }, Format);
    }

    static async Task<IResult> Places(CaseTasks tasks, TimeProvider clock, CancellationToken cancel)
    {
        var (list, _) = await tasks.Of(cancel);
        return Results.Json(new
        {
            type = "FeatureCollection",
            features = list.Select(task => Spot(task.Fid, task.Title, task.Urgency(clock.GetUtcNow()), task.Longitude, task.Latitude)),
        }, Format, "application/geo+json");
    }

    static async Task<IResult> Board(HttpRequest request, int? page, CaseBoard board, TimeProvider clock, CancellationToken cancel)
    {
        var (question, now) = (QuestionOf(request), clock.GetUtcNow());
        var (counts, found) = (await board.Counts(question, now, cancel), await board.Page(question, page ?? 0, now, cancel));
        return Results.Json(new
        {
            count = counts.Total, pageSize = CaseBoard.PageSize,
            stages = counts.Stages.ToDictionary(one => CaseCodes.Of(one.Key), one => one.Value), urgencies = counts.Urgencies.ToDictionary(one => CaseCodes.Of(one.Key), one => one.Value),
            cases = found.Select(one => new
            {
                one.Fid, one.Task.Number, one.Task.Title, Stage = CaseCodes.Of(one.Task.Stage), Request = Code(one.Task.Request), one.ClassCode, one.Department, one.LikelyDepartment, one.Task.Address, one.Task.OccurredAt,
                StageDeadline = one.Task.Deadline, Urgency = CaseCodes.Of(one.Task.Urgency(now)), one.Moves, one.OpenParts, one.Task.Longitude, one.Task.Latitude,
            }),
        }, Format);
    }

    static async Task<IResult> BoardPlaces(HttpRequest request, CaseBoard board, TimeProvider clock, CancellationToken cancel)
        => Results.Json(new
        {
            type = "FeatureCollection",
            features = (await board.Places(QuestionOf(request), clock.GetUtcNow(), cancel)).Select(one => Spot(one.Fid, one.Title, one.Urgency, one.Longitude, one.Latitude)),
        }, Format, "application/geo+json");

    static BoardQuestion QuestionOf(HttpRequest request) => BoardAddress.QuestionOf(name => request.Query[name].ToString() is { Length: > 0 } text ? text : null);

    static object Spot(long fid, string? title, CaseUrgency urgency, double longitude, double latitude) => new
    {
        type = "Feature", id = fid.ToString(CultureInfo.InvariantCulture), geometry = new { type = "Point", coordinates = new[] { longitude, latitude } }, properties = new { title, urgency = CaseCodes.Of(urgency) },
    };

    static async Task<IResult> Parts(long fid, CaseHistory history, CaseParts parts, CancellationToken cancel)
        => await history.Find(fid, cancel) is null ? Problem(StatusCodes.Status404NotFound, "no-such-case", Missing) : Results.Json((await parts.Of(fid, cancel)).Select(Told), Format);

    static Task<IResult> Call(long fid, HttpContext context, CaseParts parts, CancellationToken cancel) => Sent(context, async () =>
    {
        var form = await CaseForm.Read(context.Request, cancel);
        var outcome = await parts.Call(fid, new(form["department"] ?? "", form["asked"] ?? "", (int)(form.Number("workingMinutes") ?? 0)) { Token = form.Token("token") }, cancel);
        return outcome.IsDone ? Results.Json(Told(outcome.Part), Format, statusCode: StatusCodes.Status201Created) : Refuse(outcome.Refusal!);
    });

    static Task<IResult> Step(long fid, int number, HttpContext context, CaseParts parts, CancellationToken cancel) => Sent(context, async () =>
    {
        var form = await CaseForm.Read(context.Request, cancel);
        var outcome = await parts.Step(fid, number, form["step"] ?? "", form["note"], cancel);
        return outcome.IsDone ? Results.Json(Told(outcome.Part), Format) : Refuse(outcome.Refusal!);
    });

    static object Told(CasePart part) => new
    {
        part.Number, part.Department, part.Asked, part.AskedAt, part.Deadline, part.Who, State = CaseCodes.Of(part.State),
        Steps = part.Steps.Select(step => new { step.Number, step.At, step.Step, To = CaseCodes.Of(step.To), step.Who, step.Note }),
    };

    static async Task<IResult> Duplicates(string classCode, double longitude, double latitude, string? componentCode, CaseDuplicates duplicates, CancellationToken cancel)
        => Results.Json((await duplicates.Of(classCode, longitude, latitude, componentCode, cancel))
            .Select(one => new { one.Fid, one.Number, one.Title, Stage = CaseCodes.Of(one.Stage), one.OccurredAt, Meters = Math.Round(one.Meters, 1), one.IsAtComponent }), Format);

    // Never changes, and may be kept by this person's browser; only ever shown as the picture it was made into.
    static async Task<IResult> Photo(Guid id, bool? small, HttpContext context, CaseHistory history, CancellationToken cancel)
    {
        if (await history.Photo(id, small ?? false, cancel) is not { } bytes)
            return Problem(StatusCodes.Status404NotFound, "no-such-photo", new("没有这张照片，或不在您的范围内。", "There is no such photo, or it lies outside your scope."));
        context.Response.Headers.CacheControl = "private, max-age=86400";
        context.Response.Headers.ContentDisposition = $"inline; filename=\"{id}.jpg\"";
        return Results.Bytes(bytes, "image/jpeg");
    }

    internal static async Task<IResult> Sent(HttpContext context, Func<Task<IResult>> work)
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
            return Problem(StatusCodes.Status503ServiceUnavailable, "overloaded", Busy);
        }
    }

    /// <summary>Of a photo whose turn did not come.</summary>
    internal static LocalText Busy => new("正在处理的照片过多，请稍后再试。", "Too many photos are being made; try again in a moment.");

    static LocalText Missing => new("没有这个案件，或不在您的范围内。", "There is no such case, or it lies outside your scope.");

    internal static IResult Refuse(CaseRefusal refusal) => Problem(refusal.Code switch
    {
        "no-such-case" or "no-such-appeal" or "nothing-counted" => StatusCodes.Status404NotFound,
        "somebody-was-faster" or "not-possible" or "parts-open" or "still-seen" or "called-already" or "appealed-already" or "period-kept" => StatusCodes.Status409Conflict,
        "not-allowed" or "four-eyes" or "outside-scope" => StatusCodes.Status403Forbidden,
        _ => StatusCodes.Status422UnprocessableEntity,
    }, refusal.Code, refusal.Sentence, refusal.Field);

    static IResult Problem(int status, string code, LocalText sentence, string? field = null)
    {
        var problem = new ProblemDetails { Status = status, Type = "urn:cityops:" + code, Title = code, Detail = sentence.In(UiLanguage.Current) };
        if (field is not null)
            problem.Extensions["errors"] = new Dictionary<string, string[]> { [field] = [sentence.In(UiLanguage.Current)] };
        return Results.Problem(problem);
    }

    static object Told(CaseState state) => new
    {
        state.Fid, state.Number, state.Title, Stage = CaseCodes.Of(state.Stage), Request = Code(state.Request), state.ClassCode, state.Department, state.OccurredAt,
        Deadline = state.Deadlines.Handling, StageDeadline = state.Deadlines.Stage, StageWarning = state.Deadlines.StageWarning, state.Moves,
        Open = CaseMoves.Open(state.Stage, state.Request, Caller.Current).Select(move => move.Id),
    };

    static object Told(CaseMove move) => new
    {
        move.Id, From = move.From.Select(CaseCodes.Of), To = move.To is { } to ? CaseCodes.Of(to) : null, Who = move.Who.ToString(),
        Needs = Enum.GetValues<CaseNeeds>().Where(need => need != CaseNeeds.None && move.Needs.HasFlag(need)).Select(CaseCodes.Of), Opens = Code(move.Opens), Answers = Code(move.Answers),
    };

    static string? Code(CaseRequest? request) => request is { } one ? CaseCodes.Of(one) : null;
}
