using System.Numerics;
using CityOps.Gis.Heat;
using CityOps.Gis.Tiles.Snapshots;

namespace CityOps.Gis.Tiles.Heat;

/// <summary>One thread's share of a scan: counts by slot, and beside them sums, slices and different values where the tally asks for them.</summary>
sealed class HeatWorker
{
    readonly HeatTally _tally;
    readonly LatticeCounter? _counter;
    readonly ulong[] _mask = new ulong[BlockIndex.BlockRows / 64];
    readonly int[] _rows = new int[BlockIndex.BlockRows];
    readonly int[] _slots = new int[BlockIndex.BlockRows];
    readonly bool _countsOnly;

    /// <param name="areas">Number of area slots; of no meaning for lattices.</param>
    public HeatWorker(HeatTally tally, LatticeEdges? edges, int areas)
    {
        _tally = tally;
        if (edges is not null)
        {
            Cells = new(edges.SouthWest, edges.NorthEast);
            _counter = new(edges, Cells);
        }
        AreaCounts = new int[edges is null ? areas : 0];
        _countsOnly = tally is { SumField: null, DistinctField: null, Slice: HeatSlice.None };
        if (tally.SumField is not null)
            (Sums, Valued) = (new double[Length], new int[Length]);
    }

    public CellTable? Cells { get; }
    public int[] AreaCounts { get; }
    public double[] Sums { get; private set; } = [];
    public int[] Valued { get; private set; } = [];
    public PairCounts Slices { get; } = new();
    public PairCounts Values { get; } = new();

    /// <summary>Features without a place, in a lattice.</summary>
    public long Outside { get; private set; }

    int Length => Cells?.Capacity ?? AreaCounts.Length;

    /// <summary>Gives memory back; nothing is to be read after this.</summary>
    public void Release() => Cells?.Release();

    public void Count(HeatPart part, int block)
    {
        var matching = part.Filter.Mask(block, _mask);
        if (_counter is not null && (block + 1) * BlockIndex.BlockRows > part.Filter.Snapshot.Placed)
            matching -= TakeUnplaced(part.Filter.Snapshot, block);
        if (matching == 0)
            return;
        if (_counter is not null && _countsOnly)
        {
            _counter.Count(part.Filter.Snapshot, block, _mask, matching);
            return;
        }
        matching = TakeRows();
        FindSlots(part, block, _rows.AsSpan(0, matching));
        Measure(part, block * BlockIndex.BlockRows, _rows.AsSpan(0, matching));
    }

    /// <summary>Adds another worker's share.</summary>
    public void Merge(HeatWorker other)
    {
        var here = Cells?.Merge(other.Cells!);
        for (var slot = 0; slot < AreaCounts.Length; slot++)
            AreaCounts[slot] += other.AreaCounts[slot];
        Fit();
        for (var slot = 0; slot < other.Sums.Length && slot < (here?.Length ?? int.MaxValue); slot++)
        {
            Sums[here?[slot] ?? slot] += other.Sums[slot];
            Valued[here?[slot] ?? slot] += other.Valued[slot];
        }
        Slices.Merge(other.Slices, here);
        Values.Merge(other.Values, here);
        Outside += other.Outside;
    }

    int TakeUnplaced(LayerSnapshot snapshot, int block)
    {
        var (found, first) = (0, Math.Max(0, snapshot.Placed - block * BlockIndex.BlockRows));
        for (var word = 0; word < _mask.Length; word++)
        {
            var placed = first >= (word + 1) * 64 ? ulong.MaxValue : first <= word * 64 ? 0 : (1ul << first) - 1;
            found += BitOperations.PopCount(_mask[word] & ~placed);
            _mask[word] &= placed;
        }
        Outside += found;
        return found;
    }

    int TakeRows()
    {
        var count = 0;
        for (var word = 0; word < _mask.Length; word++)
            for (var left = _mask[word]; left != 0; left &= left - 1)
                _rows[count++] = word * 64 + BitOperations.TrailingZeroCount(left);
        return count;
    }

    void FindSlots(HeatPart part, int block, ReadOnlySpan<int> rows)
    {
        if (_counter is not null)
        {
            _counter.Slots(part.Filter.Snapshot, block, rows, _slots);
            Fit();
            return;
        }
        var (start, area, slots) = (block * BlockIndex.BlockRows, part.Area!, part.Slots);
        for (var at = 0; at < rows.Length; at++)
            _slots[at] = slots[area[start + rows[at]]];
    }

    void Measure(HeatPart part, int start, ReadOnlySpan<int> rows)
    {
        var counts = Cells?.Counts ?? AreaCounts;
        for (var at = 0; at < rows.Length; at++)
            counts[_slots[at]]++;
        for (var at = 0; at < rows.Length && part.Values is not null; at++)
            if (!part.Values.IsNull(start + rows[at]))
            {
                Sums[_slots[at]] += part.Values.Kind == AttributeKind.Integer ? part.Values.Integer(start + rows[at]) : part.Values.Real(start + rows[at]);
                Valued[_slots[at]]++;
            }
        for (var at = 0; at < rows.Length && part.Texts is not null; at++)
            if (part.Texts[start + rows[at]] is > 0 and var code)
                Values.Add(_slots[at], part.TextCodes[code]);
        for (var at = 0; at < rows.Length && _tally.Slice != HeatSlice.None; at++)
            Slices.Add(_slots[at], part.Filter.Snapshot.Time[start + rows[at]] is { } micros ? SliceClock.Of(_tally.Slice, micros) : HeatSlices.Timeless);
    }

    // A hash has grown.
    void Fit()
    {
        if (_tally.SumField is null || Sums.Length >= Length)
            return;
        var (sums, valued) = (Sums, Valued);
        Array.Resize(ref sums, Length);
        Array.Resize(ref valued, Length);
        (Sums, Valued) = (sums, valued);
    }
}
