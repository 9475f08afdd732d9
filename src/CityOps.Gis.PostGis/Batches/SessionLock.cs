using Npgsql;

namespace CityOps.Gis.PostGis.Batches;

/// <summary>Keeps a piece of work to one process: an advisory lock of a session of its own, which the server lets go when the process dies.</summary>
public sealed class SessionLock : IAsyncDisposable
{
    // Any numbers, the same in every process of the product.
    const int Batches = 0x0C17, Jobs = 0x0C18;

    readonly NpgsqlConnection _session;

    SessionLock(NpgsqlConnection session) => _session = session;

    /// <summary>Null when another process is at work on the batch.</summary>
    public static Task<SessionLock?> OfBatch(NpgsqlDataSource source, long batchId, CancellationToken cancel) => Take(source, Batches, batchId, cancel);

    /// <summary>Null when an import job is being worked on.</summary>
    public static Task<SessionLock?> OfJob(NpgsqlDataSource source, long jobId, CancellationToken cancel) => Take(source, Jobs, jobId, cancel);

    static async Task<SessionLock?> Take(NpgsqlDataSource source, int space, long number, CancellationToken cancel)
    {
        var session = await source.OpenConnectionAsync(cancel);
        var isTaken = false;
        try
        {
            isTaken = await Sql.Value<bool>(session, $"select pg_try_advisory_lock({space}, {number}::int)", cancel);
        }
        finally
        {
            if (!isTaken)
                await session.DisposeAsync();
        }
        return isTaken ? new(session) : null;
    }

    public async ValueTask DisposeAsync()
    {
        // A pooled connection is reset before it is used again (DISCARD ALL), which would let go as well; said here, it happens now.
        try
        {
            if (_session.State == System.Data.ConnectionState.Open)
                await Sql.Run(_session, "select pg_advisory_unlock_all()", CancellationToken.None);
        }
        catch (NpgsqlException fault) when (fault.IsAway())
        {
            // The session is gone, and its locks with it.
        }
        await _session.DisposeAsync();
    }
}
