using System.Text;
using CityOps.Gis.Layers;

namespace CityOps.Gis.SurveyImport.Encodings;

/// <summary>
/// Finds the encoding of a file's texts: a choice by the caller, then its .cpg, then the language id of its .dbf, each believed only while the bytes do not speak
/// against it; then the bytes alone. Valid UTF-8 with a non-ASCII character in it is hardly ever anything else.
/// </summary>
public static class EncodingDetector
{
    const double MostlyValid = 0.995, Convincing = 0.7;

    /// <param name="cpg">Content of the .cpg file, or null.</param>
    /// <param name="languageId">Byte 29 of the .dbf header; 0 or null = says nothing.</param>
    /// <param name="samples">Texts as stored, one per line; lines may be cut within a character.</param>
    /// <param name="chosen">Encoding named by the person who imports; overrules all else.</param>
    public static EncodingFinding Detect(string? cpg, int? languageId, ReadOnlySpan<byte> samples, string? chosen = null)
    {
        if (!string.IsNullOrWhiteSpace(chosen) && CodePages.Named(chosen) is { } wanted)
            return new(wanted, [new($"编码由导入者指定为 {NameOf(wanted)}。", $"The encoding {NameOf(wanted)} was chosen for this import.")]);
        var byBytes = ByBytes(samples);
        return Declared(cpg, languageId) is { } declared ? Weigh(declared, byBytes, samples, cpg) : Undeclared(byBytes, cpg);
    }

    public static string NameOf(Encoding encoding) => encoding.CodePage switch
    {
        54936 or 936 => "GBK",
        65001 => "UTF-8",
        950 => "Big5",
        932 => "Shift_JIS",
        var number and >= 1250 and <= 1258 => $"windows-{number}",
        _ => encoding.WebName,
    };

    /// <summary>Share of the non-ASCII bytes that are valid in an encoding; a character cut off at the end of a line counts as valid.</summary>
    public static double ValidShare(Encoding encoding, ReadOnlySpan<byte> samples)
    {
        if (encoding.IsSingleByte || encoding.CodePage is 1200 or 1201)
            return 1;
        var text = Decode(encoding, samples);
        var (bad, all) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] < 0x80)
                continue;
            all++;
            bad += text[i] == '\uFFFD' && i + 1 < text.Length && text[i + 1] != '\n' ? 1 : 0;
        }
        return all == 0 ? 1 : 1 - (double)bad / all;
    }

    static (Encoding Encoding, bool IsCertain, LocalText Source)? Declared(string? cpg, int? languageId)
    {
        if (CodePages.Named(cpg) is { } named)
            return (named, true, new($".cpg 文件写明 {cpg!.Trim()}。", $"The .cpg says {cpg.Trim()}."));
        if (languageId is not (null or 0) && CodePages.LanguageId(languageId.Value) is { } byId && CodePages.Number(byId.CodePage) is var encoding)
            return (encoding, byId.IsCertain, new(
                $".dbf 的语言标识 0x{languageId:X2} 表示 {NameOf(encoding)}。", $"The language id 0x{languageId:X2} of the .dbf says {NameOf(encoding)}."));
        return null;
    }

    static EncodingFinding Weigh(
        (Encoding Encoding, bool IsCertain, LocalText Source) declared, Encoding? byBytes, ReadOnlySpan<byte> samples, string? cpg)
    {
        if (byBytes is null || byBytes.CodePage == declared.Encoding.CodePage)
            return new(declared.Encoding, [declared.Source]);
        if (Contradicts(declared.Encoding, declared.IsCertain, byBytes, samples))
            return new(byBytes, [declared.Source, new(
                $"但字节内容并非 {NameOf(declared.Encoding)}，而是 {NameOf(byBytes)}，按后者读取。",
                $"But the bytes are not {NameOf(declared.Encoding)}; they are {NameOf(byBytes)}, which is used.")], IsContradicted: true);
        return new(declared.Encoding, [declared.Source]);
    }

    // A certain declaration falls only to bytes that are invalid in it, or valid UTF-8, or clearly more plausible; an uncertain one to any multi-byte encoding.
    static bool Contradicts(Encoding declared, bool isCertain, Encoding byBytes, ReadOnlySpan<byte> samples)
        => ValidShare(declared, samples) < MostlyValid
            || byBytes.CodePage == 65001
            || (!isCertain && !byBytes.IsSingleByte)
            || (declared.IsSingleByte && byBytes.CodePage == 54936 && Plausibility(byBytes, samples) > 1.2);

    static EncodingFinding Undeclared(Encoding? byBytes, string? cpg)
    {
        List<LocalText> evidence = string.IsNullOrWhiteSpace(cpg) ? [] : [new($".cpg 文件的内容“{cpg.Trim()}”不是已知编码。", $"The .cpg says \"{cpg.Trim()}\", which is no known encoding.")];
        evidence.Add(byBytes is null
            ? new("文字全部为 ASCII，任何编码读来都一样。", "The texts are plain ASCII, which reads the same in any encoding.")
            : new($"文件未写明编码；字节内容符合 {NameOf(byBytes)}。", $"The file names no encoding; its bytes are {NameOf(byBytes)}."));
        return new(byBytes ?? Encoding.UTF8, evidence);
    }

    static Encoding? ByBytes(ReadOnlySpan<byte> samples)
    {
        if (Ascii.IsValid(samples))
            return null;
        if (ValidShare(Encoding.UTF8, samples) >= MostlyValid)
            return Encoding.UTF8;
        var (best, bestScore) = (CodePages.Gb18030, double.MinValue);
        foreach (var codePage in (ReadOnlySpan<int>)[54936, 950, 932, 51932, 949])
            // Japanese and Korean must be evident; damaged bytes easily look like them.
            if (CodePages.Number(codePage) is var encoding && Score(encoding, samples) is var score && score > Math.Max(bestScore, codePage is 54936 or 950 ? -99 : Convincing) + 1e-9)
                (best, bestScore) = (encoding, score);
        var isWestern = SingleHighByteShare(samples) > 0.5 ? bestScore < Convincing : bestScore < -0.5;
        return isWestern ? CodePages.Number(1252) : best;
    }

    // Invalid bytes weigh heavily; GBK, tried first, wins ties.
    static double Score(Encoding encoding, ReadOnlySpan<byte> samples) => Plausibility(encoding, samples) - 20 * (1 - ValidShare(encoding, samples));

    static double Plausibility(Encoding encoding, ReadOnlySpan<byte> samples) => CommonHanzi.Plausibility(Decode(encoding, samples).Replace("\uFFFD\n", "\n"));

    // Western texts have lone bytes above 0x7F between letters; GBK and Big5 have them in runs, save where a second byte is a letter's.
    static double SingleHighByteShare(ReadOnlySpan<byte> samples)
    {
        var (lone, runs) = (0, 0);
        for (var i = 0; i < samples.Length; i++)
        {
            if (samples[i] < 0x80)
                continue;
            var start = i;
            while (i < samples.Length && samples[i] >= 0x80)
                i++;
            runs++;
            lone += i - start == 1 ? 1 : 0;
        }
        return runs == 0 ? 0 : (double)lone / runs;
    }

    static string Decode(Encoding encoding, ReadOnlySpan<byte> samples)
    {
        var lenient = (Encoding)encoding.Clone();
        lenient.DecoderFallback = new DecoderReplacementFallback("\uFFFD");
        var text = new StringBuilder(samples.Length);
        foreach (var range in samples.Split((byte)'\n'))
            text.Append(lenient.GetString(samples[range])).Append('\n');
        return text.ToString();
    }
}
