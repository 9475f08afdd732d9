using CityOps.Gis.PostGis;
using CityOps.Gis.Tiles.Snapshots;
using Npgsql;
using Npgsql.Replication;
using Npgsql.Replication.PgOutput;
using NpgsqlTypes;

namespace CityOps.Gis.Tiles.Following;

/// <summary>A replication connection with a temporary slot, which the server drops when the connection ends, and the database as it stood where the slot begins.</summary>
sealed class ReplicationLink : IAsyncDisposable
{
    readonly LogicalReplicationConnection _connection;
    readonly PgOutputReplicationSlot _slot;

    ReplicationLink(LogicalReplicationConnection connection, PgOutputReplicationSlot slot, ulong system) => (_connection, _slot, System) = (connection, slot, system);

    /// <summary>Identifier of the PostgreSQL cluster.</summary>
    public ulong System { get; }

    /// <summary>Commits before this are in the exported snapshot, those from here on come over the link.</summary>
    public ulong Start => (ulong)_slot.ConsistentPoint;

    /// <summary>Everything the server had to send up to here has been received.</summary>
    public ulong Received => (ulong)_connection.LastReceivedLsn;

    /// <summary>Waits until transactions that are writing now have ended: only then does the server know where to begin.</summary>
    public static async Task<ReplicationLink> Open(string connectionString, CancellationToken cancel)
    {
        var connection = new LogicalReplicationConnection(new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "cityops follower" }.ConnectionString)
        {
            WalReceiverTimeout = TimeSpan.FromSeconds(30),
            WalReceiverStatusInterval = TimeSpan.FromSeconds(5),
        };
        try
        {
            await connection.Open(cancel);
            var system = await connection.IdentifySystem(cancel);
            var name = $"cityops_{Guid.NewGuid():N}";
            var slot = await connection.CreatePgOutputReplicationSlot(name, temporarySlot: true, LogicalSlotSnapshotInitMode.Export, cancellationToken: cancel);
            return new(connection, slot, ulong.Parse(system.SystemId, global::System.Globalization.CultureInfo.InvariantCulture));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>The database at <see cref="Start"/>; only before <see cref="Messages"/> is asked for.</summary>
    public DatabaseSnapshot Snapshot(NpgsqlDataSource source) => DatabaseSnapshot.Open(source, _slot.SnapshotName);

    public IAsyncEnumerable<Npgsql.Replication.PgOutput.Messages.PgOutputReplicationMessage> Messages(CancellationToken cancel)
        => _connection.StartReplication(_slot, new(FollowedTables.Publication, PgOutputProtocolVersion.V1, binary: true, messages: true), cancel);

    /// <summary>The server need keep its log only from here on.</summary>
    public void Confirm(ulong lsn) => _connection.SetReplicationStatus(new NpgsqlLogSequenceNumber(lsn));

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
