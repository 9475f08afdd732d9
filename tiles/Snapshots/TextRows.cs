using System.Buffers.Binary;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>
/// A growing column of texts. Starts as codes and turns into a pool when most texts are their own; in the pool each text stands behind its length, in chunks of 1 KB to 16 MB.
/// </summary>
sealed class TextRows(string name, bool mostlyUnique)
{
    const int SmallestChunk = 1 << 10, LargestChunk = 1 << 24, FewEnough = 1 << 16;
    const ulong NoText = ulong.MaxValue;
    readonly List<byte[]> _chunks = [];
    CodeRows? _codes = mostlyUnique ? null : new(name);
    Rows<ulong>? _places = mostlyUnique ? new() : null;
    int _used;

    public long Bytes => (_codes?.Bytes ?? 0) + (_places?.Bytes ?? 0) + _chunks.Sum(chunk => (long)chunk.Length);

    public void Add(ReadOnlySpan<byte> text, bool isNull)
    {
        if (_codes is null)
            _places!.Add(isNull ? NoText : Keep(text));
        else if (isNull)
            _codes.AddNull();
        else
        {
            _codes.Add(text);
            if (IsPool(_codes.Distinct, _codes.Count))
                ToPool();
        }
    }

    /// <summary>Are most texts their own?</summary>
    public static bool IsPool(int distinct, int rows) => distinct > FewEnough && distinct > rows / 2;

    /// <exception cref="SnapshotException">There are more texts than one array holds.</exception>
    public static void RequireRoom(string field, long bytes)
    {
        if (bytes > Array.MaxLength)
            throw new SnapshotException($"The texts of field '{field}' take more than {Array.MaxLength:N0} bytes; the layer must be served by the database.");
    }

    /// <inheritdoc cref="Rows{T}.Join"/>
    /// <remarks>Two columns of codes stay codes, though together most texts may be their own: that costs memory, and little.</remarks>
    public void Join(TextRows other, int at)
    {
        if (_codes is not null && other._codes is not null)
        {
            _codes.Join(other._codes, at);
            return;
        }
        if (_codes is not null)
            ToPool();
        if (other._codes is not null)
            other.ToPool();
        var chunks = (ulong)_chunks.Count << 32;
        for (var row = 0; row < other._places!.Count; row++)
            if (other._places[row] is not NoText and var place)
                other._places[row] = place + chunks;
        _places!.Join(other._places, at);
        _chunks.AddRange(other._chunks);
    }

    ulong Keep(ReadOnlySpan<byte> text)
    {
        if (_chunks.Count == 0 || _used + 4 + text.Length > _chunks[^1].Length)
        {
            var size = _chunks.Count == 0 ? SmallestChunk : Math.Min(LargestChunk, _chunks[^1].Length * 2);
            _chunks.Add(GC.AllocateUninitializedArray<byte>(Math.Max(size, 4 + text.Length)));
            _used = 0;
        }
        var place = (ulong)(_chunks.Count - 1) << 32 | (uint)_used;
        BinaryPrimitives.WriteInt32LittleEndian(_chunks[^1].AsSpan(_used), text.Length);
        text.CopyTo(_chunks[^1].AsSpan(_used + 4));
        _used += 4 + text.Length;
        return place;
    }

    void ToPool()
    {
        _places = new();
        for (var row = 0; row < _codes!.Count; row++)
            _places.Add(_codes.Code(row) is var code && code == 0 ? NoText : Keep(_codes.Text(code)));
        _codes = null;
    }

    public AttributeColumn InOrder(ReadOnlySpan<ulong> order)
    {
        if (_codes is not null)
            return new(name, _codes.InOrder(order));
        var places = _places!.InOrder(order);
        _places = null;
        var starts = GC.AllocateUninitializedArray<uint>(places.Length + 1);
        var total = 0L;
        for (var row = 0; row < places.Length; row++)
        {
            starts[row] = (uint)total | (places[row] == NoText ? PooledText.NoValue : 0);
            total += Text(places[row]).Length;
            RequireRoom(name, total);
        }
        starts[^1] = (uint)total;
        var texts = GC.AllocateUninitializedArray<byte>((int)total);
        for (var row = 0; row < places.Length; row++)
            Text(places[row]).CopyTo(texts.AsSpan((int)(starts[row] & ~PooledText.NoValue)));
        _chunks.Clear();
        return new(name, new PooledText(new(texts), new(starts)));
    }

    ReadOnlySpan<byte> Text(ulong place)
    {
        if (place == NoText)
            return [];
        var from = _chunks[(int)(place >> 32)].AsSpan((int)(uint)place);
        return from.Slice(4, BinaryPrimitives.ReadInt32LittleEndian(from));
    }
}
