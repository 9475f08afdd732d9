namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>Keeps the lowest of many different keys, each with the place it was found at. Takes them in any order; memory grows with what is kept.</summary>
/// <param name="most">How many are kept.</param>
sealed class LowestKeys(int most)
{
    long[] _keys = new long[Math.Min(most, 1024) * 2], _places = new long[Math.Min(most, 1024) * 2];
    int _count;

    /// <summary>Keys that are not below this are none of the lowest.</summary>
    public long Bound { get; private set; } = long.MaxValue;

    public void Add(long key, long place)
    {
        if (key >= Bound)
            return;
        if (_count == _keys.Length)
            MakeRoom();
        (_keys[_count], _places[_count++]) = (key, place);
    }

    /// <summary>The places of the lowest keys, in the order of the keys.</summary>
    public ReadOnlySpan<long> Places()
    {
        Cut();
        return _places.AsSpan(0, _count);
    }

    void MakeRoom()
    {
        if (_keys.Length >= 2L * most)
            Cut();
        else
        {
            var room = (int)Math.Min(_keys.Length * 2L, 2L * most);
            Array.Resize(ref _keys, room);
            Array.Resize(ref _places, room);
        }
    }

    // Once for as many new keys as are kept, so that a key costs a comparison and now and then its share of sorting.
    void Cut()
    {
        Array.Sort(_keys, _places, 0, _count);
        _count = Math.Min(_count, most);
        if (_count == most)
            Bound = _keys[most - 1];
    }
}
