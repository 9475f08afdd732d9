using System.Globalization;
using CityOps.Gis.Access;
using CityOps.Gis.Exports;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Exports;
using CityOps.Gis.Web.Access;
using Microsoft.AspNetCore.Mvc;

namespace CityOps.Gis.Web.Api.Exports;

/// <summary>
/// <c>/export/{layer}.{format}</c> with the parameters of a question and of an export; with <c>preview</c>, and by HEAD, it only says how many rows and bytes that would
/// be. <c>/export/records</c> lists what was exported.
/// </summary>
public static class ExportEndpoints
{
    const int MostRecords = 1000;

    public static IServiceCollection AddExports(this IServiceCollection services, ExportOptions options)
        => services.AddSingleton(options).AddSingleton<Exporter>().AddSingleton<ExportRecords>();

    public static IEndpointRouteBuilder MapExports(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/export/records", Records).RequireAuthorization(Permissions.Policy(Permission.Audit));
        routes.MapMethods("/export/{layerId}.{format}", ["GET", "HEAD"], Write).RequireAuthorization(Permissions.Policy(Permission.Export));
        return routes;
    }

    static async Task<IResult> Write(string layerId, string format, HttpContext context, LayerCatalog layers, Exporter exporter, CancellationToken cancel)
    {
        if (layers.Find(layerId) is not { } layer)
            return Problem(StatusCodes.Status404NotFound, "no-such-layer", new($"没有图层“{layerId}”，/api/layers 列出全部图层。", $"There is no layer '{layerId}'; /api/layers lists them."));
        if (!ExportFormats.TryFind(format, out var facts))
            return Problem(StatusCodes.Status404NotFound, "no-such-format", new($"没有格式“{format}”，可用的有 {string.Join("、", ExportFormats.Names)}。", $"There is no format '{format}'; there are {string.Join(", ", ExportFormats.Names)}."));
        var (request, faults) = ExportRequestText.Parse(layer, facts.Format, Parameters(context.Request.Query));
        if (faults.Count > 0)
            return Problem(StatusCodes.Status400BadRequest, "bad-question", new(string.Join(' ', faults.Select(one => one.Zh)), string.Join(' ', faults.Select(one => one.En))));
        if (HttpMethods.IsHead(context.Request.Method) || context.Request.Query.ContainsKey("preview"))
            return Preview(context, await exporter.Preview(request, cancel));
        try
        {
            return new ExportResult(await exporter.Open(request, cancel), facts, Caller.Current.Name);
        }
        catch (ExportRefusedException refused)
        {
            return Problem(StatusCodes.Status400BadRequest, "export-refused", refused.Reason);
        }
    }

    static IResult Preview(HttpContext context, ExportPreview preview)
    {
        var headers = context.Response.Headers;
        headers["X-CityOps-Rows"] = preview.Rows.ToString(CultureInfo.InvariantCulture);
        headers["X-CityOps-Estimated-Bytes"] = preview.EstimatedBytes.ToString(CultureInfo.InvariantCulture);
        headers["X-CityOps-Needs-Confirmation"] = preview.NeedsConfirmation ? "yes" : "no";
        return HttpMethods.IsHead(context.Request.Method) ? Results.Ok() : Results.Json(preview);
    }

    static async Task<IResult> Records(HttpContext context, ExportRecords records, LayerCatalog layers, GisWebOptions options, int? limit, CancellationToken cancel)
    {
        var latest = await records.Latest(Math.Clamp(limit ?? 100, 1, MostRecords), cancel);
        var wantsPage = context.Request.Query["f"].ToString() is { Length: > 0 } asked ? asked == "html" : context.Request.GetTypedHeaders().Accept.FirstOrDefault()?.MediaType == "text/html";
        return wantsPage ? Results.Content(new ExportRecordPage(layers, options.TimeZone).Html(latest), "text/html; charset=utf-8") : Results.Json(latest);
    }

    // "preview" and "lang" are this endpoint's own.
    static IEnumerable<KeyValuePair<string, string>> Parameters(IQueryCollection query)
        => query.Where(one => one.Key is not ("preview" or "lang")).SelectMany(one => one.Value.OfType<string>(), (one, value) => KeyValuePair.Create(one.Key, value));

    static IResult Problem(int status, string type, LocalText sentence)
        => Results.Problem(new ProblemDetails { Status = status, Type = "urn:cityops:" + type, Title = type, Detail = sentence.In(UiLanguage.Current) });
}
