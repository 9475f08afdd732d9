using CityOps.Gis.Tiles.Serving;
using Microsoft.Extensions.Primitives;

namespace CityOps.Gis.Web.Safety;

/// <summary>
/// Holds back what a page of another origin would have a browser write with the cookie of a person who is signed in (cross-site request forgery), and its attempts to
/// open a circuit. Browsers say where a request comes from (Fetch Metadata, <c>Sec-Fetch-Site</c>), older ones at least by <c>Origin</c>; programs, which hold no
/// cookies of anybody, say neither. Forms of the pages bear a token besides.
/// </summary>
sealed class SameOriginWrites(RequestDelegate next, SafetyOptions options)
{
    static readonly TileRefusal Refusal = new(StatusCodes.Status403Forbidden, "other-origin",
        new("请求来自其他网站的页面，已拒绝。请在本系统的页面中操作，或由程序使用接口密钥。", "The request comes from a page of another site and is refused. Use this system's own pages, or a program with an API key."));

    public Task InvokeAsync(HttpContext context)
        => IsGuarded(context.Request) && !IsOwn(context.Request) ? TileGate.Refuse(context, Refusal) : next(context);

    static bool IsGuarded(HttpRequest request) => !RequestClasses.Reads(request.Method) || RequestClasses.IsUpgrade(request);

    // "none": a person typed the address or restored the page.
    bool IsOwn(HttpRequest request)
        => request.Headers["Sec-Fetch-Site"] is [{ } site] && !StringValues.IsNullOrEmpty(site)
            ? site is "same-origin" or "none" || IsSignIn(request)
            : request.Headers.Origin is not [{ Length: > 0 } origin] || IsSame(origin, request) || IsSignIn(request);

    static bool IsSame(string origin, HttpRequest request) => string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);

    // The bureau's single sign-on sends people back by a form of its own page; what it says is sealed and bound to the browser by its own cookie.
    bool IsSignIn(HttpRequest request) => HttpMethods.IsPost(request.Method) && options.SignInOrigins.Count > 0 && request.Path.StartsWithSegments("/signin-oidc")
        && request.Headers.Origin is [{ Length: > 0 } origin] && options.SignInOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase);
}
