using System.Runtime.CompilerServices;
using System.Text;

namespace CityOps.Gis.SurveyImport.Encodings;

/// <summary>
/// Decodes short byte texts fast. ASCII is widened; two-byte GBK goes through one table of 65,536 characters indexed by the byte pair; all else, four-byte GB 18030
/// included, goes to .NET's decoder. Thread-safe.
/// </summary>
/// <param name="encoding">Encoding of the texts.</param>
/// <param name="otherwise">Encoding of texts that are no valid UTF-8, when <paramref name="encoding"/> is UTF-8; null = none.</param>
sealed class TextDecoder(Encoding encoding, Encoding? otherwise = null)
{
    static readonly Lazy<char[]> GbkTable = new(BuildGbkTable);

    readonly char[]? _pairs = encoding.CodePage == 54936 ? GbkTable.Value : null;

    public string Decode(ReadOnlySpan<byte> bytes)
    {
        if (Ascii.IsValid(bytes))
            return Encoding.Latin1.GetString(bytes);
        if (otherwise is not null && !System.Text.Unicode.Utf8.IsValid(bytes))
            return otherwise.GetString(bytes);
        return _pairs is null ? encoding.GetString(bytes) : DecodeGbk(bytes, _pairs);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    string DecodeGbk(ReadOnlySpan<byte> bytes, char[] pairs)
    {
        Span<char> chars = bytes.Length <= 512 ? stackalloc char[512] : new char[bytes.Length];
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var first = bytes[i];
            if (first < 0x80)
            {
                chars[length++] = (char)first;
                continue;
            }
            var c = i + 1 < bytes.Length ? pairs[first << 8 | bytes[i + 1]] : '\0';
            if (c == '\0')
                return encoding.GetString(bytes);
            chars[length++] = c;
            i++;
        }
        return new string(chars[..length]);
    }

    static char[] BuildGbkTable()
    {
        var table = new char[65536];
        Span<byte> pair = stackalloc byte[2];
        Span<char> chars = stackalloc char[4];
        for (var code = 0x8140; code < 0xFEFF; code++)
        {
            (pair[0], pair[1]) = ((byte)(code >> 8), (byte)code);
            if (pair[1] is >= 0x40 and not 0x7F and not 0xFF && CodePages.Gb18030.GetChars(pair, chars) == 1 && chars[0] != '\uFFFD')
                table[code] = chars[0];
        }
        return table;
    }
}
