using CityOps.Gis.Layers;
using Npgsql;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>Reads a layer from PostgreSQL by binary COPY, within one repeatable-read transaction; removed features come along with their status.</summary>
public static class SnapshotLoader
{
    /// <param name="progress">Rows read and rows expected; the expectation is the planner's where it has one.</param>
    /// <param name="exported">Name of an exported snapshot (<c>pg_export_snapshot()</c>, <c>CREATE_REPLICATION_SLOT … EXPORT_SNAPSHOT</c>) to read as of.</param>
    /// <exception cref="SnapshotException">The layer cannot be held in memory.</exception>
    /// <exception cref="PostgresException">The database refused.</exception>
    public static Task<LayerSnapshot> Load(
        NpgsqlDataSource source, LayerDefinition layer, IProgress<(long Rows, long Total)>? progress = null, CancellationToken cancel = default, string? exported = null)
        => Task.Factory.StartNew(() =>
        {
            using var database = DatabaseSnapshot.Open(source, exported);
            return database.Load(layer, long.MaxValue, progress, cancel);
        }, cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
