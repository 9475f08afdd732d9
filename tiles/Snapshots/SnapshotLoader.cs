using System.Data;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using Npgsql;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>Reads a layer from PostgreSQL by binary COPY, within one repeatable-read transaction; removed features come along with their status.</summary>
public static class SnapshotLoader
{
    const int RowsPerReport = 1 << 16;

    /// <param name="progress">Rows read and rows expected; the expectation is the planner's where it has one.</param>
    /// <param name="exported">Name of an exported snapshot (<c>pg_export_snapshot()</c>, <c>CREATE_REPLICATION_SLOT … EXPORT_SNAPSHOT</c>) to read as of.</param>
    /// <exception cref="SnapshotException">The layer cannot be held in memory.</exception>
    /// <exception cref="PostgresException">The database refused.</exception>
    public static Task<LayerSnapshot> Load(
        NpgsqlDataSource source, LayerDefinition layer, IProgress<(long Rows, long Total)>? progress = null, CancellationToken cancel = default, string? exported = null)
        // The COPY is read synchronously: a row is a message, and a million awaits a second would cost more than the reading.
        => Task.Factory.StartNew(() => LoadNow(source, layer, progress, exported, cancel), cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    static LayerSnapshot LoadNow(NpgsqlDataSource source, LayerDefinition layer, IProgress<(long, long)>? progress, string? exported, CancellationToken cancel)
    {
        var builder = new SnapshotBuilder(layer);
        using var connection = source.OpenConnection();
        using var transaction = connection.BeginTransaction(IsolationLevel.RepeatableRead);
        if (exported is not null)
            Run(connection, $"set transaction snapshot {SqlName.Literal(exported)}");
        var version = Value(connection, $"select version from cityops.layer where id = {SqlName.Literal(layer.Id)}");
        var departments = Departments(connection);
        ReadRows(connection, layer, builder, progress, cancel);
        transaction.Commit();
        cancel.ThrowIfCancellationRequested();
        return builder.Build(version, departments);
    }

    static void ReadRows(NpgsqlConnection connection, LayerDefinition layer, SnapshotBuilder builder, IProgress<(long, long)>? progress, CancellationToken cancel)
    {
        var expected = progress is null ? 0 : Expected(connection, layer);
        using var copy = connection.BeginRawBinaryCopy($"copy ({SnapshotColumns.Select(layer)}) to stdout (format binary)");
        var rows = new CopyRows(copy, SnapshotColumns.FirstAttribute + SnapshotColumns.OwnAttributes(layer).Count());
        rows.Begin();
        while (rows.Next())
        {
            builder.Add(rows);
            if (builder.Count % RowsPerReport != 0)
                continue;
            progress?.Report((builder.Count, Math.Max(builder.Count, expected)));
            if (cancel.IsCancellationRequested)
            {
                copy.Cancel();
                cancel.ThrowIfCancellationRequested();
            }
        }
        progress?.Report((builder.Count, builder.Count));
    }

    // Of a partitioned table the planner's counts stand with the partitions; a table never analysed has -1.
    static long Expected(NpgsqlConnection connection, LayerDefinition layer)
        => Value(connection, $"""
            select coalesce(sum(greatest(reltuples, 0)), 0)::bigint
            from pg_class join pg_partition_tree({SqlName.Literal(SqlName.Table(layer.Id))}) part on part.relid = pg_class.oid
            where part.isleaf
            """)
            is > 0 and var planned ? planned : Value(connection, $"select count(*) from {SqlName.Table(layer.Id)}");

    /// <summary>The departments as they stand, for a question to a snapshot that is older.</summary>
    public static DepartmentTree Departments(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand("select code, parent_code from gis.departments where parent_code is not null", connection);
        using var reader = command.ExecuteReader();
        var links = new List<(string, string)>();
        while (reader.Read())
            links.Add((reader.GetString(0), reader.GetString(1)));
        return new(links);
    }

    static long Value(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return command.ExecuteScalar() is long value ? value : 0;
    }

    static void Run(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
