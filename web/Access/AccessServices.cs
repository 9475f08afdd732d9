using CityOps.Gis.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CityOps.Gis.Web.Access;

/// <summary>Makes a host know who calls, and answer nobody else. See <c>src/docs/access.md</c>.</summary>
public static class AccessServices
{
    /// <summary>For any host, one without pages too.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services, AccessOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AccessAnswers>();
        services.AddPermissionPolicies();
        services.AddAuthentication(AccessSchemes.Any)
            .AddPolicyScheme(AccessSchemes.Any, null, any => any.ForwardDefaultSelector = _ => options.Trusted is null ? AccessSchemes.Session : AccessSchemes.Trusted)
            .AddScheme<AuthenticationSchemeOptions, TrustedAuthentication>(AccessSchemes.Trusted, null)
            .AddCookie(AccessSchemes.Session);
        return services;
    }

    /// <summary>For Blazor circuits.</summary>
    public static IServiceCollection AddCircuitAccess(this IServiceCollection services)
    {
        services.AddCascadingAuthenticationState();
        services.TryAddEnumerable(ServiceDescriptor.Scoped<CircuitHandler, CallerCircuit>());
        return services;
    }

    /// <summary>From here on the pipeline knows the caller (<see cref="Caller.Current"/>) and lets nobody pass whom an endpoint's policy does not allow.</summary>
    public static void UseAccess(this WebApplication app)
    {
        app.UseAuthentication();
        app.Use(async (context, next) =>
        {
            var caller = CallerIdentity.CallerOf(context.User) with { Address = context.Connection.RemoteIpAddress?.ToString() };
            // A browser that somebody else signs in with must not show what it kept for the one before.
            context.Response.Headers.Append("Vary", "Cookie, Authorization");
            using (caller.Enter())
                await next(context);
        });
        app.UseAuthorization();
    }
}
