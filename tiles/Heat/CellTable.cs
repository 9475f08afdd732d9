using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using CityOps.Gis.Heat;

namespace CityOps.Gis.Tiles.Heat;

/// <summary>
/// Cells of a lattice that one worker has met, each with a slot and a count. Over a box of few cells the slots are the cells of the box, row by row; over a larger one
/// a hash of keys (open addressing, at most half full) gives them in order of arrival.
/// </summary>
sealed class CellTable
{
    const long MostDense = 1 << 23;
    const long Free = long.MinValue;

    readonly int _left, _bottom, _width;
    long[] _keys = [];
    int[] _slots = [];
    long[] _keyOfSlot = [];

    /// <param name="southWest">With <paramref name="northEast"/> the cells that may come.</param>
    public CellTable(HeatCell southWest, HeatCell northEast)
    {
        (_left, _bottom) = (southWest.Column, southWest.Row);
        long width = (long)northEast.Column - southWest.Column + 1, height = (long)northEast.Row - southWest.Row + 1;
        if (width <= 0 || height <= 0 || width * height <= MostDense)
        {
            (IsDense, _width) = (true, (int)Math.Max(0, width));
            _used = (int)(Math.Max(0, width) * Math.Max(0, height));
            Counts = ArrayPool<int>.Shared.Rent(_used);
            Counts.AsSpan(0, _used).Clear();
            return;
        }
        (_keys, _slots, _keyOfSlot, Counts) = (new long[1 << 12], new int[1 << 12], new long[1 << 11], new int[1 << 11]);
        _keys.AsSpan().Fill(Free);
    }

    public bool IsDense { get; }

    /// <summary>Features by slot, for the first <see cref="Length"/> slots.</summary>
    public int[] Counts { get; private set; }

    /// <summary>Slots in use, of a hash; all of a box.</summary>
    public int Length => _used;
    int _used;

    /// <summary>Slots there is room for.</summary>
    public int Capacity => IsDense ? _used : Counts.Length;

    public int Slot(int column, int row)
        => IsDense ? (row - _bottom) * _width + (column - _left) : Find(new HeatCell(column, row).Key);

    public void Add(int column, int row, int count)
    {
        // First the slot: finding one may put a longer array in the counts' place.
        var slot = Slot(column, row);
        Counts[slot] += count;
    }

    /// <summary>Adds another worker's counts; the answer says which slot each of its slots has here, null where they are the same.</summary>
    public int[]? Merge(CellTable other)
    {
        if (IsDense)
        {
            Add(other.Counts.AsSpan(0, _used), Counts.AsSpan(0, _used));
            return null;
        }
        var here = new int[other._used];
        for (var slot = 0; slot < here.Length; slot++)
        {
            here[slot] = Find(other._keyOfSlot[slot]);
            Counts[here[slot]] += other.Counts[slot];
        }
        return here;
    }

    /// <summary>Slots with a feature and their keys, in order of the keys.</summary>
    public (long[] Keys, int[] Slots) Ordered()
    {
        var counts = Counts.AsSpan(0, _used);
        var (keys, slots, at) = (new long[_used - counts.Count(0)], new int[_used - counts.Count(0)], 0);
        for (var slot = counts.IndexOfAnyExcept(0); slot >= 0 && at < keys.Length; slot++)
        {
            if (counts[slot] == 0)
                slot += counts[slot..].IndexOfAnyExcept(0);
            (keys[at], slots[at++]) = (KeyOf(slot), slot);
        }
        if (!IsDense)
            Array.Sort(keys, slots);
        return (keys, slots);
    }

    /// <summary>Gives the memory back; the counts are not to be used after this.</summary>
    public void Release()
    {
        if (IsDense)
            ArrayPool<int>.Shared.Return(Counts);
        Counts = [];
    }

    static void Add(ReadOnlySpan<int> counts, Span<int> to)
    {
        var from = MemoryMarshal.Cast<int, Vector<int>>(counts);
        var into = MemoryMarshal.Cast<int, Vector<int>>(to);
        for (var at = 0; at < into.Length; at++)
            into[at] += from[at];
        for (var at = into.Length * Vector<int>.Count; at < to.Length; at++)
            to[at] += counts[at];
    }

    long KeyOf(int slot) => IsDense ? new HeatCell(slot % _width + _left, slot / _width + _bottom).Key : _keyOfSlot[slot];

    int Find(long key)
    {
        for (var at = Hash(key); ; at = at + 1 & _keys.Length - 1)
            if (_keys[at] == key)
                return _slots[at];
            else if (_keys[at] == Free)
                return Take(key, at);
    }

    int Take(long key, int at)
    {
        if (_used == Counts.Length)
        {
            Grow();
            return Find(key);
        }
        (_keys[at], _slots[at], _keyOfSlot[_used]) = (key, _used, key);
        return _used++;
    }

    void Grow()
    {
        var (counts, keyOfSlot) = (Counts, _keyOfSlot);
        Array.Resize(ref counts, counts.Length * 2);
        Array.Resize(ref keyOfSlot, counts.Length);
        (Counts, _keyOfSlot, _keys, _slots) = (counts, keyOfSlot, new long[counts.Length * 2], new int[counts.Length * 2]);
        _keys.AsSpan().Fill(Free);
        for (var slot = 0; slot < _used; slot++)
        {
            var at = Hash(_keyOfSlot[slot]);
            while (_keys[at] != Free)
                at = at + 1 & _keys.Length - 1;
            (_keys[at], _slots[at]) = (_keyOfSlot[slot], slot);
        }
    }

    int Hash(long key) => (int)((ulong)key * 0x9E3779B97F4A7C15 >> 32) & _keys.Length - 1;
}
