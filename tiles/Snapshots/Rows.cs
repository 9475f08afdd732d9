namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>
/// A column that grows: chunks of 2¹⁸ rows, so that growing never copies and the column can be let go when it has been put in order. The first chunk starts small
/// and doubles, because most snapshots are a few changed rows.
/// </summary>
sealed class Rows<T> where T : unmanaged
{
    const int Shift = 18, Mask = (1 << Shift) - 1, FirstRows = 64;
    readonly List<T[]> _chunks = [];
    T[] _last = [];

    public int Count { get; private set; }
    public long Bytes => _chunks.Sum(chunk => (long)chunk.Length) * System.Runtime.CompilerServices.Unsafe.SizeOf<T>();

    public T this[int row]
    {
        get => _chunks[row >> Shift][row & Mask];
        set => _chunks[row >> Shift][row & Mask] = value;
    }

    public void Add(T value)
    {
        if ((Count & Mask) >= _last.Length || (Count & Mask) == 0)
            Grow();
        _last[Count++ & Mask] = value;
    }

    void Grow()
    {
        if (Count > Mask)
        {
            _chunks.Add(_last = GC.AllocateUninitializedArray<T>(Mask + 1));
            return;
        }
        Array.Resize(ref _last, Math.Max(FirstRows, Count * 2));
        _chunks.Clear();
        _chunks.Add(_last);
    }

    /// <summary>
    /// Puts another column behind this one, from row <paramref name="at"/> on, a start of a chunk; the rows between have no meaning. Nothing is copied, and nothing
    /// can be added afterwards; the other is used up.
    /// </summary>
    public void Join(Rows<T> other, int at)
    {
        while (_chunks.Count < at >> Shift)
            _chunks.Add([]);
        _chunks.AddRange(other._chunks);
        Count = at + other.Count;
    }

    /// <summary>The start of the first chunk behind so many rows.</summary>
    public static int NextChunk(int rows) => (rows + Mask) & ~Mask;

    /// <summary>The rows as an array, by the order's lower halves.</summary>
    public T[] InOrder(ReadOnlySpan<ulong> order)
    {
        var result = GC.AllocateUninitializedArray<T>(order.Length);
        var chunks = _chunks.ToArray();
        for (var at = 0; at < result.Length; at++)
        {
            var row = (uint)order[at];
            result[at] = chunks[row >> Shift][row & Mask];
        }
        return result;
    }

    public T[] ToArray()
    {
        var result = GC.AllocateUninitializedArray<T>(Count);
        for (var at = 0; at < Count; at += Mask + 1)
            _chunks[at >> Shift].AsSpan(0, Math.Min(Mask + 1, Count - at)).CopyTo(result.AsSpan(at));
        return result;
    }
}
