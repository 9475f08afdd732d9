using System.Text;

namespace CityOps.Gis.SurveyImport.Encodings;

/// <summary>Encodings by the names and numbers that files use for them. GBK, GB2312 and code page 936 are read as GB 18030, which contains them.</summary>
public static class CodePages
{
    static CodePages() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static Encoding Gb18030 { get; } = CodePagesEncodingProvider.Instance.GetEncoding(54936)!;

    public static Encoding Number(int codePage) => codePage is 936 or 20936 or 54936 ? Gb18030 : Encoding.GetEncoding(codePage);

    /// <summary>The encoding that a .cpg or a person names (<c>GBK</c>, <c>UTF-8</c>, <c>936</c>, <c>ANSI 1252</c>, <c>88591</c> …), or null.</summary>
    public static Encoding? Named(string? name)
    {
        var key = new string([.. (name ?? "").Where(char.IsAsciiLetterOrDigit)]).ToUpperInvariant();
        if (Special(key) is { } codePage)
            return Number(codePage);
        var digits = key.TrimStart([.. "ANSIWINDOWCPGOEMX"]);
        return int.TryParse(digits, out var number) && number is > 300 and < 65536 && TryNumber(number) is { } byNumber ? byNumber : TryName((name ?? "").Trim());
    }

    /// <summary>Code page behind the language id of a .dbf header, or null. Ids that Esri and others write for "whatever" are not certain.</summary>
    public static (int CodePage, bool IsCertain)? LanguageId(int id) => id switch
    {
        0x4D or 0x7A => (936, true),
        0x4F or 0x78 => (950, true),
        0x4E or 0x79 => (949, true),
        0x13 or 0x7B => (932, true),
        0x7C or 0x50 => (874, true),
        0x64 or 0xC8 => (id == 0x64 ? 852 : 1250, true),
        0x65 => (866, true),
        0xC9 => (1251, true),
        0xCA => (1254, true),
        0xCB => (1253, true),
        0xCC => (1257, true),
        0x01 or 0x09 or 0x0B or 0x0D or 0x0F or 0x11 or 0x15 or 0x18 or 0x19 or 0x1B => (437, false),
        0x02 or 0x0A or 0x0E or 0x10 or 0x12 or 0x14 or 0x16 or 0x1A or 0x1D or 0x25 or 0x37 => (850, false),
        0x03 or 0x57 or 0x58 or 0x59 => (1252, false),
        _ => null,
    };

    static int? Special(string key) => key switch
    {
        "UTF8" or "UTF8BOM" or "65001" => 65001,
        "UTF16" or "UTF16LE" or "UNICODE" => 1200,
        "UTF16BE" => 1201,
        "GBK" or "GB2312" or "GB18030" or "CP936" or "936" or "EUCCN" => 54936,
        "BIG5" or "CP950" => 950,
        "SJIS" or "SHIFTJIS" => 932,
        "EUCKR" => 949,
        "EUCJP" => 51932,
        "88591" or "ISO88591" => 28591,
        "88592" or "ISO88592" => 28592,
        "LATIN1" => 1252,
        "KOI8R" => 20866,
        _ => null,
    };

    static Encoding? TryNumber(int number) => CodePagesEncodingProvider.Instance.GetEncoding(number);

    static Encoding? TryName(string name) => Encoding.GetEncodings().FirstOrDefault(e => e.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.GetEncoding()
        ?? CodePagesEncodingProvider.Instance.GetEncoding(name);
}
