using CityOps.Gis.Tiles.Serving;

namespace CityOps.Gis.Web.Safety;

/// <summary>
/// Holds back what a page of another origin would have a browser write with the cookie of a person who is signed in (cross-site request forgery), and its attempts to
/// open a circuit. Browsers say where a request comes from (Fetch Metadata, <c>Sec-Fetch-Site</c>), older ones at least by <c>Origin</c>; programs, which hold no
/// cookies of anybody, say neither. Forms of the pages bear a token besides, and a single sign-on leads people back by an address, not by a form.
/// </summary>
sealed class SameOriginWrites(RequestDelegate next)
{
    static readonly TileRefusal Refusal = new(StatusCodes.Status403Forbidden, "other-origin",
        new("请求来自其他网站的页面，已拒绝。请在本系统的页面中操作，或由程序使用接口密钥。", "The request comes from a page of another site and is refused. Use this system's own pages, or a program with an API key."));

    public Task InvokeAsync(HttpContext context)
        => IsGuarded(context.Request) && !IsOwn(context.Request) ? TileGate.Refuse(context, Refusal) : next(context);

    static bool IsGuarded(HttpRequest request) => !RequestClasses.Reads(request.Method) || RequestClasses.IsUpgrade(request);

    // "none": a person typed the address or restored the page.
    static bool IsOwn(HttpRequest request)
        => request.Headers["Sec-Fetch-Site"] is [{ Length: > 0 } site]
            ? site is "same-origin" or "none"
            : request.Headers.Origin is not [{ Length: > 0 } origin] || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
}
