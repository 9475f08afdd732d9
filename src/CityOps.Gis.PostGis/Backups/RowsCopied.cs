using Npgsql;

namespace CityOps.Gis.PostGis.Backups;

/// <summary>How many rows a program has read by COPY so far, as the server tells (<c>pg_stat_progress_copy</c>): what ended between two looks is counted as last seen.</summary>
sealed class RowsCopied(NpgsqlDataSource source, string application)
{
    readonly Dictionary<long, long> _tables = [];

    /// <summary>Rows of all tables together, as the server estimates.</summary>
    public async Task<long> Expected(CancellationToken cancel)
    {
        await using var command = source.CreateCommand("""
            select coalesce(sum(greatest(reltuples, 0)), 0)::bigint from pg_class join pg_namespace space on space.oid = relnamespace
            where relkind = 'r' and nspname not like 'pg\_%' and nspname <> 'information_schema'
            """);
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    public async Task<long> Count(CancellationToken cancel)
    {
        await using var command = source.CreateCommand("""
            select relid::bigint, tuples_processed from pg_stat_progress_copy copy join pg_stat_activity using (pid) where application_name = $1
            """);
        command.Parameters.Add(new() { Value = application });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            _tables[reader.GetInt64(0)] = reader.GetInt64(1);
        return _tables.Values.Sum();
    }
}
