namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>A text per row that few rows share: one run of UTF-8 in row order and the start of each row in it; the top bit of a start marks a row without a value.</summary>
public sealed class PooledText
{
    internal const uint NoValue = 0x8000_0000;
    readonly Slab<byte> _texts;
    readonly Slab<uint> _starts;
    int _touched;

    internal PooledText(Slab<byte> texts, Slab<uint> starts) => (_texts, _starts) = (texts, starts);

    /// <summary>Bytes of the starts, without the texts.</summary>
    public long IndexBytes => _starts.Bytes;
    public long TextBytes => _texts.Bytes;

    /// <summary>All texts, one after the other.</summary>
    internal ReadOnlySpan<byte> Texts => _texts.Span;

    /// <summary>
    /// Where the texts of rows stand in <see cref="Texts"/>; a start of -1 = no value. Rows that answer a question lie apart, each in memory the processor must wait
    /// for. So all are looked up before any is used, and each text is touched once: it waits for many at a time.
    /// </summary>
    internal void Find(ReadOnlySpan<int> rows, Span<(int Start, int End)> spans)
    {
        var starts = _starts.Span;
        var texts = _texts.Span;
        var touched = 0;
        for (var at = 0; at < rows.Length; at++)
            spans[at] = ((starts[rows[at]] & NoValue) != 0 ? -1 : (int)starts[rows[at]], (int)(starts[rows[at] + 1] & ~NoValue));
        foreach (var (start, end) in spans[..rows.Length])
            touched += (uint)start < (uint)end ? texts[start] : 0;
        Volatile.Write(ref _touched, touched);
    }

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
