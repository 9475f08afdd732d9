using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Access;
using CityOps.Gis.PostGis.Audit;
using CityOps.Gis.Queries;
using Npgsql;

namespace CityOps.Gis.Web.Access.Keys;

/// <summary>Makes and revokes keys; the entry in the audit log stands and falls with what it tells of.</summary>
public sealed class KeyRegister(NpgsqlDataSource source, KeyCallers callers)
{
    /// <summary>Makes a key and gives its text, which is shown once.</summary>
    /// <param name="scope">Null for the whole city.</param>
    /// <exception cref="ArgumentException">It is to administer.</exception>
    public async Task<(long Id, string Text)> Make(string name, IReadOnlyCollection<Permission> permissions, JurisdictionScope? scope, DateTimeOffset expires, CancellationToken cancel = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var together = await connection.BeginTransactionAsync(cancel);
        var made = await ApiKeys.Make(connection, name, permissions, scope, expires, Caller.Current.Name, cancel);
        await AuditLog.Write(connection, new(AuditKind.KeyMade, name, After: new { made.Id, permissions, SeesWholeCity = scope is null, Scope = scope is null ? null : ScopeCodes.Of(scope), expires }), cancel);
        await together.CommitAsync(cancel);
        return made;
    }

    public async Task Revoke(ApiKey key, CancellationToken cancel = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var together = await connection.BeginTransactionAsync(cancel);
        if (!await ApiKeys.Revoke(connection, key.Id, cancel))
            return;
        await AuditLog.Write(connection, new(AuditKind.KeyRevoked, key.Name, Before: new { key.Id, key.Permissions, key.ExpiresAt }), cancel);
        await together.CommitAsync(cancel);
        callers.Forget();
    }
}
