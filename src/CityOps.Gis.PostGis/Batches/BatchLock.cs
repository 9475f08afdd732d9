using Npgsql;

namespace CityOps.Gis.PostGis.Batches;

/// <summary>Keeps a batch to one process: an advisory lock of a session of its own, which the server lets go when the process dies.</summary>
public sealed class BatchLock : IAsyncDisposable
{
    // Any number, the same in every process of the product.
    const int Space = 0x0C17;

    readonly NpgsqlConnection _session;

    BatchLock(NpgsqlConnection session) => _session = session;

    /// <summary>Null when another process holds it.</summary>
    public static async Task<BatchLock?> Take(NpgsqlDataSource source, long batchId, CancellationToken cancel)
    {
        var session = await source.OpenConnectionAsync(cancel);
        if (await Sql.Value<bool>(session, $"select pg_try_advisory_lock({Space}, {batchId}::int)", cancel))
            return new(session);
        await session.DisposeAsync();
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        // A pooled connection is reset before it is used again (DISCARD ALL), which would let go as well; said here, it happens now.
        await Sql.Run(_session, $"select pg_advisory_unlock_all()", CancellationToken.None);
        await _session.DisposeAsync();
    }
}
