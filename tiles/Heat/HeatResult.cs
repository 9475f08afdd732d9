using CityOps.Gis.Heat;

namespace CityOps.Gis.Tiles.Heat;

/// <summary>Turns a worker's slots into columns in order.</summary>
static class HeatResult
{
    public static HeatCounts Of(HeatTally tally, HeatWorker worker, CodeUnion? areas)
    {
        var (keys, slots) = worker.Cells?.Ordered() ?? ([], Areas(worker.AreaCounts, areas!));
        var counts = worker.Cells?.Counts ?? worker.AreaCounts;
        return new()
        {
            Keys = keys,
            Codes = areas is null ? [] : Array.ConvertAll(slots, areas.Text),
            Counts = Array.ConvertAll(slots, slot => (long)counts[slot]),
            Sums = tally.SumField is null ? [] : Array.ConvertAll(slots, slot => worker.Sums[slot]),
            Valued = tally.SumField is null ? [] : Array.ConvertAll(slots, slot => (long)worker.Valued[slot]),
            Distinct = tally.DistinctField is null ? [] : Distinct(worker.Values, slots, counts.Length),
            Slices = tally.Slice == HeatSlice.None ? null : Slices(worker.Slices, slots, counts.Length),
            Outside = areas is null ? worker.Outside : worker.AreaCounts[0],
        };
    }

    // Slot 0 is no area.
    static int[] Areas(int[] counts, CodeUnion areas)
    {
        var slots = Enumerable.Range(1, counts.Length - 1).Where(slot => counts[slot] > 0).ToArray();
        Array.Sort(Array.ConvertAll(slots, areas.Text), slots, StringComparer.Ordinal);
        return slots;
    }

    static long[] Distinct(PairCounts values, int[] slots, int length)
    {
        var bySlot = new long[length];
        foreach (var key in values.Ordered().Keys)
            bySlot[key >> 32]++;
        return Array.ConvertAll(slots, slot => bySlot[slot]);
    }

    // Pairs are in order of slots; the slots of a result need not be.
    static HeatSlices Slices(PairCounts pairs, int[] slots, int length)
    {
        var (keys, counts) = pairs.Ordered();
        var first = new int[length + 1];
        foreach (var key in keys)
            first[(key >> 32) + 1]++;
        for (var slot = 0; slot < length; slot++)
            first[slot + 1] += first[slot];
        var (starts, slices, sliced) = (new int[slots.Length + 1], new List<int>(keys.Length), new List<long>(keys.Length));
        for (var cell = 0; cell < slots.Length; cell++)
        {
            for (var at = first[slots[cell]]; at < first[slots[cell] + 1]; at++)
            {
                slices.Add((int)(uint)keys[at]);
                sliced.Add(counts[at]);
            }
            starts[cell + 1] = slices.Count;
        }
        return new(starts, [.. slices], [.. sliced]);
    }
}
