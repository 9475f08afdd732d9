using System.Security.Claims;
using CityOps.Gis.Access;

namespace CityOps.Gis.Web.Access;

/// <summary>The caller as the identity of a request and of a Blazor circuit, so that whatever knows the user knows the caller.</summary>
public sealed class CallerIdentity : ClaimsIdentity
{
    /// <summary>Claim with the id of the session of someone who signed in.</summary>
    public const string SessionClaim = "session";

    public CallerIdentity(Caller caller, string scheme, IEnumerable<Claim>? more = null)
        : base([new(ClaimTypes.Name, caller.Name), .. caller.Id is { } id ? [new Claim(ClaimTypes.NameIdentifier, id)] : Array.Empty<Claim>(), .. more ?? []], scheme)
        => Caller = caller;

    public Caller Caller { get; }

    /// <summary>The caller that a principal carries; <see cref="Caller.Nobody"/> where nobody signed in.</summary>
    public static Caller CallerOf(ClaimsPrincipal user) => user.Identities.OfType<CallerIdentity>().FirstOrDefault()?.Caller ?? Caller.Nobody;

    public override ClaimsIdentity Clone() => new CallerIdentity(Caller, AuthenticationType!, Claims.Where(claim => claim.Type is not (ClaimTypes.Name or ClaimTypes.NameIdentifier)));
}
