using CityOps.Gis.Access;

namespace CityOps.Gis.Web.Access;

/// <summary>How the host finds out who calls.</summary>
public sealed record AccessOptions
{
    /// <summary>
    /// Whoever embeds the host says who calls a request; null for nobody. Null as a whole, as always in the product: people sign in. No setting and no variable sets it.
    /// </summary>
    public Func<HttpContext, Caller?>? Trusted { get; init; }
}
