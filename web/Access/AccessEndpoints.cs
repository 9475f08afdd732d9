using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Access;
using CityOps.Gis.PostGis.Audit;
using CityOps.Gis.Web.Access.SingleSignOn;
using CityOps.Gis.Web.Pages.Access;
using Microsoft.AspNetCore.Authentication;

namespace CityOps.Gis.Web.Access;

/// <summary><c>POST /sign-out</c> ends the session of this browser; <c>/audit/entries.csv</c> is the audit log as a file.</summary>
public static class AccessEndpoints
{
    public static IEndpointRouteBuilder MapAccess(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/sign-out", SignOut).AllowAnonymous();
        routes.MapGet("/audit/entries.csv", Entries).RequireAuthorization(Permissions.Policy(Permission.Audit));
        routes.MapSingleSignOn();
        return routes;
    }

    static async Task<IResult> SignOut(HttpContext context, Sessions sessions, SessionCallers callers, AuditLog audit, CancellationToken cancel)
    {
        if (SessionCookie.SessionOf(context.User) is { } session && await sessions.End(session, cancel: cancel))
        {
            callers.Forget();
            await audit.Write(new(AuditKind.SignedOut), cancel);
        }
        // A session that had ended already leaves its cookie behind.
        await context.SignOutAsync(AccessSchemes.Session);
        return Results.LocalRedirect(SignInAddress.Path);
    }

    static IResult Entries(HttpContext context, AuditSearch search, GisWebOptions options)
    {
        var question = AuditAddress.Parse(context.Request.QueryString.ToString()).Question(TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone));
        context.Response.Headers.CacheControl = "no-store";
        return Results.Stream(output => AuditCsv.Write(search.All(question, context.RequestAborted), output), "text/csv; charset=utf-8", "audit.csv");
    }
}
