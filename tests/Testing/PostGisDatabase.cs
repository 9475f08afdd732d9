using System.Globalization;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using Npgsql;
using Xunit;

namespace CityOps.Gis.Testing;

/// <summary>
/// A database of a test class's own, cloned from a template that is prepared once per test process. <c>CITYOPS_TEST_DATABASE</c> names the server;
/// without it the class is skipped, and fails where <c>CI=true</c>.
/// </summary>
public sealed class PostGisDatabase : IAsyncLifetime
{
    static readonly SemaphoreSlim Gate = new(1);
    static readonly Dictionary<string, string> Templates = [];
    static int _count;
    readonly string _fill;
    string _name = "";
    NpgsqlDataSource? _source;

    public PostGisDatabase() : this("")
    {
    }

    PostGisDatabase(string fill) => _fill = fill;

    /// <summary>A database with what the statements put in; they run once per test process, and each database is a clone of the outcome.</summary>
    public static PostGisDatabase Filled(string fill) => new(fill);

    /// <summary>The product's own layers and code lists.</summary>
    public static LayerCatalog Catalog { get; } = LayerCatalog.Load(Path.Combine(AppContext.BaseDirectory, "layers"));

    public string ConnectionString { get; private set; } = "";

    /// <summary>Skips the running test where no server is named, except in CI, where it fails.</summary>
    public NpgsqlDataSource Source
    {
        get
        {
            if (_source is null && Environment.GetEnvironmentVariable("CI") == "true")
                Assert.Fail("CITYOPS_TEST_DATABASE is not set, and CI runs every test.");
            Assert.SkipWhen(_source is null, "CITYOPS_TEST_DATABASE is not set; run ./cityops test.");
            return _source!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        var server = Environment.GetEnvironmentVariable("CITYOPS_TEST_DATABASE");
        if (string.IsNullOrEmpty(server))
            return;
        await Gate.WaitAsync();
        try
        {
            // One clone at a time: nobody may be connected to its template meanwhile.
            _name = await Clone(server, await Template(server, _fill));
        }
        finally
        {
            Gate.Release();
        }
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = _name, MaxPoolSize = 20 }.ConnectionString;
        _source = Connections.Open(ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        if (_source is null)
            return;
        await _source.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await Run(Environment.GetEnvironmentVariable("CITYOPS_TEST_DATABASE")!, $"drop database if exists {_name} with (force)");
    }

    /// <summary>Runs statements.</summary>
    public async Task Run(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first column of the first row; default where there is none.</summary>
    public async Task<T?> Value<T>(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    /// <summary>All rows as text, fields separated by <c>|</c>.</summary>
    public async Task<List<string>> Rows(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(at => reader.IsDBNull(at) ? "" : Convert.ToString(reader.GetValue(at), CultureInfo.InvariantCulture))));
        return rows;
    }

    static async Task<string> Template(string server, string fill)
    {
        if (Templates.TryGetValue(fill, out var made))
            return made;
        if (fill.Length == 0)
            await DropLeftovers(server);
        var name = await Clone(server, fill.Length == 0 ? "template1" : await Template(server, ""));
        var own = new NpgsqlConnectionStringBuilder(server) { Database = name, Pooling = false };
        if (fill.Length == 0)
            await Installation.Prepare(own.ConnectionString, Catalog);
        else
            await Run(own.ConnectionString, fill);
        NpgsqlConnection.ClearAllPools();
        return Templates[fill] = name;
    }

    static async Task<string> Clone(string server, string template)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"t_{Environment.ProcessId}_{Interlocked.Increment(ref _count)}");
        await Run(server, $"drop database if exists {name} with (force)");
        await Run(server, $"create database {name} template {template}");
        return name;
    }

    // Databases of test processes that are gone.
    static async Task DropLeftovers(string server)
    {
        var names = new List<string>();
        await using (var connection = new NpgsqlConnection(server))
        {
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(@"select datname from pg_database where datname ~ '^t_\d+_\d+$'", connection);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                names.Add(reader.GetString(0));
        }
        foreach (var name in names.Where(name => !Directory.Exists("/proc/" + name.Split('_')[1])))
            await Run(server, $"drop database if exists {name} with (force)");
    }

    static async Task Run(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        // To make or drop a database waits for the disk, which many tests share, and for a follower that has been stopped to let go of its slot.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
        for (var left = 100; ; left--)
            try
            {
                await command.ExecuteNonQueryAsync();
                return;
            }
            catch (PostgresException inUse) when (inUse.SqlState == PostgresErrorCodes.ObjectInUse && left > 0)
            {
                await Task.Delay(100);
            }
    }
}
