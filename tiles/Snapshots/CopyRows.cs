using System.Buffers.Binary;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>
/// Rows of PostgreSQL's binary COPY from a stream, one after the other in one buffer: a signature of 11 bytes, flags and an extension, then per row a count of
/// fields (int16) and per field a length (int32, -1 = null) and its bytes, all big-endian; a count of -1 ends it.
/// </summary>
sealed class CopyRows(Stream stream, int fields)
{
    static ReadOnlySpan<byte> Signature => [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00];

    readonly int[] _starts = new int[fields];
    readonly int[] _lengths = new int[fields];
    byte[] _buffer = GC.AllocateUninitializedArray<byte>(1 << 20);
    int _at;
    int _end;

    /// <summary>Reads what stands before the first row.</summary>
    public void Begin()
    {
        Need(19);
        if (!_buffer.AsSpan(0, 11).SequenceEqual(Signature))
            throw new SnapshotException("The database's answer is not a binary COPY.");
        var extension = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(15));
        Need(19 + extension);
        _at = 19 + extension;
    }

    public bool Next()
    {
        Need(2);
        var count = BinaryPrimitives.ReadInt16BigEndian(_buffer.AsSpan(_at));
        if (count == -1)
            return false;
        if (count != fields)
            throw new SnapshotException($"A row of the copy has {count} fields, not {fields}.");
        var offset = 2;
        for (var field = 0; field < fields; field++)
        {
            // The buffer may move while it is filled, so places are kept from the row's start.
            Need(offset + 4);
            var length = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_at + offset));
            (_starts[field], _lengths[field]) = (offset + 4, length);
            offset += 4 + Math.Max(length, 0);
        }
        Need(offset);
        for (var field = 0; field < fields; field++)
            _starts[field] += _at;
        _at += offset;
        return true;
    }

    /// <summary>The row read last; good until the next.</summary>
    public FieldRow Current => new(_buffer, _starts, _lengths);

    void Need(int bytes)
    {
        if (_end - _at < bytes)
            Fill(bytes);
    }

    void Fill(int bytes)
    {
        if (_at + bytes > _buffer.Length)
        {
            var target = bytes > _buffer.Length ? GC.AllocateUninitializedArray<byte>(bytes * 2) : _buffer;
            _buffer.AsSpan(_at.._end).CopyTo(target);
            (_buffer, _end, _at) = (target, _end - _at, 0);
        }
        while (_end - _at < bytes)
        {
            var read = stream.Read(_buffer.AsSpan(_end));
            if (read == 0)
                throw new SnapshotException("The copy from the database ended in the middle of a row.");
            _end += read;
        }
    }
}
