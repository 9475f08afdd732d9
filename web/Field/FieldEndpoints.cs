using System.Text.Encodings.Web;
using System.Text.Json;
using CityOps.Gis.Access;
using CityOps.Gis.Cases;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Access;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.PostGis.Emergencies;
using CityOps.Gis.PostGis.Field;
using CityOps.Gis.Web.Cases;
using CityOps.Gis.Web.Emergencies;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CityOps.Gis.Web.Field;

/// <summary>
/// The page for phones, <c>/field</c>: a document of its own without a circuit, which works while there is no network. What it sends goes to the endpoints of cases and patrols; here is what it
/// takes along. See <c>src/docs/field.md</c>.
/// </summary>
public static class FieldEndpoints
{
    /// <summary>Edition whose matters are offered, as on the page of reports.</summary>
    const string Edition = "gbt47678.5-2026";

    // What a phone asks for besides would have to be looked up: whom a case is dispatched to.
    const CaseNeeds Askable = CaseNeeds.Note | CaseNeeds.Photo | CaseNeeds.Delay;
    static readonly JsonSerializerOptions s_format = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IServiceCollection AddField(this IServiceCollection services) => services.AddSingleton<FieldTasks>();

    public static IEndpointRouteBuilder MapField(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(FieldPage.Path, () => new RazorComponentResult<FieldPage>());
        routes.MapGet("/api/field/me", () => Results.Json(Me(), s_format));
        routes.MapGet("/api/field/start", Start);
        return routes;
    }

    static async Task<IResult> Start(CaseTasks tasks, FieldTasks field, EmergencyList emergencies, CaseWords words, LayerCatalog catalog, CredentialNotices notices, TimeProvider clock, CancellationToken cancel)
    {
        var (all, whole) = await tasks.Of(cancel);
        // A part of a case is answered at a desk.
        var list = all.Where(task => task.Part is null).ToList();
        var count = whole - (all.Count - list.Count);
        var seen = await field.Of(list.Select(task => task.Fid), cancel);
        var isChanged = Guid.TryParse(Caller.Current.Id, out var person) && (await notices.Open(person, 1, cancel)).Count > 0;
        return Results.Json(new
        {
            person = Me(), signInChanged = isChanged, at = clock.GetUtcNow(), mayReport = Caller.Current.May(Permission.ReportCases), maySelfHandle = Caller.Current.May(Permission.InspectCases),
            classes = Classes(catalog), moves = CaseMoves.All.Where(IsOffered).Select(move => Told(move, words)), stages = Enum.GetValues<CaseStage>().ToDictionary(CaseCodes.Of, words.Of),
            orders = (await emergencies.Mine(cancel)).Select(CommandEndpoints.Told),
            count, tasks = list.DistinctBy(task => task.Fid).Select(task => Told(task, seen.GetValueOrDefault(task.Fid), words)),
        }, s_format);
    }

    static object Me() => new { id = Caller.Current.Id ?? "", name = Caller.Current.Name };

    static bool IsOffered(CaseMove move) => move.From.Count > 0 && Caller.Current.May(move.Who) && (move.Needs & ~Askable) == CaseNeeds.None;

    static IEnumerable<object> Classes(LayerCatalog catalog)
        => (catalog.Lists.Find("event-classes")?.Entries ?? []).Where(entry => entry.Table == Edition)
            .Select(entry => new { entry.Code, entry.Table, Name = entry.Name.In(UiLanguage.Current), Other = UiLanguage.Current == "zh" ? entry.Name.En : entry.Name.Zh, Major = entry.MajorName?.In(UiLanguage.Current) ?? entry.Major });

    static object Told(CaseMove move, CaseWords words) => new
    {
        move.Id, Name = words.OfMove(move.Id), From = move.From.Select(CaseCodes.Of), To = move.To is { } to ? CaseCodes.Of(to) : null, Opens = Code(move.Opens), Answers = Code(move.Answers), move.Verifies, move.IsDuty, IsOfHandlers = CaseMoves.IsOfHandlers(move.Id),
        Needs = Enum.GetValues<CaseNeeds>().Where(need => need != CaseNeeds.None && move.Needs.HasFlag(need)).Select(CaseCodes.Of),
    };

    static object Told(CaseTask task, SeenMoves seen, CaseWords words) => new
    {
        task.Fid, task.Number, task.Title, Stage = CaseCodes.Of(task.Stage), Request = Code(task.Request), RequestName = task.Request is { } request ? words.Of(request) : null, task.Address, Department = task.DepartmentName,
        task.OccurredAt, task.Deadline, task.Warning, task.Longitude, task.Latitude, Moves = seen.Last, seen.HasHandled,
    };

    static string? Code(CaseRequest? request) => request is { } one ? CaseCodes.Of(one) : null;
}
