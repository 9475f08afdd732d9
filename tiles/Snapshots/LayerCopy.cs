using System.Runtime.ExceptionServices;
using CityOps.Gis.Layers;
using Npgsql;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>
/// Reads shares of a layer's table at the same time, each by a COPY on a connection, a thread and into a builder of its own. The builders are joined in the order
/// of the shares, so that what comes out does not depend on who was faster.
/// </summary>
/// <param name="mostBytes">Memory they may take together while they read; what a small layer comes to is known when it is built.</param>
/// <param name="expected">Rows, for the progress.</param>
/// <param name="progress">Rows read by all and rows expected; one call at a time, on whatever thread.</param>
sealed class LayerCopy(LayerDefinition layer, long mostBytes, long expected, IProgress<(long Rows, long Total)>? progress)
{
    const int RowsPerReport = 1 << 14;
    readonly Lock _reporting = new();
    long _rows, _bytes;

    /// <exception cref="SnapshotTooLargeException">They take more memory than they may.</exception>
    public SnapshotBuilder Read(IReadOnlyList<(NpgsqlConnection Connection, string Select)> shares, CancellationToken cancel)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var builders = shares.Select(_ => new SnapshotBuilder(layer)).ToList();
        // The COPY is read synchronously: a row is a message, and a million awaits a second would cost more than the reading.
        var readers = shares.Select((share, at) => Task.Factory.StartNew(
            () => Read(share.Connection, share.Select, builders[at], ended), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        Wait(readers, cancel);
        progress?.Report((_rows, _rows));
        foreach (var other in builders.Skip(1))
            builders[0].Join(other);
        return builders[0];
    }

    // The first fault ends the others, whose ending is no fault of theirs.
    static void Wait(Task[] readers, CancellationToken cancel)
    {
        try
        {
            Task.WaitAll(readers, CancellationToken.None);
        }
        catch (AggregateException faults)
        {
            cancel.ThrowIfCancellationRequested();
            ExceptionDispatchInfo.Throw(faults.InnerExceptions.FirstOrDefault(fault => fault is not OperationCanceledException) ?? faults.InnerExceptions[0]);
        }
    }

    void Read(NpgsqlConnection connection, string select, SnapshotBuilder builder, CancellationTokenSource ended)
    {
        try
        {
            using var copy = connection.BeginRawBinaryCopy($"copy ({select}) to stdout (format binary)");
            var rows = new CopyRows(copy, SnapshotColumns.Of(layer).Count);
            var (counted, bytes) = (0, 0L);
            rows.Begin();
            while (rows.Next())
            {
                builder.Add(rows.Current);
                if (builder.Count % RowsPerReport != 0 || (!ended.IsCancellationRequested && Report(builder, ref counted, ref bytes) <= mostBytes))
                    continue;
                copy.Cancel();
                ended.Token.ThrowIfCancellationRequested();
                throw new SnapshotTooLargeException(layer.Id, Interlocked.Read(ref _bytes), mostBytes);
            }
            Report(builder, ref counted, ref bytes);
        }
        catch
        {
            ended.Cancel();
            throw;
        }
    }

    /// <summary>Adds what was read since the last report; gives the memory of all readers.</summary>
    long Report(SnapshotBuilder builder, ref int counted, ref long bytes)
    {
        var now = builder.Bytes;
        lock (_reporting)
        {
            (_rows, _bytes) = (_rows + builder.Count - counted, _bytes + now - bytes);
            progress?.Report((_rows, Math.Max(_rows, expected)));
        }
        (counted, bytes) = (builder.Count, now);
        return Interlocked.Read(ref _bytes);
    }
}
