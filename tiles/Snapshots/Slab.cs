namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>A run of primitives that never changes: an array of this process or part of a mapped file. Readers take its span once per block, not per row.</summary>
public sealed unsafe class Slab<T> where T : unmanaged
{
    readonly T[]? _array;
    readonly T* _mapped;

    public Slab(T[] array) => (_array, Length) = (array, array.Length);

    // The mapping outlives the snapshot (MappedSnapshot says until when).
    internal Slab(byte* mapped, int length)
    {
        _mapped = (T*)mapped;
        Length = length;
    }

    public static Slab<T> Empty { get; } = new([]);

    public int Length { get; }
    public long Bytes => (long)Length * sizeof(T);
    public ReadOnlySpan<T> Span => _array is not null ? _array : new ReadOnlySpan<T>(_mapped, Length);
    public T this[int at] => Span[at];
}
