namespace CityOps.Gis.Tiles.Heat;

/// <summary>How often pairs of a slot and a number (a slice of time, a code) were met: a hash with open addressing, at most half full. One worker's.</summary>
sealed class PairCounts
{
    const ulong Free = ulong.MaxValue;
    ulong[] _keys = new ulong[1 << 10];
    int[] _counts = new int[1 << 10];
    int _used;

    public PairCounts() => _keys.AsSpan().Fill(Free);

    public int Count => _used;

    public void Add(int slot, int number, int count = 1)
    {
        var key = (ulong)(uint)slot << 32 | (uint)number;
        var at = Hash(key);
        while (_keys[at] != key && _keys[at] != Free)
            at = at + 1 & _keys.Length - 1;
        if (_keys[at] == Free)
        {
            _keys[at] = key;
            if (++_used * 2 > _keys.Length)
            {
                _counts[at] += count;
                Grow();
                return;
            }
        }
        _counts[at] += count;
    }

    /// <summary>Adds another worker's pairs, whose slots are called otherwise here.</summary>
    public void Merge(PairCounts other, int[]? slots)
    {
        for (var at = 0; at < other._keys.Length; at++)
            if (other._keys[at] is not Free and var key)
                Add(slots is null ? (int)(key >> 32) : slots[key >> 32], (int)(uint)key, other._counts[at]);
    }

    /// <summary>All pairs in order of slot and number.</summary>
    public (ulong[] Keys, int[] Counts) Ordered()
    {
        var (keys, counts, used) = (new ulong[_used], new int[_used], 0);
        for (var at = 0; at < _keys.Length; at++)
            // A number may be negative: the highest bit turned makes the keys sort by it.
            if (_keys[at] is not Free and var key)
                (keys[used], counts[used++]) = (key ^ 0x8000_0000, _counts[at]);
        Array.Sort(keys, counts);
        for (var at = 0; at < used; at++)
            keys[at] ^= 0x8000_0000;
        return (keys, counts);
    }

    void Grow()
    {
        var (keys, counts) = (_keys, _counts);
        (_keys, _counts, _used) = (new ulong[keys.Length * 2], new int[keys.Length * 2], 0);
        _keys.AsSpan().Fill(Free);
        for (var at = 0; at < keys.Length; at++)
            if (keys[at] != Free)
                Add((int)(keys[at] >> 32), (int)(uint)keys[at], counts[at]);
    }

    int Hash(ulong key) => (int)(key * 0x9E3779B97F4A7C15 >> 33) & _keys.Length - 1;
}
