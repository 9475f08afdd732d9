using Npgsql;

namespace CityOps.Gis.PostGis.Backups;

/// <summary>The database that a backup is to become, and the server it is on.</summary>
sealed class TargetDatabase(string connectionString)
{
    /// <summary>What is there before a restore.</summary>
    public enum Content
    {
        /// <summary>No such database.</summary>
        Missing,

        /// <summary>A database without any table of anybody.</summary>
        Bare,

        /// <summary>The product's tables, without a row that people brought.</summary>
        Empty,
        Filled,

        /// <summary>Tables of somebody else.</summary>
        Foreign,
    }

    readonly NpgsqlConnectionStringBuilder _of = new(connectionString) { Pooling = false, CommandTimeout = 0 };

    public string Name => _of.Database!;
    public string User => _of.Username ?? "";

    public string ConnectionOf(string database) => new NpgsqlConnectionStringBuilder(_of.ConnectionString) { Database = database }.ConnectionString;

    /// <summary>A session beside the target, which may then be renamed.</summary>
    public async Task<NpgsqlConnection> Server(CancellationToken cancel)
    {
        var connection = new NpgsqlConnection(ConnectionOf(Name == "postgres" ? "template1" : "postgres"));
        await connection.OpenAsync(cancel);
        return connection;
    }

    public async Task<NpgsqlConnection> Open(string database, CancellationToken cancel)
    {
        var connection = new NpgsqlConnection(ConnectionOf(database));
        await connection.OpenAsync(cancel);
        return connection;
    }

    public async Task<Content> Look(NpgsqlConnection server, CancellationToken cancel)
    {
        if (!await Sql.Value<bool>(server, $"select exists (select from pg_database where datname = {SqlName.Literal(Name)})", cancel))
            return Content.Missing;
        await using var connection = await Open(Name, cancel);
        var isOurs = await Sql.Value<bool>(connection, "select to_regclass('cityops.layer') is not null", cancel);
        var tables = await Sql.Column<string>(connection, isOurs ? TablesOfPeople : AnyTables, cancel);
        if (!isOurs)
            return tables.Count > 0 ? Content.Foreign : Content.Bare;
        foreach (var table in tables)
            if (await Sql.Value<bool>(connection, $"select exists (select from {table})", cancel))
                return Content.Filled;
        return Content.Empty;
    }

    /// <summary>May the user make databases?</summary>
    public static async Task<bool> MayCreate(NpgsqlConnection server, CancellationToken cancel)
        => await Sql.Value<bool>(server, "select rolcreatedb or rolsuper from pg_roles where rolname = current_user", cancel);

    /// <summary>Makes an empty database with the texts' order of the one it will replace.</summary>
    public async Task Create(NpgsqlConnection server, string name, CancellationToken cancel)
    {
        await Drop(server, name, cancel);
        var like = (await Sql.Column<string>(server, $"""
            select format('encoding %L lc_collate %L lc_ctype %L', pg_encoding_to_char(encoding), datcollate, datctype) from pg_database where datname = {SqlName.Literal(Name)} and datlocprovider = 'c'
            """, cancel)).FirstOrDefault();
        await Sql.Run(server, $"create database {SqlName.Quote(name)} template template0 {like}", cancel);
    }

    public static async Task Drop(NpgsqlConnection server, string name, CancellationToken cancel)
    {
        await End(server, name, cancel);
        await Sql.Run(server, $"drop database if exists {SqlName.Quote(name)} with (force)", cancel);
    }

    /// <summary>
    /// Puts a finished database in the target's place, in one transaction: at every moment there is one of the name. Sessions on the old one are ended until it is
    /// renamed; those that come meanwhile wait, and find the new one.
    /// </summary>
    public async Task Replace(NpgsqlConnection server, string finished, string? old, CancellationToken cancel)
    {
        await using var other = await Server(cancel);
        await using var transaction = await server.BeginTransactionAsync(cancel);
        if (old is not null)
        {
            var renaming = Sql.Run(server, $"alter database {SqlName.Quote(Name)} rename to {SqlName.Quote(old)}", cancel);
            do
                await End(other, Name, cancel);
            while (await Task.WhenAny(renaming, Task.Delay(100, cancel)) != renaming);
            await renaming;
        }
        await Sql.Run(server, $"alter database {SqlName.Quote(finished)} rename to {SqlName.Quote(Name)}", cancel);
        await transaction.CommitAsync(cancel);
    }

    // A walsender too: a database whose changes somebody follows can be neither renamed nor dropped.
    static Task<int> End(NpgsqlConnection server, string name, CancellationToken cancel)
        => Sql.Run(server, $"select pg_terminate_backend(pid) from pg_stat_activity where datname = {SqlName.Literal(name)} and pid <> pg_backend_pid()", cancel);

    // Tables that hold something as soon as the product is installed say nothing.
    const string TablesOfPeople = """
        select format('%I.%I', nspname, relname) from pg_class join pg_namespace space on space.oid = relnamespace
        where relkind in ('r', 'p') and not relispartition and (nspname in ('gis', 'access') or nspname = 'cityops' and relname in ('batch', 'import_job', 'saved_view', 'responsibility', 'mapping_profile'))
        """;

    const string AnyTables = """
        select relname::text from pg_class join pg_namespace space on space.oid = relnamespace
        where relkind in ('r', 'p', 'v', 'm') and nspname not like 'pg\_%' and nspname <> 'information_schema'
          and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = pg_class.oid and deptype = 'e')
        """;
}
