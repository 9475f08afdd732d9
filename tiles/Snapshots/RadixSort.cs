namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>Sorts 64-bit keys by their upper half, stably, in three rounds of eleven bits; two threads count and scatter a half each.</summary>
static class RadixSort
{
    const int Bits = 11, Buckets = 1 << Bits, Workers = 2;

    public static ulong[] ByUpperHalf(ulong[] keys)
    {
        var other = GC.AllocateUninitializedArray<ulong>(keys.Length);
        for (var shift = 32; shift < 64; shift += Bits)
        {
            Round(keys, other, shift);
            (keys, other) = (other, keys);
        }
        return keys;
    }

    static void Round(ulong[] from, ulong[] to, int shift)
    {
        var counts = new int[Workers][];
        Parallel.For(0, Workers, worker => counts[worker] = Count(Half(from, worker), shift));
        var next = 0;
        for (var bucket = 0; bucket < Buckets; bucket++)
            foreach (var count in counts)
                (count[bucket], next) = (next, next + count[bucket]);
        Parallel.For(0, Workers, worker => Scatter(Half(from, worker), to, counts[worker], shift));
    }

    static ReadOnlySpan<ulong> Half(ulong[] keys, int worker)
        => keys.AsSpan((int)((long)keys.Length * worker / Workers)..(int)((long)keys.Length * (worker + 1) / Workers));

    static int[] Count(ReadOnlySpan<ulong> keys, int shift)
    {
        var counts = new int[Buckets];
        foreach (var key in keys)
            counts[(int)(key >> shift) & (Buckets - 1)]++;
        return counts;
    }

    static void Scatter(ReadOnlySpan<ulong> keys, ulong[] to, int[] next, int shift)
    {
        foreach (var key in keys)
            to[next[(int)(key >> shift) & (Buckets - 1)]++] = key;
    }
}
