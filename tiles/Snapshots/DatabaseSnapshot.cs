using System.Data;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using Npgsql;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>The database as it stood at one moment: a repeatable-read transaction, of a snapshot that another connection exported or of its own. One thread's.</summary>
public sealed class DatabaseSnapshot : IDisposable
{
    const int RowsPerReport = 1 << 16;
    readonly NpgsqlConnection _connection;
    readonly NpgsqlTransaction _transaction;
    bool _isDisposed;

    DatabaseSnapshot(NpgsqlConnection connection)
    {
        _connection = connection;
        _transaction = connection.BeginTransaction(IsolationLevel.RepeatableRead);
    }

    /// <param name="exported">Name of an exported snapshot (<c>pg_export_snapshot()</c>, <c>CREATE_REPLICATION_SLOT … EXPORT_SNAPSHOT</c>); null = as of now.</param>
    /// <exception cref="PostgresException">The exporting transaction has ended.</exception>
    public static DatabaseSnapshot Open(NpgsqlDataSource source, string? exported = null)
    {
        var opened = new DatabaseSnapshot(source.OpenConnection());
        try
        {
            // The first statement takes the snapshot.
            opened.Run(exported is null ? "select 1" : $"set transaction snapshot {SqlName.Literal(exported)}");
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>What the database says of a layer; null where it has no such layer.</summary>
    public LayerStamp? Stamp(LayerDefinition layer)
    {
        using var command = Command($"""
            select version, ((extract(epoch from changed_at) - 946684800) * 1000000)::bigint, reload_version,
                (select oid::bigint from pg_database where datname = current_database()), to_regclass({SqlName.Literal(SqlName.Table(layer.Id))})::oid::bigint
            from cityops.layer where id = {SqlName.Literal(layer.Id)}
            """);
        using var reader = command.ExecuteReader();
        return reader.Read() && !reader.IsDBNull(4)
            ? new(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4))
            : null;
    }

    public DepartmentTree Departments()
    {
        using var command = Command("select code, parent_code from gis.departments where parent_code is not null");
        using var reader = command.ExecuteReader();
        var links = new List<(string, string)>();
        while (reader.Read())
            links.Add((reader.GetString(0), reader.GetString(1)));
        return new(links);
    }

    /// <summary>Features of a layer by the planner's count, or counted where it has none; of a partitioned table the counts stand with the partitions.</summary>
    public long Expected(LayerDefinition layer)
        => Value($"""
            select coalesce(sum(greatest(reltuples, 0)), 0)::bigint
            from pg_class join pg_partition_tree({SqlName.Literal(SqlName.Table(layer.Id))}) part on part.relid = pg_class.oid
            where part.isleaf
            """)
            is > 0 and var planned ? planned : Value($"select count(*) from {SqlName.Table(layer.Id)}");

    /// <summary>About what a layer will take in memory: 40 bytes a feature, and of shapes 8 for each 16 that the planner knows of their geometries.</summary>
    public long Estimate(LayerDefinition layer)
    {
        var shapes = layer.Geometry == GeometryKind.Point ? 0 : Value($"""
            select coalesce(sum((greatest(reltuples, 0) * greatest(stats.avg_width - 32, 0))::bigint), 0)::bigint / 2
            from pg_partition_tree({SqlName.Literal(SqlName.Table(layer.Id))}) part
            join pg_class on pg_class.oid = part.relid
            join pg_stats stats on stats.schemaname = 'gis' and stats.tablename = pg_class.relname and stats.attname = 'geom'
            where part.isleaf
            """);
        return Expected(layer) * 40 + shapes;
    }

    /// <summary>Names of types by their object ids.</summary>
    public Dictionary<uint, string> Types()
    {
        using var command = Command("select oid::bigint, format_type(oid, null) from pg_type where typtype <> 'c'");
        using var reader = command.ExecuteReader();
        var types = new Dictionary<uint, string>();
        while (reader.Read())
            types[(uint)reader.GetInt64(0)] = reader.GetString(1);
        return types;
    }

    /// <summary>Copies a layer.</summary>
    /// <param name="mostBytes">Memory it may take.</param>
    /// <param name="progress">Rows read and rows expected.</param>
    /// <exception cref="SnapshotTooLargeException">It takes more.</exception>
    /// <exception cref="SnapshotException">It cannot be held in memory.</exception>
    public LayerSnapshot Load(LayerDefinition layer, long mostBytes, IProgress<(long Rows, long Total)>? progress, CancellationToken cancel)
    {
        if (LayerColumns.Fault(layer, Columns(layer)) is { } fault)
            throw new SnapshotException(fault.En) { Reason = fault };
        var builder = new SnapshotBuilder(layer);
        ReadRows(layer, builder, mostBytes, progress, cancel);
        cancel.ThrowIfCancellationRequested();
        var version = Value($"select version from cityops.layer where id = {SqlName.Literal(layer.Id)}");
        return builder.Build(version, Departments());
    }

    void ReadRows(LayerDefinition layer, SnapshotBuilder builder, long mostBytes, IProgress<(long, long)>? progress, CancellationToken cancel)
    {
        var expected = progress is null ? 0 : Expected(layer);
        using var copy = _connection.BeginRawBinaryCopy($"copy ({SnapshotColumns.Select(layer)}) to stdout (format binary)");
        var rows = new CopyRows(copy, SnapshotColumns.Of(layer).Count);
        rows.Begin();
        while (rows.Next())
        {
            builder.Add(rows.Current);
            if (builder.Count % RowsPerReport != 0)
                continue;
            progress?.Report((builder.Count, Math.Max(builder.Count, expected)));
            if (!cancel.IsCancellationRequested && builder.Bytes <= mostBytes)
                continue;
            copy.Cancel();
            cancel.ThrowIfCancellationRequested();
            throw new SnapshotTooLargeException(layer.Id, builder.Bytes, mostBytes);
        }
        progress?.Report((builder.Count, builder.Count));
    }

    /// <summary>Columns of a layer's table and their types, as PostgreSQL writes them.</summary>
    public Dictionary<string, string> Columns(LayerDefinition layer)
    {
        using var command = Command($"""
            select attname, format_type(atttypid, null) from pg_attribute
            where attrelid = to_regclass({SqlName.Literal(SqlName.Table(layer.Id))}) and attnum > 0 and not attisdropped
            """);
        using var reader = command.ExecuteReader();
        var columns = new Dictionary<string, string>();
        while (reader.Read())
            columns[reader.GetString(0)] = reader.GetString(1);
        return columns;
    }

    public void Dispose()
    {
        // Npgsql uses a transaction object again for whoever has the pooled connection next; that one's must not be ended by a second disposal.
        if (_isDisposed)
            return;
        _isDisposed = true;
        _transaction.Dispose();
        _connection.Dispose();
    }

    long Value(string sql)
    {
        using var command = Command(sql);
        return command.ExecuteScalar() is long value ? value : 0;
    }

    void Run(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    }

    NpgsqlCommand Command(string sql) => new(sql, _connection) { CommandTimeout = 0 };
}
