using System.Globalization;
using CityOps.Gis.Access;
using CityOps.Gis.Cases;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.Web.Access;

namespace CityOps.Gis.Web.Cases.Open311;

/// <summary>
/// Open311 GeoReport v2, by which a citizens' portal is joined on: it brings reports in and asks how they stand. A service is a class of matters, a request a case whose source is the public.
/// Whoever calls needs an API key as everywhere; what citizens say of themselves is not kept.
/// </summary>
public static class Open311Endpoints
{
    const string Format = "{format:regex(^(xml|json)$)}";
    static readonly TimeSpan s_longest = TimeSpan.FromDays(90);

    public static IEndpointRouteBuilder MapOpen311(this IEndpointRouteBuilder routes)
    {
        var open = routes.MapGroup("/open311/v2").RequireAuthorization(Permissions.Policy(Permission.View));
        open.MapGet($"/services.{Format}", Services);
        open.MapGet($"/requests.{Format}", Requests);
        open.MapGet($"/requests/{{number}}.{Format}", Request);
        open.MapPost($"/requests.{Format}", Report).RequireAuthorization(Permissions.Policy(Permission.ReportCases));
        return routes;
    }

    static IResult Services(string format, LayerCatalog catalog) => new Open311Answer("services", "service", [.. Classes(catalog).Select(one => new Dictionary<string, object?>
    {
        ["service_code"] = one.Code, ["service_name"] = one.Name.In(UiLanguage.Current), ["description"] = one.Name.In(UiLanguage.Current), ["metadata"] = false, ["type"] = "realtime", ["keywords"] = "",
        ["group"] = one.MajorName?.In(UiLanguage.Current),
    })]).In(format);

    // GeoReport v2: without numbers of requests a span of at most 90 days.
    static async Task<IResult> Requests(string format, string? service_request_id, string? service_code, string? start_date, string? end_date, string? status, CitizenCases cases, CaseWords words, TimeProvider clock, CancellationToken cancel)
    {
        var ((isStart, from), (isEnd, to)) = (Time(start_date), Time(end_date));
        if (!isStart || !isEnd || status is not (null or "" or "open" or "closed"))
            return Bad(format, new("时间须为 W3C 格式（如 2026-11-26T08:00:00Z），状态为 open 或 closed。", "Times are of the W3C format, as 2026-11-26T08:00:00Z; the status is open or closed."));
        var numbers = Codes(service_request_id);
        if (numbers is null)
        {
            to ??= from + s_longest ?? clock.GetUtcNow();
            from = from is { } begin && to - begin <= s_longest ? begin : to - s_longest;
        }
        bool? isOpen = status switch { "open" => true, "closed" => false, _ => null };
        return Told(await cases.Find(numbers, Codes(service_code), from, to, isOpen, cancel), words).In(format);
    }

    static async Task<IResult> Request(string number, string format, CitizenCases cases, CaseWords words, CancellationToken cancel)
        => await cases.Find([number], null, null, null, null, cancel) is { Count: > 0 } found
            ? Told(found, words).In(format)
            : Open311Answer.Fault(StatusCodes.Status404NotFound, new($"没有编号为“{number}”的诉求。", $"There is no request '{number}'.")).In(format, StatusCodes.Status404NotFound);

    static async Task<IResult> Report(string format, HttpContext context, CaseIntake intake, PhotoTurns turns, LayerCatalog catalog, CancellationToken cancel)
    {
        try
        {
            var form = await CaseForm.Read(context.Request, cancel);
            if (form.Number("lat") is not { } latitude || form.Number("long") is not { } longitude)
                return Bad(format, new("请给出 lat 和 long（度）。", "'lat' and 'long' are needed, in degrees."));
            var kind = Classes(catalog).FirstOrDefault(one => one.Code == form["service_code"]);
            var report = new CaseReport(form["service_code"] ?? "", form["description"] ?? kind?.Name.In(UiLanguage.Current) ?? "")
            {
                ClassTable = kind?.Table, Place = (longitude, latitude), Address = form["address_string"], Source = CitizenCases.Source, Token = form.Token("token"),
            };
            if (intake.Refusal(report, form.PhotoCount) is { } refusal)
                return Bad(format, refusal.Sentence);
            var outcome = await intake.Report(report with { Photos = await form.Photos(turns, cancel) }, cancel);
            return outcome.IsDone
                ? new Open311Answer("service_requests", "request", [new Dictionary<string, object?> { ["service_request_id"] = outcome.State.Number, ["service_notice"] = "", ["account_id"] = null }]).In(format, StatusCodes.Status201Created)
                : Bad(format, outcome.Refusal!.Sentence);
        }
        catch (CaseFormException fault)
        {
            return Bad(format, fault.Sentence);
        }
        catch (TimeoutException)
        {
            context.Response.Headers.RetryAfter = PhotoTurns.RetrySeconds.ToString(CultureInfo.InvariantCulture);
            return Open311Answer.Fault(StatusCodes.Status503ServiceUnavailable, new("正在处理的照片过多，请稍后再试。", "Too many photos are being made; try again in a moment.")).In(format, StatusCodes.Status503ServiceUnavailable);
        }
    }

    static Open311Answer Told(IReadOnlyList<CitizenCase> cases, CaseWords words) => new("service_requests", "request", [.. cases.Select(one => new Dictionary<string, object?>
    {
        ["service_request_id"] = one.Number, ["status"] = one.Stage is CaseStage.Close or CaseStage.Evaluate or CaseStage.Void ? "closed" : "open", ["status_notes"] = words.Of(one.Stage),
        ["service_name"] = words.OfClass(one.ClassCode), ["service_code"] = one.ClassCode, ["description"] = one.Title, ["agency_responsible"] = one.DepartmentName, ["service_notice"] = null,
        ["requested_datetime"] = Text(one.ReportedAt), ["updated_datetime"] = Text(one.ChangedAt), ["expected_datetime"] = Text(one.Deadline), ["address"] = one.Address, ["address_id"] = null, ["zipcode"] = null,
        ["lat"] = one.Latitude, ["long"] = one.Longitude, ["media_url"] = null,
    })]);

    // The edition that new cases are reported in: the first of the list.
    static IEnumerable<CodeEntry> Classes(LayerCatalog catalog)
        => catalog.Lists.Find("event-classes") is { Entries: { Count: > 0 } all } ? all.Where(one => one.Table == all[0].Table && one.Code.Length == all[0].Code.Length) : [];

    static string[]? Codes(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    static (bool IsTime, DateTimeOffset? Time) Time(string? text)
        => string.IsNullOrEmpty(text) ? (true, null) : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? (true, time) : (false, null);

    static string? Text(DateTimeOffset? time) => time?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    static IResult Bad(string format, LocalText sentence) => Open311Answer.Fault(StatusCodes.Status400BadRequest, sentence).In(format, StatusCodes.Status400BadRequest);
}
