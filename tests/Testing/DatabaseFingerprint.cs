using Npgsql;

namespace CityOps.Gis.Testing;

/// <summary>
/// All that a database is, as lines to compare: for each table of every schema that is not the server's own how many rows it has and a hash of them, whatever their
/// order; sequences; columns, indexes, constraints, triggers, functions, views; row-level security and its policies; rights; publications with their tables.
/// </summary>
public static class DatabaseFingerprint
{
    const string OwnSchemas = "nspname not like 'pg\\_%' and nspname <> 'information_schema'";
    const string NotOfAnExtension = "not exists (select from pg_depend where objid = one.oid and deptype = 'e')";

    static readonly Dictionary<string, string> Facts = new()
    {
        ["column"] = $"""
            select format('%s.%s %s %s %s %s', nspname, relname, attname, format_type(atttypid, atttypmod), attnotnull, coalesce(pg_get_expr(adbin, adrelid), attidentity::text))
            from pg_attribute join pg_class one on one.oid = attrelid join pg_namespace space on space.oid = relnamespace left join pg_attrdef on adrelid = attrelid and adnum = attnum
            where relkind in ('r', 'p', 'v', 'm') and attnum > 0 and not attisdropped and {OwnSchemas} and {NotOfAnExtension}
            """,
        ["index"] = $"select indexdef from pg_indexes join pg_namespace on nspname = schemaname where {OwnSchemas}",
        ["constraint"] = $"select format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(one.oid)) from pg_constraint one join pg_namespace space on space.oid = connamespace where {OwnSchemas} and {NotOfAnExtension}",
        ["trigger"] = "select format('%s %s', pg_get_triggerdef(oid), tgenabled) from pg_trigger where not tgisinternal",
        ["function"] = $"select format('%s %s', one.oid::regprocedure, md5(prosrc || coalesce(proconfig::text, '') || prosecdef)) from pg_proc one join pg_namespace space on space.oid = pronamespace where {OwnSchemas} and {NotOfAnExtension}",
        ["view"] = $"select format('%s %s', one.oid::regclass, md5(pg_get_viewdef(one.oid))) from pg_class one join pg_namespace space on space.oid = relnamespace where relkind in ('v', 'm') and {OwnSchemas} and {NotOfAnExtension}",
        ["kind"] = $"""
            select format('%s.%s %s %s row security %s forced %s %s %s', nspname, relname, relkind, relpersistence, relrowsecurity, relforcerowsecurity, relispartition, pg_get_expr(relpartbound, one.oid))
            from pg_class one join pg_namespace space on space.oid = relnamespace where relkind in ('r', 'p', 'S') and {OwnSchemas} and {NotOfAnExtension}
            """,
        ["right"] = $"""
            select format('%s.%s %s to %s', nspname, relname, privilege_type, case grantee when 0 then 'public' else grantee::regrole::text end)
            from pg_class one join pg_namespace space on space.oid = relnamespace, aclexplode(coalesce(relacl, acldefault(case relkind when 'S' then 's' else 'r' end::"char", relowner)))
            where relkind in ('r', 'p', 'S', 'v') and {OwnSchemas} and {NotOfAnExtension}
            """,
        ["default right"] = "select format('%s %s %s', defaclnamespace::regnamespace, defaclobjtype, defaclacl) from pg_default_acl",
        ["policy"] = "select format('%s.%s %s %s %s %s %s', schemaname, tablename, policyname, roles, cmd, qual, with_check) from pg_policies",
        ["publication"] = "select format('%s %s %s %s %s %s', pubname, puballtables, pubinsert, pubupdate, pubdelete, pubviaroot) from pg_publication",
        ["published"] = "select format('%s %s.%s %s', pubname, schemaname, tablename, rowfilter) from pg_publication_tables",
        ["comment"] = $"select format('%s %s %s', objoid::regclass, objsubid, description) from pg_description join pg_class one on one.oid = objoid join pg_namespace space on space.oid = relnamespace where classoid = 'pg_class'::regclass and {OwnSchemas} and {NotOfAnExtension}",
        ["extension"] = "select format('%s %s', extname, extversion) from pg_extension",
    };

    /// <summary>Every fact as a line, sorted.</summary>
    public static async Task<List<string>> Of(string connectionString, CancellationToken cancel = default)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 }.ConnectionString);
        await using var connection = await source.OpenConnectionAsync(cancel);
        var lines = new List<string>();
        foreach (var (name, sql) in Facts)
            lines.AddRange((await Column(connection, sql, cancel)).Select(fact => $"{name}: {fact}"));
        lines.AddRange(await Rows(connection, cancel));
        lines.AddRange(await Sequences(connection, cancel));
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    /// <summary>Of each table the number of its rows and a hash that does not depend on their order.</summary>
    public static async Task<List<string>> Rows(NpgsqlConnection connection, CancellationToken cancel = default)
    {
        var lines = new List<string>();
        foreach (var table in await Named(connection, "r", cancel))
            lines.AddRange((await Column(connection, $"""
                select format('%s rows %s', count(*), sum(hashtextextended(one::text, 0)::numeric)) from only {table} one
                """, cancel)).Select(found => $"rows: {table} {found}"));
        return lines;
    }

    static async Task<List<string>> Sequences(NpgsqlConnection connection, CancellationToken cancel)
    {
        var lines = new List<string>();
        foreach (var sequence in await Named(connection, "S", cancel))
            lines.AddRange((await Column(connection, $"select format('%s %s', last_value, is_called) from {sequence}", cancel)).Select(found => $"sequence: {sequence} {found}"));
        return lines;
    }

    static Task<List<string>> Named(NpgsqlConnection connection, string kind, CancellationToken cancel)
        => Column(connection, $"""
            select format('%I.%I', nspname, relname) from pg_class one join pg_namespace space on space.oid = relnamespace where relkind = '{kind}' and {OwnSchemas}
            """, cancel);

    static async Task<List<string>> Column(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var values = new List<string>();
        while (await reader.ReadAsync(cancel))
            values.Add(reader.GetString(0));
        return values;
    }
}
