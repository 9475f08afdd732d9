namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>Feature numbers: four bytes above the lowest where they fit, else eight.</summary>
public sealed class FidColumn
{
    readonly long _lowest;
    readonly Slab<uint> _near;
    readonly Slab<long> _far;

    internal FidColumn(long lowest, Slab<uint> near, Slab<long> far) => (_lowest, _near, _far) = (lowest, near, far);

    /// <summary>All numbers lie less than 2³² above <see cref="Lowest"/>.</summary>
    internal bool IsNear => _far.Length == 0;
    internal long Lowest => _lowest;
    public int Count => Math.Max(_near.Length, _far.Length);
    public long Bytes => _near.Bytes + _far.Bytes;

    public long this[int row] => _far.Length > 0 ? _far[row] : _lowest + _near[row];

    /// <summary>The numbers of rows, in the order of the rows.</summary>
    public void Take(ReadOnlySpan<int> rows, Span<long> fids)
    {
        var near = _near.Span;
        var far = _far.Span;
        for (var at = 0; at < rows.Length; at++)
            fids[at] = far.Length > 0 ? far[rows[at]] : _lowest + near[rows[at]];
    }

    internal static FidColumn Read(SectionReader from) => new(from.Long(), from.Slab<uint>(), from.Slab<long>());

    internal void Write(SectionWriter to)
    {
        to.Long(_lowest);
        to.Slab(_near);
        to.Slab(_far);
    }
}
