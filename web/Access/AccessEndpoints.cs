using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Access;
using CityOps.Gis.PostGis.Audit;
using CityOps.Gis.Web.Access.SingleSignOn;
using CityOps.Gis.Web.Pages.Access;
using Microsoft.AspNetCore.Authentication;

namespace CityOps.Gis.Web.Access;

/// <summary><c>POST /sign-out</c> ends the session of this browser; <c>/audit/entries.csv</c> is the audit log as a file, <c>/account/data.json</c> what is stored about the person who asks.</summary>
public static class AccessEndpoints
{
    public static IEndpointRouteBuilder MapAccess(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/sign-out", SignOut).AllowAnonymous();
        routes.MapGet("/audit/entries.csv", Entries).RequireAuthorization(Permissions.Policy(Permission.Audit));
        routes.MapGet("/account/data.json", Own);
        routes.MapPasswordStrength();
        routes.MapSingleSignOn();
        return routes;
    }

    static async Task<IResult> SignOut(HttpContext context, Sessions sessions, SessionCallers callers, CancellationToken cancel)
    {
        if (SessionCookie.SessionOf(context.User) is { } session && await sessions.End(session, new(AuditKind.SignedOut), cancel: cancel))
            callers.Forget();
        // A session that had ended already leaves its cookie behind.
        await context.SignOutAsync(AccessSchemes.Session);
        return Results.LocalRedirect(SignInAddress.Path);
    }

    // A key is nobody, and whoever comes by other ways than signing in has no account here.
    static async Task<IResult> Own(HttpContext context, OwnData data, AuditLog audit)
    {
        if (SessionCookie.SessionOf(context.User) is null || !Guid.TryParse(Caller.Current.Id, out var id))
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        await audit.Write(new(AuditKind.FileTaken, "my-data.json"), context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Stream(output => data.Write(id, output, context.RequestAborted), "application/json; charset=utf-8", "my-data.json");
    }

    static async Task<IResult> Entries(HttpContext context, AuditSearch search, AuditLog audit, GisWebOptions options)
    {
        await audit.Write(new(AuditKind.FileTaken, "audit.csv", After: new { question = context.Request.QueryString.ToString() }), context.RequestAborted);
        var question = AuditAddress.Parse(context.Request.QueryString.ToString()).Question(TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone));
        context.Response.Headers.CacheControl = "no-store";
        return Results.Stream(output => AuditCsv.Write(search.All(question, context.RequestAborted), output), "text/csv; charset=utf-8", "audit.csv");
    }
}
