using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Access;
using CityOps.Gis.PostGis.Audit;
using CityOps.Gis.Queries;

namespace CityOps.Gis.Web.Access.Keys;

/// <summary>Makes and revokes keys, and writes it into the audit log.</summary>
public sealed class KeyRegister(ApiKeys keys, KeyCallers callers, AuditLog audit)
{
    /// <summary>Makes a key and gives its text, which is shown once.</summary>
    /// <param name="scope">Null for the whole city.</param>
    public async Task<(long Id, string Text)> Make(string name, IReadOnlyCollection<Permission> permissions, JurisdictionScope? scope, DateTimeOffset expires, CancellationToken cancel = default)
    {
        var made = await keys.Make(name, permissions, scope, expires, Caller.Current.Name, cancel);
        await audit.Write(new(AuditKind.KeyMade, name, After: new { made.Id, permissions, SeesWholeCity = scope is null, Scope = scope is null ? null : ScopeCodes.Of(scope), expires }), cancel);
        return made;
    }

    public async Task Revoke(ApiKey key, CancellationToken cancel = default)
    {
        if (!await keys.Revoke(key.Id, cancel))
            return;
        callers.Forget();
        await audit.Write(new(AuditKind.KeyRevoked, key.Name, Before: new { key.Id, key.Permissions, key.ExpiresAt }), cancel);
    }
}
