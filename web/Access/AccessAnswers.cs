using CityOps.Gis.Layers;
using CityOps.Gis.Web.Pages.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace CityOps.Gis.Web.Access;

/// <summary>
/// What those hear who may not: someone who opens a page is led to the sign-in and back, or told; a program gets 401 or 403 as a problem (RFC 9457) with a sentence.
/// </summary>
sealed class AccessAnswers : IAuthorizationMiddlewareResultHandler
{
    static readonly LocalText SignInFirst = new(
        "请先登录；程序请使用访问密钥：Authorization: Bearer、X-Api-Key，或以密钥为密码的 HTTP Basic。",
        "Sign in first; programs use an API key: Authorization: Bearer, X-Api-Key, or HTTP Basic with the key as password.");

    static readonly LocalText NotAllowed = new("您的角色不允许此操作；需要时请联系管理员。", "Your role does not allow this; ask an administrator if you need it.");

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorized)
    {
        // Browsers ask without cookies and keys whether a page of another origin may ask (Fetch standard, CORS preflight); the answer holds nothing of anybody.
        if (authorized.Succeeded || IsPreflight(context.Request))
            return next(context);
        if (IsPage(context.Request))
        {
            context.Response.Redirect(authorized.Challenged ? SignInAddress.Before(context.Request) : SignInAddress.NotAllowed);
            return Task.CompletedTask;
        }
        return authorized.Challenged ? Challenge(context) : Refuse(context, StatusCodes.Status403Forbidden, "not-allowed", NotAllowed);
    }

    static Task Challenge(HttpContext context)
    {
        context.Response.Headers.Append(HeaderNames.WWWAuthenticate, "Bearer realm=\"CityOps.Gis\"");
        // A browser would open a window of its own for Basic, in the middle of the map. QGIS says it is one too, and needs to be asked.
        if (context.Request.Headers.UserAgent.ToString() is var agent && (!agent.Contains("Mozilla/", StringComparison.Ordinal) || agent.Contains("QGIS", StringComparison.Ordinal)))
            context.Response.Headers.Append(HeaderNames.WWWAuthenticate, "Basic realm=\"CityOps.Gis\", charset=\"UTF-8\"");
        return Refuse(context, StatusCodes.Status401Unauthorized, "sign-in-first", SignInFirst);
    }

    static Task Refuse(HttpContext context, int status, string type, LocalText sentence)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Results.Problem(new ProblemDetails { Status = status, Type = "urn:cityops:" + type, Title = type, Detail = sentence.In(UiLanguage.Current) }).ExecuteAsync(context);
    }

    static bool IsPreflight(HttpRequest request) => HttpMethods.IsOptions(request.Method) && request.Headers.ContainsKey(HeaderNames.AccessControlRequestMethod);

    static bool IsPage(HttpRequest request)
        => (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && request.GetTypedHeaders().Accept.Any(accept => accept.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));
}
