using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace CityOps.Gis.Tests.Web.Access;

/// <summary>A bureau's single sign-on: OpenIddict, a provider nobody here wrote, that vouches for one person after the other without asking for a password.</summary>
sealed class OpenIdProvider : IAsyncDisposable
{
    public const string ClientId = "cityops", Secret = "a secret of the test alone";
    readonly WebApplication _app;

    OpenIdProvider(WebApplication app) => _app = app;

    public string Authority => _app.Urls.First();

    /// <summary>Whom it vouches for next.</summary>
    public (string Subject, string UserName, string Name, string[] Groups) Person { get; set; } = ("7", "wang", "王芳", []);

    public static async Task<OpenIdProvider> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        OpenIdProvider? provider = null;
        builder.Services.AddAuthentication();
        builder.Services.AddOpenIddict().AddServer(server => Configure(server, () => provider!.Person));
        var app = builder.Build();
        app.UseAuthentication();
        await app.StartAsync();
        return provider = new(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    static void Configure(OpenIddictServerBuilder server, Func<(string Subject, string UserName, string Name, string[] Groups)> person)
    {
        server.SetAuthorizationEndpointUris("connect/authorize").SetTokenEndpointUris("connect/token");
        server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
        server.RegisterScopes("openid", "profile");
        server.AddEphemeralEncryptionKey().AddEphemeralSigningKey();
        // Without a database of clients: the one there is, is known here.
        server.EnableDegradedMode().UseAspNetCore().DisableTransportSecurityRequirement();
        server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (context.ClientId != ClientId)
                context.Reject(OpenIddictConstants.Errors.InvalidClient);
            return default;
        }));
        server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (context.ClientId != ClientId || context.ClientSecret != Secret)
                context.Reject(OpenIddictConstants.Errors.InvalidClient);
            return default;
        }));
        server.AddEventHandler<HandleAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            var (subject, userName, name, groups) = person();
            var identity = new ClaimsIdentity("test", OpenIddictConstants.Claims.Name, OpenIddictConstants.Claims.Role);
            identity.SetClaim(OpenIddictConstants.Claims.Subject, subject).SetClaim(OpenIddictConstants.Claims.PreferredUsername, userName)
                .SetClaim(OpenIddictConstants.Claims.Name, name).SetClaims("groups", [.. groups]);
            identity.SetDestinations(_ => [OpenIddictConstants.Destinations.IdentityToken]);
            context.Principal = new ClaimsPrincipal(identity).SetScopes(context.Request.GetScopes());
            return default;
        }));
    }
}
