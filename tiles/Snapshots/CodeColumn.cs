
namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>
/// A text per row from a dictionary: codes of one, two or four bytes (the narrowest that fits), code 0 for no value, and the texts as one run of UTF-8.
/// </summary>
public sealed class CodeColumn
{
    readonly Slab<byte> _texts;
    readonly Slab<int> _starts;
    readonly Lazy<Dictionary<string, int>> _codes;

    internal CodeColumn(string name, Slab<byte> bytes, Slab<ushort> shorts, Slab<int> ints, Slab<byte> texts, Slab<int> starts)
    {
        (Name, ByteCodes, ShortCodes, IntCodes, _texts, _starts) = (name, bytes, shorts, ints, texts, starts);
        _codes = new(() => Enumerable.Range(1, Distinct).ToDictionary(code => Text(code)!));
    }

    public string Name { get; }

    /// <summary>Exactly one of the three holds the rows.</summary>
    public Slab<byte> ByteCodes { get; }
    public Slab<ushort> ShortCodes { get; }
    public Slab<int> IntCodes { get; }

    /// <summary>Bytes of a code: 1, 2 or 4.</summary>
    public int Width => IntCodes.Length > 0 ? 4 : ShortCodes.Length > 0 ? 2 : 1;

    /// <summary>Texts in the dictionary; their codes are 1 to this.</summary>
    public int Distinct => _starts.Length - 1;
    public long Bytes => ByteCodes.Bytes + ShortCodes.Bytes + IntCodes.Bytes + DictionaryBytes;
    public long DictionaryBytes => _texts.Bytes + _starts.Bytes;

    /// <summary>The code of a row; 0 = no value.</summary>
    public int this[int row] => Width switch { 1 => ByteCodes[row], 2 => ShortCodes[row], _ => IntCodes[row] };

    public ReadOnlySpan<byte> Utf8(int code) => code == 0 ? [] : _texts.Span[_starts[code - 1].._starts[code]];

    public string? Text(int code) => code == 0 ? null : System.Text.Encoding.UTF8.GetString(Utf8(code));

    /// <summary>The code of a text; -1 where no row has it.</summary>
    public int Find(string text) => _codes.Value.GetValueOrDefault(text, -1);

    internal static CodeColumn Read(SectionReader from)
        => new(from.Text(), from.Slab<byte>(), from.Slab<ushort>(), from.Slab<int>(), from.Slab<byte>(), from.Slab<int>());

    internal void Write(SectionWriter to)
    {
        to.Text(Name);
        to.Slab(ByteCodes);
        to.Slab(ShortCodes);
        to.Slab(IntCodes);
        to.Slab(_texts);
        to.Slab(_starts);
    }
}
