using System.Reflection;
using DbUp;
using DbUp.Engine.Output;
using Npgsql;

namespace CityOps.Gis.PostGis;

/// <summary>Brings a database's schema to this version: the numbered scripts of <c>sql/</c>, each once, in order.</summary>
public static class Migrator
{
    // Any number, the same in every process of the product.
    const long AdvisoryLock = 0x0C17_0905;

    /// <summary>Table of the schema <c>public</c> that names the scripts a database has had: id, name, when.</summary>
    internal const string Journal = "cityops_migration";

    /// <exception cref="MigrationException">A script failed; the database is as it was before that script.</exception>
    public static void Migrate(string connectionString)
    {
        using var one = NpgsqlDataSource.Create(connectionString);
        using var connection = one.OpenConnection();
        Run(connection, "select pg_advisory_lock($1)");
        try
        {
            var result = DeployChanges.To.PostgresqlDatabase(connectionString)
                .WithScriptsEmbeddedInAssembly(Assembly.GetExecutingAssembly(), IsScript)
                .JournalToPostgresqlTable("public", Journal)
                .WithTransactionPerScript()
                .WithVariablesDisabled()
                .LogTo(new NoOpUpgradeLog())
                .Build()
                .PerformUpgrade();
            if (!result.Successful)
                throw new MigrationException(result.ErrorScript?.Name ?? "?", result.Error);
        }
        finally
        {
            Run(connection, "select pg_advisory_unlock($1)");
        }
    }

    /// <summary>Names of the scripts of this version, in order.</summary>
    public static IReadOnlyList<string> Scripts { get; } = [.. Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(IsScript).Order(StringComparer.Ordinal)];

    /// <summary>Names of the scripts that a database has had; none where it was never prepared.</summary>
    public static async Task<IReadOnlyList<string>> Applied(NpgsqlConnection connection, CancellationToken cancel = default)
        => await Sql.Value<bool>(connection, $"select to_regclass('public.{Journal}') is not null", cancel)
            ? await Sql.Column<string>(connection, $"select scriptname from public.{Journal} order by scriptname", cancel)
            : [];

    /// <summary>Scripts of this version that a database has not had.</summary>
    public static async Task<IReadOnlyList<string>> Missing(NpgsqlDataSource database, CancellationToken cancel = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        return [.. Scripts.Except(await Applied(connection, cancel))];
    }

    static bool IsScript(string name) => name.StartsWith("sql.", StringComparison.Ordinal);

    static void Run(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = AdvisoryLock } } };
        command.ExecuteNonQuery();
    }
}
