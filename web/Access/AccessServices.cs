using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Access;
using CityOps.Gis.PostGis.Audit;
using CityOps.Gis.Web.Access.Keys;
using CityOps.Gis.Web.Access.People;
using CityOps.Gis.Web.Access.SingleSignOn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CityOps.Gis.Web.Access;

/// <summary>Makes a host know who calls, and answer nobody else. See <c>src/docs/access.md</c>.</summary>
public static class AccessServices
{
    /// <summary>For any host, one without pages too: it knows the sessions and keys of all others on the database.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services, AccessOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options).AddSingleton<Sessions>().AddSingleton<SessionCallers>().AddSingleton<ApiKeys>().AddSingleton<KeyCallers>().AddSingleton<AuditLog>().AddSingleton<KeyRefusals>().AddScoped<SessionCookie>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AccessAnswers>();
        services.AddSingleton<LongAnswers>().AddHostedService(host => host.GetRequiredService<LongAnswers>());
        services.AddPermissionPolicies();
        services.AddKeyRing();
        services.AddAuthentication(AccessSchemes.Any)
            .AddPolicyScheme(AccessSchemes.Any, null, any => any.ForwardDefaultSelector = context => AccessSchemes.Of(context, options))
            .AddScheme<AuthenticationSchemeOptions, TrustedAuthentication>(AccessSchemes.Trusted, null)
            .AddScheme<AuthenticationSchemeOptions, KeyAuthentication>(AccessSchemes.Key, null)
            .AddCookie(AccessSchemes.Session, cookie => SessionCookie.Configure(cookie, options));
        return services;
    }

    /// <summary>For a host with pages: where people sign in, and circuits that know whose they are.</summary>
    public static IServiceCollection AddSignIn(this IServiceCollection services, AccessOptions options)
    {
        services.AddPeople(options).AddSingleton<KeyRegister>().AddSingleton<UnknownNames>().AddSingleton<SignInTickets>().AddScoped<SignIns>().AddSingleton<ScopeTitles>().AddSingleton<AuditSearch>().AddSingleton<CredentialNotices>().AddSingleton<NoticeWords>().AddSingleton<OwnData>();
        services.AddSingleSignOn(options);
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, CircuitAuthentication>();
        services.TryAddEnumerable(ServiceDescriptor.Scoped<CircuitHandler, CallerCircuit>());
        return services;
    }

    /// <summary>From here on the pipeline knows the caller (<see cref="Caller.Current"/>) and lets nobody pass whom an endpoint's policy does not allow.</summary>
    public static void UseAccess(this WebApplication app)
    {
        var answers = app.Services.GetRequiredService<LongAnswers>();
        app.UseAuthentication();
        app.Use(async (context, next) =>
        {
            var caller = CallerIdentity.CallerOf(context.User) with { Address = context.Connection.RemoteIpAddress?.ToString() };
            // A browser that somebody else signs in with must not show what it kept for the one before.
            context.Response.Headers.Append("Vary", "Cookie, Authorization");
            using (caller.Enter())
                await answers.Guard(context, caller, next);
        });
        app.UseAuthorization();
    }
}
