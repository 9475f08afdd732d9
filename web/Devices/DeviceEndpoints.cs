using System.Text.Encodings.Web;
using System.Text.Json;
using CityOps.Gis.Access;
using CityOps.Gis.Devices;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Devices;
using CityOps.Gis.Web.Access;
using Microsoft.AspNetCore.Mvc;

namespace CityOps.Gis.Web.Devices;

/// <summary>Devices over HTTP: what they send, how they stand now, what they measured, their alarms. See <c>src/docs/devices.md</c>.</summary>
public static class DeviceEndpoints
{
    const int UsualReadings = 1_000, UsualSteps = 240;
    static readonly TimeSpan s_day = TimeSpan.FromDays(1);
    static readonly JsonSerializerOptions s_format = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEndpointRouteBuilder MapDevices(this IEndpointRouteBuilder routes)
    {
        var devices = routes.MapGroup("/api/devices");
        devices.MapGet("", Now);
        devices.MapGet("/kinds", (DeviceKinds kinds) => Results.Json(kinds.All.Select(Told), s_format));
        devices.MapGet("/alarms", Alarms);
        devices.MapPost("/alarms/{id:long}/acknowledge", Acknowledge).RequireAuthorization(Permissions.Policy(DeviceAlarms.Acknowledges));
        devices.MapPost("/readings/{deviceId}", Take).RequireAuthorization(Permissions.Policy(Permission.SendReadings));
        devices.MapGet("/{fid:long}", Find);
        devices.MapGet("/{fid:long}/readings", Readings);
        devices.MapGet("/{fid:long}/curve", Curve);
        return routes;
    }

    static async Task<IResult> Now(string? state, string? kind, string? area, string? q, int? page, DeviceList list, CancellationToken cancel)
    {
        if (state is not null && DeviceStates.Find(state) is null)
            return Problem(StatusCodes.Status400BadRequest, "bad-state", new($"没有状态“{state}”：online、offline 或 alarm。", $"There is no state '{state}': online, offline or alarm."));
        if (area is not null && PostGis.SpineTree.LayerOf(area) is null)
            return Problem(StatusCodes.Status400BadRequest, "bad-area", new($"“{area}”不是区、街道、社区或单元网格的代码。", $"'{area}' is no code of a district, subdistrict, community or unit grid."));
        var question = new DeviceQuestion(DeviceStates.Find(state), kind, area, q);
        var (counts, found) = (await list.Counts(question, cancel), await list.Page(question, page ?? 0, cancel));
        return Results.Json(new { counts = new { online = Of(counts, "online"), offline = Of(counts, "offline"), alarm = Of(counts, "alarm"), neverReported = Of(counts, "") }, pageSize = DeviceList.PageSize, devices = found.Select(Told) }, s_format);
    }

    static async Task<IResult> Find(long fid, DeviceList list, CancellationToken cancel) => await list.Find(fid, cancel) is { } device ? Results.Json(Told(device), s_format) : NotThere();

    static async Task<IResult> Readings(long fid, DateTimeOffset? from, DateTimeOffset? to, int? limit, DeviceList list, DeviceHistory history, TimeProvider clock, CancellationToken cancel)
        => await list.Find(fid, cancel) is null ? NotThere()
            : Results.Json(await history.Of(fid, from ?? clock.GetUtcNow() - s_day, to ?? clock.GetUtcNow() + s_day, limit ?? UsualReadings, cancel), s_format);

    static async Task<IResult> Curve(long fid, string quantity, DateTimeOffset? from, DateTimeOffset? to, int? steps, DeviceList list, DeviceHistory history, TimeProvider clock, CancellationToken cancel)
    {
        if (await list.Find(fid, cancel) is null)
            return NotThere();
        var curve = await history.Curve(fid, quantity, from ?? clock.GetUtcNow() - s_day, to ?? clock.GetUtcNow(), Math.Clamp(steps ?? UsualSteps, 1, DeviceHistory.Most), cancel);
        return Results.Json(new { stepSeconds = curve.Step.TotalSeconds, curve.Steps }, s_format);
    }

