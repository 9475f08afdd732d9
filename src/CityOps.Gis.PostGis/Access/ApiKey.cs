using System.Globalization;
using CityOps.Gis.Access;
using CityOps.Gis.Queries;

namespace CityOps.Gis.PostGis.Access;

/// <summary>A key of a device or a script, without its text.</summary>
/// <param name="Prefix">The beginning of its text.</param>
/// <param name="Scope">Null for the whole city.</param>
public sealed record ApiKey(
    long Id, string Name, string Prefix, IReadOnlySet<Permission> Permissions, JurisdictionScope? Scope, string MadeBy, DateTimeOffset MadeAt, DateTimeOffset ExpiresAt,
    DateTimeOffset? RevokedAt, DateTimeOffset? UsedAt, string? UsedFrom)
{
    /// <summary>What no key may do, whatever is written down of it: who manages people is a person.</summary>
    public const Permission Never = Permission.Administer;

    /// <summary>Who calls with this key.</summary>
    public Caller ToCaller() => new(string.Create(CultureInfo.InvariantCulture, $"key:{Id}"), Name, Permissions.Where(one => one != Never).ToHashSet(), Scope);
}
