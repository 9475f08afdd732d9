using CityOps.Gis.Access;
using CityOps.Gis.Queries;

namespace CityOps.Gis.PostGis.Access;

/// <summary>A person with what they may and where, as it is stored.</summary>
/// <param name="Roles">By <see cref="Role.Id"/>.</param>
/// <param name="Scope">Counts only where the person does not see the whole city.</param>
public sealed record PersonRights(Guid Id, string UserName, string Name, IReadOnlyList<string> Roles, bool SeesWholeCity, JurisdictionScope Scope)
{
    /// <summary>How the session began by which they were found, see <see cref="Sessions.Begin"/>; null where they were found otherwise.</summary>
    public string? Way { get; init; }

    /// <summary>The person as a caller; a role that this version of the product does not know allows nothing.</summary>
    public Caller ToCaller() => new(Id.ToString(), Name, Known.SelectMany(role => role.Permissions).ToHashSet(), SeesWholeCity ? null : Scope) { Roles = [.. Known.Select(role => role.Id)] };

    IEnumerable<Role> Known => Role.All.Where(role => Roles.Contains(role.Id));
}
