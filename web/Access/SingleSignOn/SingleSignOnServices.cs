using System.Security.Claims;
using CityOps.Gis.Web.Pages.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace CityOps.Gis.Web.Access.SingleSignOn;

/// <summary>Wires OpenID Connect (Core 1.0, code flow with PKCE): the browser goes to the provider and comes back to <c>/signin-oidc</c> with a code; what it gets here is a session like any other.</summary>
static class SingleSignOnServices
{
    public const string Path = "/sign-in/single";
    const string Scheme = "cityops.oidc";

    public static IServiceCollection AddSingleSignOn(this IServiceCollection services, AccessOptions options)
    {
        if (options.SingleSignOn is not { } provider)
            return services;
        services.AddScoped<SingleSignOnPeople>().AddAuthentication().AddOpenIdConnect(Scheme, connect => Configure(connect, provider));
        return services;
    }

    public static void MapSingleSignOn(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetRequiredService<AccessOptions>().SingleSignOn is not null)
            // Who asked for no page is sent on from the sign-in page, which knows by then who it is.
            routes.MapGet(Path, (string? to) => Results.Challenge(new() { RedirectUri = to is null ? SignInAddress.Path : SignInAddress.After(to) }, [Scheme])).AllowAnonymous();
    }

    static void Configure(OpenIdConnectOptions connect, SingleSignOnOptions provider)
    {
        (connect.Authority, connect.ClientId, connect.ClientSecret) = (provider.Authority, provider.ClientId, provider.ClientSecret);
        connect.SignInScheme = AccessSchemes.Session;
        (connect.ResponseType, connect.UsePkce, connect.MapInboundClaims, connect.GetClaimsFromUserInfoEndpoint) = (OpenIdConnectResponseType.Code, true, false, false);
        // The code comes back in the address, so that no other site has to post to this one and cookies can stay Lax.
        connect.ResponseMode = OpenIdConnectResponseMode.Query;
        (connect.CorrelationCookie.SameSite, connect.NonceCookie.SameSite) = (SameSiteMode.Lax, SameSiteMode.Lax);
        (connect.CorrelationCookie.SecurePolicy, connect.NonceCookie.SecurePolicy) = (CookieSecurePolicy.SameAsRequest, CookieSecurePolicy.SameAsRequest);
        connect.RequireHttpsMetadata = !new Uri(provider.Authority).IsLoopback;
        connect.Events = new() { OnTokenValidated = Enter, OnRemoteFailure = Fail };
    }

    static async Task Enter(TokenValidatedContext context)
    {
        var people = context.HttpContext.RequestServices.GetRequiredService<SingleSignOnPeople>();
        if (await people.Enter(context.Principal!, Visit.Of(context.HttpContext), context.HttpContext.RequestAborted) is { } session)
            context.Principal = new(new ClaimsIdentity([new(CallerIdentity.SessionClaim, session.ToString())], AccessSchemes.Session));
        else
            context.Fail("The person is shut out.");
    }

    // Refused there, or too slow: back to the sign-in with a sentence.
    static Task Fail(RemoteFailureContext context)
    {
        context.Response.Redirect(SignInAddress.Path + "?failed=1");
        context.HandleResponse();
        return Task.CompletedTask;
    }
}
