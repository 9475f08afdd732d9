using CityOps.Gis.Tiles.Snapshots;

namespace CityOps.Gis.Tiles.Following;

/// <summary>
/// What became of one feature: deleted, or a new version with the fields of <see cref="SnapshotColumns"/> one after the other in one array of bytes.
/// </summary>
sealed class ChangedRow
{
    readonly int[] _starts;
    readonly int[] _lengths;
    byte[] _bytes;
    int _end;

    ChangedRow(long fid, int fields) => (Fid, Carrier, _starts, _lengths, _bytes) = (fid, fid, new int[fields], new int[fields], fields == 0 ? [] : new byte[256]);

    public long Fid { get; private set; }

    /// <summary>The feature that has the values which did not come: the same, or the one whose number was changed.</summary>
    public long Carrier { get; private set; }
    public bool IsDeletion => _starts.Length == 0;

    /// <summary>End of its transaction in the server's log.</summary>
    public ulong Lsn { get; set; }
    public int Bytes => _bytes.Length + 16 * _starts.Length + 64;
    public FieldRow Fields => new(_bytes, _starts, _lengths);

    public static ChangedRow Deletion(long fid) => new(fid, 0);

    /// <summary>A version without values yet.</summary>
    public static ChangedRow Version(int fields)
    {
        var row = new ChangedRow(0, fields);
        Array.Fill(row._lengths, FieldRow.Null);
        return row;
    }

    public void SetUnchanged(int field) => _lengths[field] = FieldRow.Unchanged;

    /// <summary>Room for a field's bytes, to be filled by the caller.</summary>
    public Memory<byte> Room(int field, int length)
    {
        if (_end + length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _end + length));
        (_starts[field], _lengths[field]) = (_end, length);
        _end += length;
        return _bytes.AsMemory(_end - length, length);
    }

    /// <summary>A second field with the same bytes.</summary>
    public void Share(int field, int with) => (_starts[field], _lengths[field]) = (_starts[with], _lengths[with]);

    /// <summary>Its values have come.</summary>
    /// <param name="carrier">Its number before, where the number was changed.</param>
    public void Complete(long? carrier) => (Fid, Carrier) = (Fields.Integer(SnapshotColumns.Fid), carrier ?? Fields.Integer(SnapshotColumns.Fid));

    /// <summary>Takes over from an earlier version what did not come with this one.</summary>
    public void CarryOver(ChangedRow earlier)
    {
        for (var field = 0; field < _lengths.Length; field++)
        {
            if (_lengths[field] != FieldRow.Unchanged)
                continue;
            if (earlier._lengths[field] < 0)
                _lengths[field] = earlier._lengths[field];
            else
                earlier.Fields.Field(field).CopyTo(Room(field, earlier._lengths[field]).Span);
        }
        Carrier = earlier.Carrier;
    }
}
