using CityOps.Gis.Layers;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace CityOps.Gis.Web.Access;

/// <summary>
/// Refuses writes that a page of another origin sends with a person's cookie (OWASP ASVS 4.2.2): browsers say where a write comes from (RFC 6454, Origin).
/// Forms have their own token beside this; programs send no Origin and have no cookie.
/// </summary>
sealed class SameSiteWrites(RequestDelegate next)
{
    static readonly LocalText Foreign = new("请求来自其他网站，已拒绝。", "The request comes from another site and was refused.");

    public Task InvokeAsync(HttpContext context)
        => IsWrite(context.Request.Method) && context.User.Identity?.AuthenticationType == AccessSchemes.Session && !IsOwn(context.Request)
            ? Results.Problem(new ProblemDetails { Status = StatusCodes.Status403Forbidden, Type = "urn:cityops:foreign-origin", Title = "foreign-origin", Detail = Foreign.In(UiLanguage.Current) }).ExecuteAsync(context)
            : next(context);

    static bool IsWrite(string method) => !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method);

    // The host alone: a proxy in front may speak HTTPS where this host speaks HTTP.
    static bool IsOwn(HttpRequest request)
        => request.Headers[HeaderNames.Origin] is not [{ Length: > 0 } origin] || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
}
