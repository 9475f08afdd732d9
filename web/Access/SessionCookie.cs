using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace CityOps.Gis.Web.Access;

/// <summary>The cookie of someone who signed in. It holds the sealed number of a session and nothing else; what the person may is asked of the database each time.</summary>
sealed class SessionCookie(SessionCallers callers) : CookieAuthenticationEvents
{
    public static void Configure(CookieAuthenticationOptions cookie, AccessOptions options)
    {
        (cookie.Cookie.Name, cookie.Cookie.Path, cookie.CookieManager) = ("cityops.session", "/", new HostCookies());
        (cookie.Cookie.HttpOnly, cookie.Cookie.SameSite, cookie.Cookie.SecurePolicy) = (true, SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
        // The session slides in the database, where it can be ended; the cookie only must not outlive it.
        (cookie.ExpireTimeSpan, cookie.SlidingExpiration) = (options.Longest, false);
        cookie.EventsType = typeof(SessionCookie);
    }

    /// <summary>Gives the browser the cookie of a session.</summary>
    public static Task Give(HttpContext context, Guid session)
        => context.SignInAsync(AccessSchemes.Session, new(new ClaimsIdentity([new(CallerIdentity.SessionClaim, session.ToString())], AccessSchemes.Session)));

    /// <summary>The session of a principal; null for callers without one.</summary>
    public static Guid? SessionOf(ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(CallerIdentity.SessionClaim), out var session) ? session : null;

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        if (SessionOf(context.Principal!) is { } session && await callers.Find(session, isUsed: true, context.HttpContext.RequestAborted) is { } caller)
            // What the browser does later, over the connection of its page, comes from there too.
            context.ReplacePrincipal(new(new CallerIdentity(caller with { Address = context.HttpContext.Connection.RemoteIpAddress?.ToString() }, AccessSchemes.Session, context.Principal!.Claims)));
        else
            context.RejectPrincipal();
    }
}
