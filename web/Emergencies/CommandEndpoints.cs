using System.Text.Encodings.Web;
using System.Text.Json;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Emergencies;
using CityOps.Gis.Web.Cases;
using Microsoft.AspNetCore.Mvc;

namespace CityOps.Gis.Web.Emergencies;

/// <summary>The area of an emergency, which the map shows with what lies outside of it dimmed, the officers who are in it, and the tasks that wait for the caller with their answers.</summary>
public static class CommandEndpoints
{
    static readonly JsonSerializerOptions s_format = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEndpointRouteBuilder MapCommand(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/command/{id:long}/area", Area);
        routes.MapGet("/api/command/{id:long}/officers", Officers);
        routes.MapGet("/api/command/tasks", async (EmergencyList emergencies, CancellationToken cancel) => Results.Json((await emergencies.Mine(cancel)).Select(Told), s_format));
        routes.MapPost("/api/command/{id:long}/tasks/{number:int}/answer", Answer);
        return routes;
    }

    /// <summary>A task as it is told to who answers it.</summary>
    internal static object Told(EmergencyDuty duty) => new { duty.Emergency, duty.Title, duty.Task.Number, duty.Task.Said, duty.Task.At, duty.Task.Who, To = duty.Task.To.Name, duty.Task.State };

    static Task<IResult> Answer(long id, int number, HttpContext context, CommandDesk desk, EmergencyList emergencies, CancellationToken cancel) => CaseEndpoints.Sent(context, async () =>
    {
        var form = await CaseForm.Read(context.Request, cancel);
        if (form["state"] is not ("taken" or "done") || form["state"] is not { } state)
            return Problem(StatusCodes.Status400BadRequest, "bad-state", new("state 须为 taken（接收）或 done（完成）。", "'state' is taken or done."));
        if ((await emergencies.Tasks(id, cancel)).FirstOrDefault(task => task.Number == number) is not { } task)
            return Problem(StatusCodes.Status404NotFound, "no-such-task", new("没有这项应急任务，或与您无关。", "There is no such task of an emergency, or you have nothing to do with it."));
        return (await desk.Answer(id, task, state, form["said"], cancel)).Refusal is not { } refusal ? Results.Json(new { Emergency = id, number, state }, s_format)
            : Problem(refusal.Code switch { "not-allowed" => StatusCodes.Status403Forbidden, "is-over" => StatusCodes.Status409Conflict, "no-such-emergency" => StatusCodes.Status404NotFound, _ => StatusCodes.Status422UnprocessableEntity }, refusal.Code, refusal.Sentence);
    });

    static IResult Problem(int status, string code, LocalText sentence)
        => Results.Problem(new ProblemDetails { Status = status, Type = "urn:cityops:" + code, Title = code, Detail = sentence.In(UiLanguage.Current) });

    static async Task<IResult> Area(long id, EmergencyList emergencies, CancellationToken cancel)
        => await emergencies.Outline(id, cancel) is { } outline
            ? Results.Json(new { type = "Feature", id, properties = new { }, geometry = JsonDocument.Parse(outline).RootElement }, contentType: "application/geo+json")
            : Results.NotFound();

    static async Task<IResult> Officers(long id, EmergencyList emergencies, OfficersThere there, CancellationToken cancel)
        => await emergencies.Area(id, cancel) is { } area
            ? Results.Json(new
            {
                type = "FeatureCollection",
                features = (await there.Within(area, cancel)).Select(one => new
                {
                    type = "Feature", id = one.PersonId, geometry = new { type = "Point", coordinates = new[] { one.Longitude, one.Latitude } }, properties = new { name = one.Name },
                }),
            }, contentType: "application/geo+json")
            : Results.NotFound();
}
