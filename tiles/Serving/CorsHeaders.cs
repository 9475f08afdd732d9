using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace CityOps.Gis.Tiles.Serving;

/// <summary>Lets pages of other origins read tiles (Fetch standard, CORS protocol). Without origins it writes nothing.</summary>
sealed class CorsHeaders(IReadOnlyCollection<string> origins)
{
    static readonly StringValues Exposed = new($"ETag, {TileHeaders.Executor}, {TileHeaders.Data}, {TileHeaders.ServerTiming}");
    readonly bool _isForAll = origins.Contains("*");
    readonly HashSet<string> _origins = new(origins, StringComparer.OrdinalIgnoreCase);

    public void Write(HttpContext context)
    {
        if (_origins.Count == 0)
            return;
        var (origin, headers) = (context.Request.Headers.Origin.ToString(), context.Response.Headers);
        if (!_isForAll)
            headers.Append("Vary", "Origin");
        if (origin.Length == 0 || (!_isForAll && !_origins.Contains(origin)))
            return;
        headers.AccessControlAllowOrigin = _isForAll ? "*" : origin;
        headers.AccessControlExposeHeaders = Exposed;
        headers["Timing-Allow-Origin"] = headers.AccessControlAllowOrigin;
    }

    /// <summary>Answers OPTIONS, a browser's question before its request (preflight) included.</summary>
    public static void AnswerOptions(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.Allow = TileHeaders.AllowedMethods;
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        if (headers.AccessControlAllowOrigin.Count == 0 || context.Request.Headers.AccessControlRequestMethod.Count == 0)
            return;
        headers.AccessControlAllowMethods = TileHeaders.AllowedMethods;
        headers.AccessControlAllowHeaders = "If-None-Match, Accept-Language, Last-Event-ID";
        headers.AccessControlMaxAge = "86400";
    }
}
