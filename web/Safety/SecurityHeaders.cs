using CityOps.Gis.Tiles.Serving;
using Microsoft.Extensions.Primitives;

namespace CityOps.Gis.Web.Safety;

/// <summary>Writes what browsers are told about every answer. A tile is told the least: it is no document, and there are many.</summary>
sealed class SecurityHeaders(RequestDelegate next, ContentPolicy policy, TileServingOptions serving)
{
    // Values that are kept, so that an answer makes none.
    static readonly StringValues NoSniff = "nosniff", SameOrigin = "same-origin", Documents = ContentPolicy.Documents;
    static readonly StringValues Features = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(), xr-spatial-tracking=()";

    // The page for phones asks where the phone is; its person is asked by the browser.
    static readonly StringValues Street = Features.ToString().Replace("geolocation=()", "geolocation=(self)", StringComparison.Ordinal);
    readonly StringValues _data = serving.CorsOrigins.Length > 0 ? "cross-origin" : "same-origin";

    public Task InvokeAsync(HttpContext context)
    {
        switch (RequestClasses.Of(context.Request))
        {
            case RequestClass.Tile when (context.Request.Path.Value ?? "").EndsWith(".mvt", StringComparison.Ordinal):
                context.Response.Headers.XContentTypeOptions = NoSniff;
                context.Response.Headers["Cross-Origin-Resource-Policy"] = _data;
                return next(context);
            case RequestClass.Page or RequestClass.SignIn:
                return Page(context, SameOrigin, "no-store");
            // A worker is bound by what stands beside its script.
            case RequestClass.File:
                return Page(context, SameOrigin, caching: null);
            case RequestClass.Question when context.Request.Path.StartsWithSegments(Api.Ogc.OgcAddress.Root):
                return Page(context, _data, "no-store");
            default:
                Tell(context, Documents, _data, "no-store");
                return next(context);
        }
    }

    async Task Page(HttpContext context, StringValues readers, string? caching)
    {
        Tell(context, await policy.Pages(), readers, caching);
        await next(context);
    }

    // Written when the answer begins: a fault on the way clears what was written before.
    static void Tell(HttpContext context, StringValues policy, StringValues readers, string? caching) => context.Response.OnStarting(() =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = policy;
        headers.XContentTypeOptions = NoSniff;
        headers["Referrer-Policy"] = SameOrigin;
        headers["Permissions-Policy"] = context.Request.Path.Equals("/field", StringComparison.OrdinalIgnoreCase) ? Street : Features;
        headers["Cross-Origin-Opener-Policy"] = SameOrigin;
        headers["Cross-Origin-Resource-Policy"] = readers;
        // Where nothing is said, browsers keep answers as they see fit; what a person may see is kept only where we say so.
        if (caching is not null && headers.CacheControl.Count == 0)
            headers.CacheControl = caching;
        return Task.CompletedTask;
    });
}
