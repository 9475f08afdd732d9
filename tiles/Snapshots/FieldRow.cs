using System.Buffers.Binary;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>
/// One row of a layer's table in PostgreSQL's binary form, its fields in the order of <see cref="SnapshotColumns"/>: of a COPY or of the replication stream. A view
/// into somebody's buffer: good until that buffer moves on.
/// </summary>
/// <param name="lengths"><see cref="Null"/> and <see cref="Unchanged"/> stand for fields that have no bytes.</param>
readonly ref struct FieldRow(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> starts, ReadOnlySpan<int> lengths)
{
    public const int Null = -1;

    /// <summary>A TOASTed value that an update did not touch and replication did not send: it is that of the row we have.</summary>
    public const int Unchanged = -2;

    readonly ReadOnlySpan<byte> _bytes = bytes;
    readonly ReadOnlySpan<int> _starts = starts;
    readonly ReadOnlySpan<int> _lengths = lengths;

    public bool IsNull(int field) => _lengths[field] == Null;

    public bool IsUnchanged(int field) => _lengths[field] == Unchanged;

    public ReadOnlySpan<byte> Field(int field) => _lengths[field] < 0 ? [] : _bytes.Slice(_starts[field], _lengths[field]);

    public long Integer(int field) => BinaryPrimitives.ReadInt64BigEndian(Field(field));

    /// <summary>A boolean's byte or the eight of an integer or a real.</summary>
    public long Number(int field) => _lengths[field] == 1 ? Field(field)[0] : Integer(field);
}
