using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Access;
using CityOps.Gis.Queries;

namespace CityOps.Gis.Web.Access.SingleSignOn;

/// <summary>The bureau's single sign-on (OpenID Connect), and which rights its groups give here.</summary>
/// <param name="Authority">Address of the provider (issuer), below which its configuration is found (OpenID Connect Discovery 1.0).</param>
public sealed record SingleSignOnOptions(string Authority, string ClientId, string ClientSecret)
{
    /// <summary>Claim that holds the groups of a person, one or several of them.</summary>
    public string GroupClaim { get; init; } = "groups";

    /// <summary>What each group gives: ids of roles, <c>level:code</c> of scopes, <c>*</c> for the whole city.</summary>
    public IReadOnlyDictionary<string, string[]> Gives { get; init; } = new Dictionary<string, string[]>();

    /// <summary>As the button of the sign-in page says it; null for a general word.</summary>
    public string? Title { get; init; }

    /// <summary>Roles and scope that groups give together. What nobody has defined gives nothing.</summary>
    public (IReadOnlyList<string> Roles, bool SeesWholeCity, JurisdictionScope Scope) RightsOf(IEnumerable<string> groups)
    {
        var given = groups.SelectMany(group => Gives.GetValueOrDefault(group) ?? []).Distinct().ToList();
        return ([.. given.Where(one => Role.Find(one) is not null)], given.Contains("*"), ScopeCodes.Parse(given.Where(one => one.Contains(':', StringComparison.Ordinal))));
    }
}
