using System.Buffers.Binary;
using CityOps.Gis.Layers;
using CityOps.Gis.Tiles.Snapshots;
using Npgsql.Replication.PgOutput;
using Npgsql.Replication.PgOutput.Messages;

namespace CityOps.Gis.Tiles.Following;

/// <summary>
/// Turns the messages of pgoutput (protocol 1, binary values) into transactions. A message's rows are read to their end before the next message is asked for; what
/// was rolled back never comes. One thread's.
/// </summary>
/// <param name="types">Names of types by their object ids.</param>
sealed class ChangeReader(IReadOnlyDictionary<string, LayerDefinition> layers, IReadOnlyDictionary<uint, string> types)
{
    /// <summary>Prefix of the marks that followers write into the log.</summary>
    public const string MarkPrefix = "cityops.follower";

    readonly Dictionary<uint, FollowedRelation> _relations = [];
    readonly byte[] _number = new byte[8];
    volatile CommittedChanges? _open;

    /// <summary>No transaction has begun that has not ended.</summary>
    public bool IsBetween => _open is null;

    /// <summary>Takes a message; gives the transaction it completes.</summary>
    public async ValueTask<CommittedChanges?> Take(PgOutputReplicationMessage message, CancellationToken cancel)
    {
        switch (message)
        {
            case BeginMessage begin:
                _open = new((ulong)begin.TransactionFinalLsn, new(begin.TransactionCommitTimestamp, TimeSpan.Zero));
                return null;
            case RelationMessage relation:
                Remember(relation);
                return null;
            case InsertMessage insert:
                await Put(insert.Relation, insert.NewRow, null, cancel);
                return null;
            case IndexUpdateMessage update:
                await Put(update.Relation, update.NewRow, await Fid(update.Relation, update.Key, cancel), cancel);
                return null;
            case FullUpdateMessage update:
                await Put(update.Relation, update.NewRow, await Fid(update.Relation, update.OldRow, cancel), cancel);
                return null;
            case UpdateMessage update:
                await Put(update.Relation, update.NewRow, null, cancel);
                return null;
            case KeyDeleteMessage delete:
                await Delete(delete.Relation, delete.Key, cancel);
                return null;
            case FullDeleteMessage delete:
                await Delete(delete.Relation, delete.OldRow, cancel);
                return null;
            case TruncateMessage truncate:
                Truncate(truncate);
                return null;
            case LogicalDecodingMessage mark:
                await ReadMark(mark, cancel);
                return null;
            case CommitMessage commit:
                var done = _open!;
                done.Commit((ulong)commit.TransactionEndLsn);
                _open = null;
                return done;
            default:
                return null;
        }
    }

    void Remember(RelationMessage message)
    {
        var relation = FollowedRelation.Of(message, layers, types);
        _relations[message.RelationId] = relation;
        if (relation.Layer is { } layer)
            _open?.Of(layer.Id).SetColumns(relation.Fault);
    }

    async ValueTask Put(RelationMessage message, ReplicationTuple tuple, long? before, CancellationToken cancel)
    {
        var relation = _relations[message.RelationId];
        if (relation.IsVersions)
            await PutVersion(relation, tuple, cancel);
        else if (relation.IsDepartments)
            _open!.HasDepartments = true;
        else if (relation is { Layer: { } layer, Fault: null })
            Put(_open!.Of(layer.Id), await Version(relation, tuple, before, cancel), before);
    }

    static void Put(LayerChanges changes, ChangedRow row, long? before)
    {
        changes.Put(row);
        if (before is { } fid && fid != row.Fid)
            changes.Put(ChangedRow.Deletion(fid));
    }

    static async ValueTask<ChangedRow> Version(FollowedRelation relation, ReplicationTuple tuple, long? before, CancellationToken cancel)
    {
        var row = ChangedRow.Version(relation.FieldCount);
        var column = 0;
        await foreach (var value in tuple.WithCancellation(cancel))
        {
            var fields = relation.FieldsOf(column++).ToArray();
            if (fields.Length == 0 || value.IsDBNull)
                continue;
            if (value.IsUnchangedToastedValue)
                Array.ForEach(fields, row.SetUnchanged);
            else
            {
                await Read(value, row.Room(fields[0], value.Length), cancel);
                foreach (var field in fields.Skip(1))
                    row.Share(field, fields[0]);
            }
        }
        row.Complete(before);
        return row;
    }

    async ValueTask PutVersion(FollowedRelation relation, ReplicationTuple tuple, CancellationToken cancel)
    {
        var (id, version, changedAt, reloadVersion, column) = ("", 0L, 0L, 0L, 0);
        await foreach (var value in tuple.WithCancellation(cancel))
            switch (relation.NameOf(column++))
            {
                case "id":
                    var name = new byte[value.Length];
                    await Read(value, name, cancel);
                    id = System.Text.Encoding.UTF8.GetString(name);
                    break;
                case "version":
                    version = await Integer(value, cancel);
                    break;
                case "changed_at":
                    changedAt = await Integer(value, cancel);
                    break;
                case "reload_version":
                    reloadVersion = await Integer(value, cancel);
                    break;
            }
        _open!.Versions[id] = new(version, changedAt, reloadVersion);
    }

    async ValueTask Delete(RelationMessage message, ReplicationTuple key, CancellationToken cancel)
    {
        var relation = _relations[message.RelationId];
        if (relation.IsDepartments)
            _open!.HasDepartments = true;
        else if (relation is { Layer: { } layer, Fault: null } && await Fid(message, key, cancel) is { } fid)
            _open!.Of(layer.Id).Put(ChangedRow.Deletion(fid));
    }

    void Truncate(TruncateMessage truncate)
    {
        foreach (var relation in truncate.Relations.Select(one => _relations[one.RelationId]))
            if (relation.Layer is { } layer)
                _open!.Of(layer.Id).Truncate(0);
            else
                _open!.HasDepartments |= relation.IsDepartments;
    }

    async ValueTask<long?> Fid(RelationMessage message, ReplicationTuple key, CancellationToken cancel)
    {
        var relation = _relations[message.RelationId];
        long? fid = null;
        var column = 0;
        await foreach (var value in key.WithCancellation(cancel))
            if (relation.NameOf(column++) == "fid" && !value.IsDBNull)
                fid = await Integer(value, cancel);
        return fid;
    }

    async ValueTask ReadMark(LogicalDecodingMessage mark, CancellationToken cancel)
    {
        using var text = new MemoryStream();
        await mark.Data.CopyToAsync(text, cancel);
        if (mark.Prefix == MarkPrefix && _open is not null)
            _open.Mark = System.Text.Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    async ValueTask<long> Integer(ReplicationValue value, CancellationToken cancel)
    {
        await Read(value, _number, cancel);
        return BinaryPrimitives.ReadInt64BigEndian(_number);
    }

    static async ValueTask Read(ReplicationValue value, Memory<byte> into, CancellationToken cancel)
    {
        if (value.Kind != TupleDataKind.BinaryValue)
            throw new SnapshotException($"The server sent a value of {value.GetFieldName()} as {value.Kind}, not in binary form.");
        await value.GetStream().ReadExactlyAsync(into, cancel);
    }
}
