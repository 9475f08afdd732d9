using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace CityOps.Gis.Web.Access.Keys;

/// <summary>
/// Knows devices and scripts by their key: <c>Authorization: Bearer</c> (RFC 6750), <c>X-Api-Key</c>, or HTTP Basic with the key as password and any name (RFC 7617),
/// which GDAL and QGIS have fields for.
/// </summary>
sealed class KeyAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, KeyCallers callers, KeyRefusals refusals)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    const string Header = "X-Api-Key", Bearer = "Bearer ", Basic = "Basic ";

    /// <summary>Does the request carry something that could be a key?</summary>
    public static bool Concerns(HttpRequest request) => request.Headers.ContainsKey(Header) || request.Headers.ContainsKey(HeaderNames.Authorization);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var (key, from) = (KeyOf(Request), Context.Connection.RemoteIpAddress?.ToString());
        if (key is not null && await callers.Find(key, from, Context.RequestAborted) is { } caller)
            return AuthenticateResult.Success(new(new(new CallerIdentity(caller, Scheme.Name)), Scheme.Name));
        if (key is not null)
            await refusals.Tell(key, from, Context.RequestAborted);
        return AuthenticateResult.Fail("The key is unknown, has expired or was revoked.");
    }

    /// <summary>The key that a request carries.</summary>
    public static string? KeyOf(HttpRequest request)
    {
        if (request.Headers[Header] is [{ Length: > 0 } plain])
            return plain;
        var authorization = request.Headers.Authorization.ToString();
        return authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..].Trim()
            : authorization.StartsWith(Basic, StringComparison.OrdinalIgnoreCase) ? PasswordOf(authorization[Basic.Length..].Trim())
            : null;
    }

    static string? PasswordOf(string credentials)
    {
        var bytes = new byte[credentials.Length];
        return Convert.TryFromBase64String(credentials, bytes, out var length) && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [_, { Length: > 0 } password] ? password : null;
    }
}
