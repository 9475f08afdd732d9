using System.Data;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using Npgsql;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>The database as it stood at one moment: a repeatable-read transaction, of a snapshot that another connection exported or of its own. One thread's.</summary>
public sealed class DatabaseSnapshot : IDisposable
{
    // Reading is bound by who takes the rows apart, which is one thread a connection; the server needs half as much.
    const int MostReaders = 2;

    /// <summary>Pages that are worth a connection, 4 MB: some ten thousand rows.</summary>
    const long FewestPages = 512;

    const string BeforeCopy = "before_copy";

    readonly NpgsqlDataSource _source;
    readonly NpgsqlConnection _connection;
    readonly NpgsqlTransaction _transaction;
    bool _isDisposed;

    DatabaseSnapshot(NpgsqlDataSource source)
    {
        (_source, _connection) = (source, source.OpenConnection());
        _transaction = _connection.BeginTransaction(IsolationLevel.RepeatableRead);
    }

    /// <param name="exported">Name of an exported snapshot (<c>pg_export_snapshot()</c>, <c>CREATE_REPLICATION_SLOT … EXPORT_SNAPSHOT</c>); null = as of now.</param>
    /// <exception cref="PostgresException">The exporting transaction has ended.</exception>
    public static DatabaseSnapshot Open(NpgsqlDataSource source, string? exported = null)
    {
        var opened = new DatabaseSnapshot(source);
        try
        {
            // The first statement takes the snapshot.
            opened.Run(exported is null ? "select 1" : $"set transaction snapshot {SqlName.Literal(exported)}");
            // A scan that joins another's halfway would give the rows in another order each time.
            opened.Run("set local synchronize_seqscans = off");
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
        => Value($"select coalesce(sum(greatest(reltuples, 0)), 0)::bigint from pg_class where {IsTableOf(layer)}")
            is > 0 and var planned ? planned : Value($"select count(*) from {SqlName.Table(layer.Id)}");

    /// <summary>About what a layer will take in memory: 40 bytes a feature, and of shapes 8 for each 16 that the planner knows of their geometries.</summary>
    public long Estimate(LayerDefinition layer)
    {
        var shapes = layer.Geometry == GeometryKind.Point ? 0 : Value($"""
            select coalesce(sum((greatest(reltuples, 0) * greatest(stats.avg_width - 32, 0))::bigint), 0)::bigint / 2
            from pg_class join pg_stats stats on stats.schemaname = 'gis' and stats.tablename = pg_class.relname and stats.attname = 'geom'
            where {IsTableOf(layer)}
            """);
        return Expected(layer) * 40 + shapes;
    }

    // The tables that hold its rows: partitions, or the one there is, which pg_partition_tree does not tell.
    static string IsTableOf(LayerDefinition layer)
        => $"""
            (pg_class.oid in (select relid from pg_partition_tree({SqlName.Literal(SqlName.Table(layer.Id))}) where isleaf)
                or pg_class.oid = to_regclass({SqlName.Literal(SqlName.Table(layer.Id))}) and relkind <> 'p')
            """;

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

    /// <summary>Copies a layer, a large one by two connections at once.</summary>
    /// <param name="mostBytes">Memory it may take.</param>
    /// <param name="progress">Rows read and rows expected.</param>
    /// <param name="mostReaders">Connections; one where the layer has few pages.</param>
    /// <exception cref="SnapshotTooLargeException">It takes more.</exception>
    /// <exception cref="SnapshotException">It cannot be held in memory.</exception>
    public LayerSnapshot Load(LayerDefinition layer, long mostBytes, IProgress<(long Rows, long Total)>? progress, CancellationToken cancel, int mostReaders = MostReaders)
    {
        if (LayerColumns.Fault(layer, Columns(layer)) is { } fault)
            throw new SnapshotException(fault.En) { Reason = fault };
        var expected = progress is null ? 0 : Expected(layer);
        var builder = Copy(layer, new(layer, mostBytes, expected, progress), mostReaders, cancel);
        cancel.ThrowIfCancellationRequested();
        var version = Value($"select version from cityops.layer where id = {SqlName.Literal(layer.Id)}");
        return builder.Build(version, Departments());
    }

    // While the table is locked so, nobody writes it anew, and its rows stay in their pages.
    SnapshotBuilder Copy(LayerDefinition layer, LayerCopy copy, int mostReaders, CancellationToken cancel)
    {
        Run($"lock table {SqlName.Table(layer.Id)} in access share mode");
        var (tables, others) = (Tables(layer), new List<DatabaseSnapshot>());
        try
        {
            for (var wanted = TablePages.Shares(tables, mostReaders, FewestPages).Count - 1; others.Count < wanted && Another(layer) is { } other;)
                others.Add(other);
            var shares = TablePages.Shares(tables, others.Count + 1, FewestPages).Select(pages => SnapshotColumns.Select(layer, pages)).ToList();
            return WithinSavepoint(() => copy.Read([.. shares.Select((select, at) => (at == 0 ? _connection : others[at - 1]._connection, select))], cancel));
        }
        finally
        {
            others.ForEach(other => other.Dispose());
        }
    }

    // Null where somebody waits for the table alone: another connection would wait behind him, and he for this one, which waits for the other; the server does not see that circle.
    DatabaseSnapshot? Another(LayerDefinition layer)
    {
        var other = Open(_source, Export());
        try
        {
            other.Run($"lock table {SqlName.Table(layer.Id)} in access share mode nowait");
            return other;
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            other.Dispose();
            return null;
        }
        catch
        {
            other.Dispose();
            throw;
        }
    }

    // A copy that is called off takes its transaction along, in which the next layer is to be read. From within a savepoint nothing can be exported, so it is let go.
    SnapshotBuilder WithinSavepoint(Func<SnapshotBuilder> read)
    {
        _transaction.Save(BeforeCopy);
        try
        {
            var builder = read();
            _transaction.Release(BeforeCopy);
            return builder;
        }
        catch (Exception fault) when (fault is SnapshotException or SnapshotTooLargeException)
        {
            _transaction.Rollback(BeforeCopy);
            _transaction.Release(BeforeCopy);
            throw;
        }
    }

    /// <summary>Name under which others see the database as this does, while this is open.</summary>
    string Export()
    {
        using var command = Command("select pg_export_snapshot()");
        return (string)command.ExecuteScalar()!;
    }

    // In the order of their names, so that a table is read alike each time; a foreign partition has no pages here and is read whole.
    List<(string Table, long Pages)> Tables(LayerDefinition layer)
    {
        using var command = Command($"""
            select format('%I.%I', nspname, relname), pg_relation_size(pg_class.oid) / current_setting('block_size')::bigint
            from pg_class join pg_namespace on pg_namespace.oid = relnamespace
            where {IsTableOf(layer)} order by relname collate "C"
            """);
        using var reader = command.ExecuteReader();
        var tables = new List<(string, long)>();
        while (reader.Read())
            tables.Add((reader.GetString(0), reader.GetInt64(1)));
        return tables.Count > 0 ? tables : [(SqlName.Table(layer.Id), 0)];
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
