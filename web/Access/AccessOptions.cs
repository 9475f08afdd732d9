using CityOps.Gis.Access;
using CityOps.Gis.Web.Access.SingleSignOn;

namespace CityOps.Gis.Web.Access;

/// <summary>How the host finds out who calls.</summary>
public sealed record AccessOptions
{
    /// <summary>
    /// Whoever embeds the host says who calls a request; null for nobody. Null as a whole, as always in the product: people sign in. No setting and no variable sets it.
    /// </summary>
    public Func<HttpContext, Caller?>? Trusted { get; init; }

    /// <summary>The bureau's single sign-on; null where people have passwords of this product only.</summary>
    public SingleSignOnOptions? SingleSignOn { get; init; }

    /// <summary>
    /// Whoever signed in with a password alone does not administer and does not read the audit log, whatever his role says (OWASP ASVS 4.3.1). The second step of a single sign-on is
    /// the provider's.
    /// </summary>
    public bool AdministersByTwoSteps { get; init; }

    /// <summary>What <see cref="AdministersByTwoSteps"/> keeps back.</summary>
    public static readonly IReadOnlySet<Permission> ByTwoSteps = new HashSet<Permission> { Permission.Administer, Permission.Audit };

    /// <summary>Wrong passwords or codes after which a person has to wait <see cref="LockedFor"/>.</summary>
    public int MostFailures { get; init; } = 5;
    public TimeSpan LockedFor { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>A session in which nobody does anything ends after this (OWASP ASVS 3.3.2).</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>However busy, a session ends after this.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromHours(12);

    /// <summary>How long rights that were read are relied on; open pages look twice as seldom.</summary>
    public TimeSpan Relied { get; init; } = TimeSpan.FromSeconds(15);
}
