using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace CityOps.Gis.Web.Access;

/// <summary>
/// Who a page is open for. When the session ends or what its person may changes, the page is asked of the server again: what it already shows, and whatever
/// runs in its circuit, belongs to rights that are no longer there.
/// </summary>
sealed class CircuitAuthentication(ILoggerFactory log, SessionCallers callers, AccessOptions options) : RevalidatingServerAuthenticationStateProvider(log)
{
    volatile bool _isUsed;

    protected override TimeSpan RevalidationInterval => 2 * options.Relied;

    /// <summary>Somebody does something on the page.</summary>
    public void Use() => _isUsed = true;

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        if (SessionCookie.SessionOf(authenticationState.User) is not { } session)
            return true;
        var isUsed = _isUsed;
        _isUsed = false;
        try
        {
            return await callers.Find(session, isUsed, cancellationToken) is { } caller && caller.MayTheSameAs(CallerIdentity.CallerOf(authenticationState.User));
        }
        catch (ObjectDisposedException)
        {
            // The host is going away, and the page with it: nobody is to be shut out.
            return true;
        }
    }
}
