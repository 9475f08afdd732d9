namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>A text per row that few rows share: one run of UTF-8 in row order and the start of each row in it; the top bit of a start marks a row without a value.</summary>
public sealed class PooledText
{
    internal const uint NoValue = 0x8000_0000;
    readonly Slab<byte> _texts;
    readonly Slab<uint> _starts;

    internal PooledText(Slab<byte> texts, Slab<uint> starts) => (_texts, _starts) = (texts, starts);

    /// <summary>Bytes of the starts, without the texts.</summary>
    public long IndexBytes => _starts.Bytes;
    public long TextBytes => _texts.Bytes;

    /// <summary>All texts, and where each row's starts among them, with <see cref="NoValue"/> where it has none; one start more than rows.</summary>
    internal ReadOnlySpan<byte> Texts => _texts.Span;
    internal ReadOnlySpan<uint> Starts => _starts.Span;

    public bool IsNull(int row) => (_starts[row] & NoValue) != 0;

    public ReadOnlySpan<byte> Utf8(int row)
    {
        var starts = _starts.Span;
        return _texts.Span[(int)(starts[row] & ~NoValue)..(int)(starts[row + 1] & ~NoValue)];
    }

    internal static PooledText Read(SectionReader from) => new(from.Slab<byte>(), from.Slab<uint>());

    internal void Write(SectionWriter to)
    {
        to.Slab(_texts);
        to.Slab(_starts);
    }
}
