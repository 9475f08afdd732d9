using CityOps.Gis.Layers;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>
/// Per block of 1,024 rows, of those that are placed and not removed: how many there are, the sums of their places and, where they are few, the counts by
/// <see cref="CellKeys"/>. A cell that holds a whole block takes these instead of its rows.
/// </summary>
/// <remarks>In memory: a count (uint16) and two sums of world units (uint64) per block; of keys a count (uint16) each, key by key within a block.</remarks>
public sealed class BlockSums
{
    const int MostKeys = 64;
    readonly Slab<ushort> _counts;
    readonly Slab<ulong> _places;
    readonly Slab<ushort> _keyCounts;

    BlockSums(Slab<ushort> counts, Slab<ulong> places, Slab<ushort> keyCounts, int keys) => (_counts, _places, _keyCounts, Keys) = (counts, places, keyCounts, keys);

    /// <summary>Keys that are counted; 0 where there are none or too many.</summary>
    public int Keys { get; }
    public long Bytes => _counts.Bytes + _places.Bytes + _keyCounts.Bytes;

    public int Count(int block) => _counts[block];

    /// <summary>Sums of x and of y, world units.</summary>
    public (ulong X, ulong Y) Places(int block) => (_places[block * 2], _places[block * 2 + 1]);

    /// <summary>Counts by key, from key 1.</summary>
    public ReadOnlySpan<ushort> KeyCounts(int block) => _keyCounts.Span.Slice(block * Keys, Keys);

    internal static BlockSums Make(LayerDefinition layer, int placed, Slab<uint> x, Slab<uint> y, IReadOnlyList<CodeColumn> codes, CellKeys? cellKeys)
    {
        var blocks = (placed + BlockIndex.BlockRows - 1) / BlockIndex.BlockRows;
        var keys = cellKeys is { Names.Count: <= MostKeys } ? cellKeys.Names.Count : 0;
        var removed = layer.RemovedStatus is { } status ? codes[6].Find(status) : -1;
        var (counts, places, keyCounts) = (new ushort[blocks], new ulong[blocks * 2], new ushort[blocks * keys]);
        Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = 2 }, block =>
        {
            var end = Math.Min(placed, (block + 1) * BlockIndex.BlockRows);
            for (var row = block * BlockIndex.BlockRows; row < end; row++)
            {
                if (removed > 0 && codes[6][row] == removed)
                    continue;
                counts[block]++;
                places[block * 2] += x.Span[row];
                places[block * 2 + 1] += y.Span[row];
                if (keys > 0 && cellKeys!.KeyOfCode[cellKeys.Column[row]] is > 0 and var key)
                    keyCounts[block * keys + key - 1]++;
            }
        });
        return new(new(counts), new(places), new(keyCounts), keys);
    }

    internal static BlockSums Read(SectionReader from) => new(from.Slab<ushort>(), from.Slab<ulong>(), from.Slab<ushort>(), (int)from.Long());

    internal void Write(SectionWriter to)
    {
        to.Slab(_counts);
        to.Slab(_places);
        to.Slab(_keyCounts);
        to.Long(Keys);
    }
}
