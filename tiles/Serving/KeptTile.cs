namespace CityOps.Gis.Tiles.Serving;

/// <summary>A tile as it was made: its bytes, never changed, and their packed forms, made when one is first asked for.</summary>
public sealed class KeptTile(long version, TileTag tag, byte[] bytes)
{
    // Key, slot and objects around the bytes, roughly.
    const int Overhead = 400;
    readonly Lock _packing = new();
    byte[]? _gzip, _brotli;

    /// <summary>What the tile's versions added up to before it was made.</summary>
    public long Version => version;
    public TileTag Tag => tag;
    public ReadOnlyMemory<byte> Bytes => bytes;
    public bool IsEmpty => bytes.Length == 0;

    /// <summary>Memory, packed forms included.</summary>
    public long Memory => Overhead + bytes.Length + (_gzip?.Length ?? 0) + (_brotli?.Length ?? 0);

    /// <summary>The bytes in a coding; <paramref name="isNew"/> when they were packed for this call.</summary>
    public byte[] In(ContentCoding coding, out bool isNew)
    {
        isNew = false;
        if (coding == ContentCoding.Identity)
            return bytes;
        ref var packed = ref coding == ContentCoding.Gzip ? ref _gzip : ref _brotli;
        if (Volatile.Read(ref packed) is { } ready)
            return ready;
        lock (_packing)
        {
            isNew = packed is null;
            return packed ??= Packing.Pack(bytes, coding);
        }
    }
}
