namespace CityOps.Gis.Tiles.Encoding;

/// <summary>
/// Lines or rings, packed: all coordinates x0, y0, x1, y1… in one array, and for each part the place (not the array index) where it starts;
/// a part
/// ends where the next starts. Grows and is used again; one thread's.
/// </summary>
public sealed class PartRun
{
    int[] _xy = new int[256];
    int[] _starts = new int[16];
    int _length, _count;

    /// <summary>Finished parts.</summary>
    public int Count => _count;

    public ReadOnlySpan<int> this[int part]
        => _xy.AsSpan(2 * _starts[part], (part + 1 < _count ? 2 * _starts[part + 1] : _length) - 2 * _starts[part]);

    /// <summary>Part <paramref name="part"/> of a geometry packed the same way in spans.</summary>
    public static ReadOnlySpan<int> Part(ReadOnlySpan<int> xy, ReadOnlySpan<int> starts, int part)
        => xy[(2 * starts[part])..(part + 1 < starts.Length ? 2 * starts[part + 1] : xy.Length)];

    public void Clear() => _length = _count = 0;

    /// <summary>Starts a part at the end of the run.</summary>
    public void Begin()
    {
        if (_count == _starts.Length)
            Array.Resize(ref _starts, 2 * _count);
        _starts[_count++] = _length / 2;
    }

    /// <summary>Adds a place to the part begun last.</summary>
    public void Add(int x, int y)
    {
        if (_length + 2 > _xy.Length)
            Array.Resize(ref _xy, 2 * _xy.Length);
        _xy[_length++] = x;
        _xy[_length++] = y;
    }

    public void Add(ReadOnlySpan<int> xy)
    {
        xy.CopyTo(Room(xy.Length));
        _length += xy.Length;
    }

    /// <summary>Room for so many coordinates behind the part begun last; <see cref="Take"/> says how many were filled in.</summary>
    public Span<int> Room(int length)
    {
        if (_length + length > _xy.Length)
            Array.Resize(ref _xy, Math.Max(2 * _xy.Length, _length + length));
        return _xy.AsSpan(_length, length);
    }

    public void Take(int length) => _length += length;

    /// <summary>Places in the part begun last.</summary>
    public int LastCount => _length / 2 - _starts[_count - 1];

    /// <summary>Takes the part begun last back.</summary>
    public void DropLast() => _length = 2 * _starts[--_count];

    /// <summary>Takes places off the end of the part begun last.</summary>
    public void TrimLast(int places) => _length = 2 * (_starts[_count - 1] + places);

    internal Span<int> Last => _xy.AsSpan(2 * _starts[_count - 1], _length - 2 * _starts[_count - 1]);
}
