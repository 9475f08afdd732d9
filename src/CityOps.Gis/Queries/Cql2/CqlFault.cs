using CityOps.Gis.Layers;

namespace CityOps.Gis.Queries.Cql2;

/// <summary>Why a filter cannot be understood, and where.</summary>
/// <param name="Offset">Characters of the text before the place.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">Characters from the line's start, from 1.</param>
/// <param name="Sentence">Names the place and the word found there.</param>
public sealed record CqlFault(int Offset, int Line, int Column, LocalText Sentence)
{
    const int LongestWord = 30;

    /// <summary>A fault at a place of a text; the sentence is led by the place.</summary>
    public static CqlFault At(string text, int offset, string zh, string en)
    {
        offset = Math.Clamp(offset, 0, text.Length);
        var (line, start) = (1, 0);
        for (var at = 0; at < offset; at++)
            if (text[at] == '\n')
                (line, start) = (line + 1, at + 1);
        var column = offset - start + 1;
        var word = WordAt(text, offset);
        return new(offset, line, column, new(
            $"filter 第 {line} 行第 {column} 列{(word.Length == 0 ? "（末尾）" : $"“{word}”处")}：{zh}",
            $"filter, line {line}, column {column}{(word.Length == 0 ? " (its end)" : $", at '{word}'")}: {en}"));
    }

    static string WordAt(string text, int offset)
    {
        var end = offset;
        while (end < text.Length && end - offset < LongestWord && (end == offset || IsPart(text[end]) && IsPart(text[offset])))
            end++;
        return text[offset..end].Trim();
    }

    static bool IsPart(char one) => char.IsLetterOrDigit(one) || one is '_' or ':' or '.' or '\'' or '"';
}
