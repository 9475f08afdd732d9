namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>
/// What runs of rows hold: per run a box, the first and last time, and per code column a set of up to 256 bits, in which a code's bit is its number modulo the
/// set's size: a set bit may mean another code, a missing one never lies.
/// </summary>
public sealed class BlockLevel
{
    readonly Slab<uint> _boxes;
    readonly Slab<long> _times;
    readonly Slab<ulong>[] _sets;
    readonly int[] _words;

    internal BlockLevel(int count, Slab<uint> boxes, Slab<long> times, Slab<ulong>[] sets, int[] words)
        => (Count, _boxes, _times, _sets, _words) = (count, boxes, times, sets, words);

    public int Count { get; }
    public long Bytes => _boxes.Bytes + _times.Bytes + _sets.Sum(set => set.Bytes);

    /// <summary>Box of the spots and shapes; <see cref="WorldBox.Nothing"/> where no row has a place.</summary>
    public WorldBox Box(int block) => _boxes.Span.Slice(block * 4, 4) is var box ? new(box[0], box[1], box[2], box[3]) : default;

    /// <summary>Microseconds since 2000-01-01; first above last where no row has a time.</summary>
    public (long First, long Last) Times(int block) => (_times[block * 2], _times[block * 2 + 1]);

    /// <summary>Words of a set of a code column; a power of two.</summary>
    public int Words(int column) => _words[column];

    public ReadOnlySpan<ulong> Set(int column, int block) => _sets[column].Span.Slice(block * _words[column], _words[column]);

    internal static BlockLevel Read(SectionReader from)
    {
        var (count, boxes, times) = ((int)from.Long(), from.Slab<uint>(), from.Slab<long>());
        var (sets, words) = (new Slab<ulong>[from.Long()], new int[SnapshotColumns.Codes.Count]);
        for (var column = 0; column < sets.Length; column++)
            (words[column], sets[column]) = ((int)from.Long(), from.Slab<ulong>());
        return new(count, boxes, times, sets, words);
    }

    internal void Write(SectionWriter to)
    {
        to.Long(Count);
        to.Slab(_boxes);
        to.Slab(_times);
        to.Long(_sets.Length);
        for (var column = 0; column < _sets.Length; column++)
        {
            to.Long(_words[column]);
            to.Slab(_sets[column]);
        }
    }
}
