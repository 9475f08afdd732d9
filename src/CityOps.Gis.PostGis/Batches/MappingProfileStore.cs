using CityOps.Gis.PostGis.Audit;
using Npgsql;
using NpgsqlTypes;

namespace CityOps.Gis.PostGis.Batches;

/// <summary>Mapping profiles by name, as JSON.</summary>
public sealed class MappingProfileStore(NpgsqlDataSource source)
{
    public async Task<string?> Find(string name, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand("select profile::text from cityops.mapping_profile where name = $1");
        command.Parameters.Add(new() { Value = name });
        return await command.ExecuteScalarAsync(cancel) as string;
    }

    public async Task<IReadOnlyList<string>> Names(CancellationToken cancel = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        return await Sql.Column<string>(connection, "select name from cityops.mapping_profile order by name", cancel);
    }

    /// <summary>Keeps a profile, with the entry in the audit log that tells of it.</summary>
    public async Task Save(string name, string json, CancellationToken cancel = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var together = await connection.BeginTransactionAsync(cancel);
        await using var command = new NpgsqlCommand("""
            insert into cityops.mapping_profile (name, profile) values ($1, $2)
            on conflict (name) do update set profile = excluded.profile, changed_at = now()
            """, connection);
        command.Parameters.Add(new() { Value = name });
        command.Parameters.Add(new() { Value = json, NpgsqlDbType = NpgsqlDbType.Jsonb });
        await command.ExecuteNonQueryAsync(cancel);
        await AuditLog.Write(connection, new(AuditKind.MappingSaved, name), cancel);
        await together.CommitAsync(cancel);
    }
}
