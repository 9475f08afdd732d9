using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CityOps.Gis.Access;
using CityOps.Gis.Layers;
using CityOps.Gis.Patrols;
using CityOps.Gis.PostGis.Patrols;
using CityOps.Gis.Web.Access;
using Microsoft.AspNetCore.Mvc;

namespace CityOps.Gis.Web.Patrols;

/// <summary>Patrols over HTTP: phones send tracks, patrols and notes; attendance, coverage and tracks are read. See <c>src/docs/patrols.md</c>.</summary>
public static class PatrolEndpoints
{
    // Of the areas' colours: less than a fifth, less than half, less than four fifths, more.
    static readonly double[] s_classes = [0.2, 0.5, 0.8];
    static readonly TimeSpan s_usualAge = TimeSpan.FromMinutes(15);
    static readonly JsonSerializerOptions s_format = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEndpointRouteBuilder MapPatrols(this IEndpointRouteBuilder routes)
    {
        var patrols = routes.MapGroup("/api/patrols");
        // Who reports on the street is on patrol.
        var sending = Permissions.Policy(Permission.ReportCases);
        patrols.MapPost("/track", Take).RequireAuthorization(sending);
        patrols.MapPut("/{id:guid}", Put).RequireAuthorization(sending);
        patrols.MapPost("/notes", Note).RequireAuthorization(sending);
        patrols.MapGet("", OfPerson);
        patrols.MapGet("/people", People);
        patrols.MapGet("/grids", Grids);
        patrols.MapGet("/positions", Positions);
        patrols.MapGet("/tracks", Lines);
        patrols.MapGet("/coverage", Coverage);
        return routes;
    }

    static async Task<IResult> Take(HttpRequest request, Tracks tracks, PatrolOptions options, TimeProvider clock, CancellationToken cancel)
    {
        if (Caller.Current.Id is null)
            return Refuse(PatrolFault.NoPerson);
        using var body = await Body(request, cancel);
        var now = clock.GetUtcNow();
        var (fixes, tooOld, fault) = body is null ? ([], 0, PatrolFault.NotJson) : TrackReader.Read(body.RootElement, now, now - options.Kept);
        if (fault is not null)
            return Refuse(fault);
        var stored = fixes.Count == 0 ? 0 : await tracks.Take(fixes, cancel);
        return Results.Json(new { stored, repeated = fixes.Count - stored, tooOld }, s_format);
    }

    static async Task<IResult> Put(Guid id, HttpRequest request, PatrolRecords records, CancellationToken cancel)
    {
        using var body = await Body(request, cancel);
        return body is null || Time(body, "begun") is not { } begun || (Has(body, "ended") && Time(body, "ended") is null)
            ? Refuse(PatrolFault.NoTimes)
            : await records.Put(id, begun, Time(body, "ended"), cancel) is { } fault ? Refuse(fault) : Results.NoContent();
    }

    static async Task<IResult> Note(HttpRequest request, PatrolRecords records, CancellationToken cancel)
    {
        using var body = await Body(request, cancel);
        if (body is null || Text(body, "id") is not { } id || !Guid.TryParse(id, out var number) || Time(body, "at") is not { } at || Degrees(body, "longitude", 180) is not { } longitude || Degrees(body, "latitude", 90) is not { } latitude)
            return Refuse(PatrolFault.BadPoint(1));
        Guid? patrol = Guid.TryParse(Text(body, "patrol"), out var known) ? known : null;
        return await records.Add(number, patrol, new(at, longitude, latitude, null), Text(body, "note") ?? "", cancel) is { } fault ? Refuse(fault) : Results.NoContent();
    }

    static async Task<IResult> OfPerson(string? day, string? person, PatrolRecords records, PatrolWords words, CancellationToken cancel)
    {
        var (whose, which) = (person ?? Caller.Current.Id ?? "", PatrolsAddress.ParseDay(day) ?? words.Today);
        return Results.Json(new { patrols = await records.Of(whose, which, cancel), notes = await records.NotesOf(whose, which, cancel) }, s_format);
    }

    static async Task<IResult> People(string? day, PatrolDays days, PatrolWords words, CancellationToken cancel)
        => Results.Json(await days.People(PatrolsAddress.ParseDay(day) ?? words.Today, cancel), s_format);

    static async Task<IResult> Grids(string? day, string? person, PatrolDays days, PatrolWords words, CancellationToken cancel)
        => Results.Json(await days.Grids(PatrolsAddress.ParseDay(day) ?? words.Today, person, cancel), s_format);

    static async Task<IResult> Positions(DateTimeOffset? since, OfficerPositions positions, TimeProvider clock, CancellationToken cancel)
        => Results.Json(await positions.Since(since ?? clock.GetUtcNow() - s_usualAge, cancel: cancel), s_format);

    static async Task<IResult> Lines(string? day, string person, Tracks tracks, PatrolRecords records, PatrolWords words, CancellationToken cancel)
    {
        var which = PatrolsAddress.ParseDay(day) ?? words.Today;
        var (lines, notes) = (await tracks.Of(person, which, cancel), await records.NotesOf(person, which, cancel));
        return Features([
            .. lines.Index().Select(one => Feature($"track-{one.Index}", one.Item.Line, $"{words.Time(one.Item.From)}–{words.Time(one.Item.To)}", "track")),
            .. notes.Select(note => Feature(note.Id.ToString(), JsonSerializer.Serialize(new { type = "Point", coordinates = new[] { note.Longitude, note.Latitude } }), note.Note, "note"))]);
    }

    static async Task<IResult> Coverage(string? day, string? person, PatrolDays days, PatrolWords words, CancellationToken cancel)
        => Features([.. (await days.Outlines(PatrolsAddress.ParseDay(day) ?? words.Today, person, cancel)).Select(grid => Feature(grid.Code, grid.Outline, PatrolWords.Share(grid.Share), ClassOf(grid.Share)))]);

    /// <summary>Which colour a share has: <c>none</c>, or the number of its class from 0 on.</summary>
    internal static string ClassOf(double share) => share <= 0 ? "none" : s_classes.Count(limit => share >= limit).ToString(System.Globalization.CultureInfo.InvariantCulture);

    static IResult Features(object[] features) => Results.Json(new { type = "FeatureCollection", features }, s_format, "application/geo+json");

    static object Feature(string id, string geometry, string label, string kind) => new { type = "Feature", id, geometry = JsonNode.Parse(geometry), properties = new { label, kind } };

    static async Task<JsonDocument?> Body(HttpRequest request, CancellationToken cancel)
    {
        try
        {
            var body = await JsonDocument.ParseAsync(request.Body, cancellationToken: cancel);
            return body.RootElement.ValueKind == JsonValueKind.Object ? body : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static bool Has(JsonDocument body, string name) => body.RootElement.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    static string? Text(JsonDocument body, string name) => body.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    static DateTimeOffset? Time(JsonDocument body, string name)
        => body.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out var time) ? time : null;

    static double? Degrees(JsonDocument body, string name, double most)
        => body.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var degrees) && Math.Abs(degrees) <= most ? degrees : null;

    static IResult Refuse(PatrolFault fault) => Problem(fault.Code switch
    {
        "not-json" => StatusCodes.Status400BadRequest,
        "not-allowed" or "not-yours" => StatusCodes.Status403Forbidden,
        _ => StatusCodes.Status422UnprocessableEntity,
    }, fault.Code, fault.Sentence);

    static IResult Problem(int status, string code, LocalText sentence)
        => Results.Problem(new ProblemDetails { Status = status, Type = "urn:cityops:" + code, Title = code, Detail = sentence.In(UiLanguage.Current) });
}
