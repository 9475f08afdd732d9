using System.Collections.Concurrent;

namespace CityOps.Gis.Tiles.Serving;

/// <summary>
/// Tiles that were made, each under the version it was made for, bounded by bytes. Who reads takes no lock. Room is made by the clock algorithm: the hand passes
/// over a tile once if it was used since the hand came by last.
/// </summary>
public sealed class TileCache(long capacityBytes)
{
    readonly ConcurrentDictionary<TileKey, Slot> _slots = new();
    readonly ConcurrentDictionary<TileKey, TaskCompletionSource<KeptTile?>> _making = new();

    // Guards _clock, _bytes and the tiles of slots.
    readonly Lock _gate = new();
    readonly Queue<Slot> _clock = new();
    long _bytes, _hits, _misses;

    public bool IsOn => capacityBytes > 0;
    public long CapacityBytes => capacityBytes;
    public long Bytes => Interlocked.Read(ref _bytes);
    public int Count => _slots.Count;
    public long Hits => Interlocked.Read(ref _hits);

    /// <summary>Look-ups that found no tile, or one that had changed since.</summary>
    public long Misses => Interlocked.Read(ref _misses);

    /// <summary>The tile, if it is here and no older than the version.</summary>
    public KeptTile? Find(TileKey key, long version)
    {
        var found = Peek(key) is { } tile && tile.Version >= version ? tile : null;
        Interlocked.Increment(ref found is null ? ref _misses : ref _hits);
        return found;
    }

    /// <summary>As <see cref="Find"/>, without being counted as a look-up.</summary>
    public KeptTile? Peek(TileKey key)
    {
        if (!_slots.TryGetValue(key, out var slot))
            return null;
        slot.IsUsed = true;
        return slot.Tile;
    }

    /// <summary>
    /// Asks for the right to make a tile. The first one gets it and must end with <see cref="Made"/>; for the others there is a task that ends when the first one
    /// does, with its tile or, when its client went away or it failed, with null.
    /// </summary>
    public Task<KeptTile?>? Begin(TileKey key)
    {
        var mine = new TaskCompletionSource<KeptTile?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = _making.GetOrAdd(key, mine);
        return first == mine ? null : first.Task;
    }

    /// <summary>Ends what <see cref="Begin"/> began; null = it came to nothing.</summary>
    public void Made(TileKey key, KeptTile? tile)
    {
        if (tile is not null)
            Keep(key, tile);
        if (_making.TryRemove(key, out var making))
            making.SetResult(tile);
    }

    /// <summary>A kept tile's bytes in a coding; packed once and kept.</summary>
    public byte[] In(KeptTile tile, TileKey key, ContentCoding coding)
    {
        var bytes = tile.In(coding, out var isNew);
        if (isNew)
            lock (_gate)
                if (_slots.TryGetValue(key, out var slot) && slot.Tile == tile)
                {
                    Recount(slot);
                    MakeRoom();
                }
        return bytes;
    }

    void Keep(TileKey key, KeptTile tile)
    {
        lock (_gate)
        {
            if (_slots.TryGetValue(key, out var slot))
            {
                if (slot.Tile.Version > tile.Version)
                    return;
                slot.Tile = tile;
            }
            else
            {
                slot = new(key, tile);
                _slots[key] = slot;
                _clock.Enqueue(slot);
            }
            Recount(slot);
            MakeRoom();
        }
    }

    void Recount(Slot slot)
    {
        var memory = slot.Tile.Memory;
        _bytes += memory - slot.Bytes;
        slot.Bytes = memory;
    }

    void MakeRoom()
    {
        while (_bytes > capacityBytes && _clock.TryDequeue(out var slot))
            if (slot.IsUsed && slot.Bytes <= capacityBytes)
            {
                slot.IsUsed = false;
                _clock.Enqueue(slot);
            }
            else
            {
                _slots.TryRemove(slot.Key, out _);
                _bytes -= slot.Bytes;
            }
    }

    sealed class Slot(TileKey key, KeptTile tile)
    {
        volatile KeptTile _tile = tile;

        public TileKey Key => key;
        public KeptTile Tile { get => _tile; set => _tile = value; }
        public long Bytes;
        public volatile bool IsUsed;
    }
}
