namespace CityOps.Gis.Queries;

/// <summary>
/// Texts without case: Latin letters of ASCII and Latin-1, Greek, Cyrillic and full-width letters become small. A table of our own, because PostgreSQL and .NET differ in
/// theirs; <c>cityops.fold_case</c> holds the same. A letter keeps its length in UTF-8.
/// </summary>
public static class CaseFolding
{
    static readonly char[] Folded = Table();

    public static string Fold(string text) => string.Create(text.Length, text, static (folded, text) =>
    {
        for (var at = 0; at < text.Length; at++)
            folded[at] = Fold(text[at]);
    });

    public static char Fold(char letter) => letter < Folded.Length ? Folded[letter] : letter is >= 'Ａ' and <= 'Ｚ' ? (char)(letter + 0x20) : letter;

    /// <summary>Letters beyond ASCII that change, in order, and what they become.</summary>
    public static (string From, string To) BeyondAscii
        => new string([.. Enumerable.Range(128, char.MaxValue - 128).Select(code => (char)code).Where(letter => Fold(letter) != letter)]) is var from ? (from, Fold(from)) : default;

    static char[] Table()
    {
        var table = Enumerable.Range(0, 0x460).Select(code => (char)code).ToArray();
        void Shift(int first, int last, int by)
        {
            for (var code = first; code <= last; code++)
                table[code] = (char)(code + by);
        }
        Shift('A', 'Z', 0x20);
        Shift('À', 'Ö', 0x20);
        Shift('Ø', 'Þ', 0x20);
        Shift('Α', 'Ρ', 0x20);
        Shift('Σ', 'Ϋ', 0x20);
        Shift('А', 'Я', 0x20);
        Shift('Ѐ', 'Џ', 0x50);
        return table;
    }
}
