using System.Text;

namespace CityOps.Gis.SurveyImport.Encodings;

/// <summary>Recognises texts that were decoded with the wrong encoding and stored so (乱码): the import reads them as they are, and a check reports them.</summary>
public static class Mojibake
{
    static readonly Encoding StrictUtf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);
    static readonly Encoding Western = CodePages.Number(1252);
    static readonly Encoding Latin1 = Encoding.Latin1;

    /// <summary>What is wrong with the text, or null when it reads as text.</summary>
    public static MojibakeFinding? Find(string text)
        => IsPlain(text) ? null : Lost(text) ?? Utf8ReadAsGbk(text) ?? ReadAsWestern(text);

    // ASCII and the symbols and first-level hanzi of GB 2312 (rows 1-3 and 16-55). UTF-8 hanzi begin with a byte from E4 to E9, so read as GBK they begin with a
    // character of row 68 or beyond, and Western letters are in no row: a text of plain characters alone is no mojibake, but for the two that fill unused memory.
    static readonly bool[] Plain = PlainCharacters();

    static bool IsPlain(string text)
    {
        foreach (var character in text)
            if (!Plain[character])
                return false;
        return true;
    }

    static bool[] PlainCharacters()
    {
        var plain = new bool[char.MaxValue + 1];
        Array.Fill(plain, true, 0, 0x80);
        for (var row = 0xA1; row <= 0xD7; row++)
            for (var cell = 0xA1; cell <= 0xFE && row is <= 0xA3 or >= 0xB0; cell++)
                if (CodePages.Gb18030.GetString([(byte)row, (byte)cell]) is [>= '\u2E80' and var character])
                    plain[character] = true;
        plain['烫'] = plain['屯'] = false;
        return plain;
    }

    static MojibakeFinding? Lost(string text)
    {
        if (text.Contains("锟斤拷", StringComparison.Ordinal) || text.Contains("锟斤", StringComparison.Ordinal))
            return new(null, new("“锟斤拷”表示原文在一次错误转码中已丢失，请从原始数据重新导出。",
                "锟斤拷 stands where a conversion lost the characters; export the data again from its origin."));
        if (text.Contains('\uFFFD'))
            return new(null, new("替换符 U+FFFD 表示原文在解码时已丢失，请按正确编码重新导出。",
                "The replacement character U+FFFD stands where decoding failed; export the data again in its true encoding."));
        if (text.Contains("烫烫烫", StringComparison.Ordinal) || text.Contains("屯屯屯", StringComparison.Ordinal))
            return new(null, new("“烫烫烫/屯屯屯”是程序未初始化的内存，不是数据。", "烫烫烫 or 屯屯屯 is uninitialised memory of the program that wrote the file, not data."));
        return null;
    }

    static MojibakeFinding? Utf8ReadAsGbk(string text)
    {
        var bytes = CodePages.Gb18030.GetBytes(text);
        return DecodeCut(bytes) is { } original && HanziCount(original) > 0 && CommonHanzi.Plausibility(original) > CommonHanzi.Plausibility(text)
            ? new(original, new($"UTF-8 文字被当作 GBK 读取，原文应为“{original}”。", $"UTF-8 was read as GBK; the text was probably {original}."))
            : null;
    }

    static MojibakeFinding? ReadAsWestern(string text)
    {
        if (!HasRunOfWesternLetters(text) || (Bytes(Latin1, text) ?? Bytes(Western, text)) is not { } bytes)
            return null;
        if (DecodeCut(bytes) is { } utf8 && HanziCount(utf8) > 0)
            return new(utf8, new($"UTF-8 文字被当作西文读取，原文应为“{utf8}”。", $"UTF-8 was read as Western text; the text was probably {utf8}."));
        var gbk = CodePages.Gb18030.GetString(bytes);
        return !gbk.Contains('\uFFFD') && HanziCount(gbk) > 0 && CommonHanzi.Plausibility(gbk) >= 0.5
            ? new(gbk, new($"GBK 文字被当作西文读取，原文应为“{gbk}”。", $"GBK was read as Western text; the text was probably {gbk}."))
            : null;
    }

    // A field may have cut the last character, which then shows as '?' or a lone byte.
    static string? DecodeCut(byte[] bytes)
    {
        var length = bytes.Length > 1 && bytes[^1] == '?' ? bytes.Length - 1 : bytes.Length;
        for (var cut = 0; cut < 3 && length - cut > 2; cut++)
            if (IsUtf8(bytes.AsSpan(0, length - cut)))
                return StrictUtf8.GetString(bytes, 0, length - cut);
        return null;
    }

    static bool IsUtf8(ReadOnlySpan<byte> bytes) => System.Text.Unicode.Utf8.IsValid(bytes);

    static int HanziCount(string text) => text.Count(c => c is >= '\u4E00' and <= '\u9FA5');

    static bool HasRunOfWesternLetters(string text)
    {
        for (var i = 1; i < text.Length; i++)
            if (text[i - 1] >= 0x80 && text[i] >= 0x80)
                return true;
        return false;
    }

    // Null when a character of the text is none of this encoding's.
    static byte[]? Bytes(Encoding encoding, string text)
    {
        var bytes = encoding.GetBytes(text);
        return encoding.GetString(bytes) == text ? bytes : null;
    }
}
