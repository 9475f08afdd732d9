using System.Text.Json;
using System.Text.Json.Nodes;
using CityOps.Gis.Layers;
using CityOps.Gis.Web.Api.Ogc.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CityOps.Gis.Web.Api.Ogc;

/// <summary>Answers: documents as JSON or as pages, and refusals as problem details (RFC 9457) or as a page.</summary>
static class OgcAnswer
{
    public static JsonSerializerOptions Format { get; } = new(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IResult Json(HttpContext context, JsonNode document, string type = OgcLink.Json)
    {
        Head(context);
        return Results.Text(document.ToJsonString(Format), type);
    }

    public static IResult Page<T>(HttpContext context, IReadOnlyDictionary<string, object?> parameters, int status = StatusCodes.Status200OK)
        where T : IComponent
    {
        Head(context);
        return new RazorComponentResult<T>(parameters) { StatusCode = status };
    }

    /// <summary>A document that has a page of no kind of its own.</summary>
    public static IResult Document(HttpContext context, OgcFormat format, LocalText title, JsonNode document, string type = OgcLink.Json)
        => format == OgcFormat.Json
            ? Json(context, document, type)
            : Page<DocumentPage>(context, new Dictionary<string, object?> { [nameof(DocumentPage.Title)] = title, [nameof(DocumentPage.Document)] = document });

    public static IResult Refuse(HttpContext context, OgcRefusal refusal)
    {
        var response = context.Response;
        response.Headers.CacheControl = "no-store";
        if (refusal.Allow is { } allow)
            response.Headers.Allow = allow;
        if (refusal.Status == StatusCodes.Status503ServiceUnavailable)
            response.Headers.RetryAfter = "2";
        if (OgcFormats.Of(context.Request, "application/problem+json") == OgcFormat.Html)
            return new RazorComponentResult<RefusalPage>(new Dictionary<string, object?> { [nameof(RefusalPage.Refusal)] = refusal }) { StatusCode = refusal.Status };
        var problem = new ProblemDetails { Status = refusal.Status, Type = "urn:cityops:" + refusal.Type, Title = refusal.Type, Detail = refusal.Text.In(UiLanguage.Current) };
        problem.Extensions["requestId"] = context.TraceIdentifier;
        if (refusal.Faults.Count > 0)
        {
            problem.Extensions["errors"] = refusal.Faults.GroupBy(fault => fault.Field ?? "").ToDictionary(field => field.Key, field => field.Select(fault => fault.Text.In(UiLanguage.Current)));
            problem.Extensions["codes"] = refusal.Faults.Select(fault => new { fault.Field, fault.Code, fault.Value });
        }
        return Results.Json(problem, Format, "application/problem+json", refusal.Status);
    }

    /// <summary>What every answer says: it is of this reader's language and format, and must be asked for again.</summary>
    public static void Head(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "private, no-cache";
        headers.Append("Vary", "Accept, Accept-Language");
        headers.ContentLanguage = UiLanguage.Current;
    }
}