    static async Task<IResult> Alarms(bool? open, long? device, DeviceAlarms alarms, CancellationToken cancel) => Results.Json(await alarms.List(open, device, cancel: cancel), s_format);

    static async Task<IResult> Acknowledge(long id, HttpRequest request, DeviceAlarms alarms, CancellationToken cancel)
    {
        var (note, isRead) = await NoteOf(request, cancel);
        return !isRead ? Problem(StatusCodes.Status400BadRequest, "bad-body", new("正文应为空，或 JSON 对象 {\"note\": \"…\"}。", "The body is empty, or a JSON object {\"note\": \"…\"}."))
            : await alarms.Acknowledge(id, note, cancel) ? Results.NoContent()
            : Problem(StatusCodes.Status404NotFound, "no-such-alarm", new("没有这个待确认的报警，或不在您的范围内。", "There is no such alarm that waits, or it lies outside your scope."));
    }

    static async Task<(string? Note, bool IsRead)> NoteOf(HttpRequest request, CancellationToken cancel)
    {
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync(cancel);
        if (string.IsNullOrWhiteSpace(body))
            return (null, true);
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement is { ValueKind: JsonValueKind.Object } said && (!said.TryGetProperty("note", out var note) || note.ValueKind is JsonValueKind.String or JsonValueKind.Null)
                ? (said.TryGetProperty("note", out note) ? note.GetString() : null, true) : (null, false);
        }
        catch (JsonException)
        {
            return (null, false);
        }
    }

    static async Task<IResult> Take(string deviceId, HttpRequest request, DeviceIntake intake, CancellationToken cancel)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancel);
        var outcome = await intake.Take(Caller.Current, deviceId, body.GetBuffer().AsMemory(0, (int)body.Length), cancel);
        return outcome.Fault is not { } fault ? Results.Json(new { outcome.Stored, outcome.Repeated }, s_format) : Problem(fault.Code switch
        {
            "no-such-device" => StatusCodes.Status404NotFound,
            "not-allowed" => StatusCodes.Status403Forbidden,
            "not-json" => StatusCodes.Status400BadRequest,
            _ => StatusCodes.Status422UnprocessableEntity,
        }, fault.Code, fault.Sentence);
    }

    static long Of(IReadOnlyDictionary<string, long> counts, string state) => counts.GetValueOrDefault(state);

    static object Told(DeviceNow device) => new
    {
        device.Fid, device.DeviceId, device.Name, device.Kind, State = device.State is { } state ? DeviceStates.Code(state) : null, device.Since, device.Seen, device.Measured, device.IsOnline, device.Readings,
        device.Grid, device.District, Longitude = Degrees(device.Longitude), Latitude = Degrees(device.Latitude),
    };

    static double? Degrees(double value) => double.IsNaN(value) ? null : value;

    static object Told(DeviceKind kind) => new
    {
        kind.Kind, kind.QuietMinutes, Quantities = kind.Quantities.Select(quantity => new
        {
            quantity.Name, Title = quantity.Title.In(UiLanguage.Current), quantity.Unit,
            Alarms = quantity.Alarms.Select(rule => new { rule.Id, Title = rule.Title.In(UiLanguage.Current), When = rule.When == AlarmSide.Above ? "above" : "below", rule.Raise, rule.Clear, rule.From, rule.To, rule.CaseClass, rule.Source }),
        }),
    };

    static IResult NotThere() => Problem(StatusCodes.Status404NotFound, "no-such-device", new("没有这台设备，或不在您的范围内。", "There is no such device, or it lies outside your scope."));

    static IResult Problem(int status, string code, LocalText sentence)
        => Results.Problem(new ProblemDetails { Status = status, Type = "urn:cityops:" + code, Title = code, Detail = sentence.In(UiLanguage.Current) });
}
