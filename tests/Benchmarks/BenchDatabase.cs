using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Cluster;
using Npgsql;

namespace CityOps.Gis.Benchmarks;

/// <summary>A server of the bench's own under <c>.data/bench-pg</c> with the settings of the product, and fresh databases on it.</summary>
sealed class BenchDatabase : IDisposable
{
    readonly ClusterLease _lease;

    public BenchDatabase() => _lease = PrivateCluster.At(Path.Combine(Folder, "..", "bench-pg")).Use();

    /// <summary>Where the bench keeps its files.</summary>
    public static string Folder { get; } = Directory.CreateDirectory(
        Path.Combine(Environment.GetEnvironmentVariable("CITYOPS_ROOT") ?? Directory.GetCurrentDirectory(), ".data", "bench")).FullName;

    public static LayerCatalog Catalog { get; } = LayerCatalog.Load(Path.Combine(AppContext.BaseDirectory, "layers"));

    /// <summary>Connection string of a database; nothing stays connected, so that it can be dropped and copied.</summary>
    public string Of(string database) => new NpgsqlConnectionStringBuilder(_lease.ConnectionString) { Database = database, Pooling = false }.ConnectionString;

    /// <summary>As the product itself connects.</summary>
    public string Pooled(string database) => new NpgsqlConnectionStringBuilder(Of(database)) { Pooling = true, CommandTimeout = 0 }.ConnectionString;

    /// <summary>Makes a database anew, empty or as a copy.</summary>
    public void Make(string name, string? template = null)
    {
        Run(Of("postgres"), $"drop database if exists {name} with (force)");
        Run(Of("postgres"), $"create database {name}{(template is null ? "" : $" template {template}")}");
    }

    public static void Run(string connectionString, string sql)
    {
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.ExecuteNonQuery();
    }

    public static T? Value<T>(string connectionString, string sql)
    {
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return command.ExecuteScalar() is T value ? value : default;
    }

    public Task Prepare(string name) => Installation.Prepare(Of(name), Catalog);

    public void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        _lease.Dispose();
    }
}
