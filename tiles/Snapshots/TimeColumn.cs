namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>
/// Times (<c>occurred_at</c>) in PostgreSQL's count from 2000-01-01 UTC: whole seconds in four bytes where every row allows it, else microseconds in eight;
/// nothing at all where no row has a time.
/// </summary>
public sealed class TimeColumn
{
    /// <summary>Marks a row without a time.</summary>
    public const int NoSecond = int.MinValue;
    public const long NoMicrosecond = long.MinValue;

    internal TimeColumn(Slab<int> seconds, Slab<long> microseconds) => (Seconds, Microseconds) = (seconds, microseconds);

    public Slab<int> Seconds { get; }
    public Slab<long> Microseconds { get; }
    public bool IsEmpty => Seconds.Length == 0 && Microseconds.Length == 0;
    public long Bytes => Seconds.Bytes + Microseconds.Bytes;

    /// <summary>Microseconds since 2000-01-01 UTC; null = the row has no time.</summary>
    public long? this[int row]
        => Seconds.Length > 0 ? Seconds[row] is var second && second == NoSecond ? null : second * 1_000_000L
            : Microseconds.Length > 0 && Microseconds[row] is var micro && micro != NoMicrosecond ? micro : null;

    internal static TimeColumn Read(SectionReader from) => new(from.Slab<int>(), from.Slab<long>());

    internal void Write(SectionWriter to)
    {
        to.Slab(Seconds);
        to.Slab(Microseconds);
    }
}
