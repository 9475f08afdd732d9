using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace CityOps.Gis.Tiles.Serving;

/// <summary>Writes a refusal as problem details (RFC 9457) in the reader's language.</summary>
static class TileProblem
{
    static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Task Write(HttpContext context, TileRefusal refusal)
    {
        var (response, status) = (context.Response, refusal.Status);
        response.StatusCode = status;
        response.Headers.CacheControl = "no-store";
        if (status == StatusCodes.Status405MethodNotAllowed)
            response.Headers.Allow = TileHeaders.AllowedMethods;
        if (status == StatusCodes.Status503ServiceUnavailable && response.Headers.RetryAfter.Count == 0)
            response.Headers.RetryAfter = "2";
        var problem = new ProblemDetails { Status = status, Type = "urn:cityops:" + refusal.Type, Title = refusal.Type, Detail = RequestLanguage.Say(context.Request, refusal.Text) };
        problem.Extensions["requestId"] = context.TraceIdentifier;
        return response.WriteAsJsonAsync(problem, Format, "application/problem+json", context.RequestAborted);
    }
}
