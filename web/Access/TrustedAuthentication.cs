using System.Security.Claims;
using System.Text.Encodings.Web;
using CityOps.Gis.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace CityOps.Gis.Web.Access;

/// <summary>Takes the caller from whoever embeds the host (<see cref="AccessOptions.Trusted"/>).</summary>
sealed class TrustedAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, AccessOptions access)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(access.Trusted?.Invoke(Context) is { } caller && caller != Caller.Nobody
        ? AuthenticateResult.Success(new(new ClaimsPrincipal(new CallerIdentity(caller, Scheme.Name)), Scheme.Name))
        : AuthenticateResult.NoResult());
}
