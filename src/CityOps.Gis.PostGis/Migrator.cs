using System.Reflection;
using DbUp;
using DbUp.Engine.Output;
using Npgsql;

namespace CityOps.Gis.PostGis;

/// <summary>Brings a database's schema to this version: the numbered scripts of <c>sql/</c>, each once, in order.</summary>
public static class Migrator
{
    const string Journal = "cityops_migration";

    // Any number, the same in every process of the product.
    const long AdvisoryLock = 0x0C17_0905;

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

    /// <summary>Scripts of this version that the database has not run.</summary>
    public static async Task<IReadOnlyList<string>> Missing(NpgsqlDataSource database, CancellationToken cancel = default)
    {
        await using var command = database.CreateCommand($"select scriptname from public.{Journal}");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var missing = Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(IsScript).ToHashSet();
        while (await reader.ReadAsync(cancel))
            missing.Remove(reader.GetString(0));
        return [.. missing.Order(StringComparer.Ordinal)];
    }

    static bool IsScript(string resource) => resource.StartsWith("sql.", StringComparison.Ordinal);

    static void Run(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = AdvisoryLock } } };
        command.ExecuteNonQuery();
    }
}
