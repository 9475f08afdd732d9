namespace CityOps.Gis.Features;

/// <summary>
/// The apostrophe before a text that a spreadsheet would take for a formula (OWASP, CSV injection): what somebody wrote into a name must not run on the machine of the one who
/// opens the file. The importer takes it off again, so that a text comes back as it was.
/// </summary>
public static class FormulaMark
{
    const char Mark = '\'';

    /// <summary>The text as it may stand in a cell. One that looks marked already is marked once more, so that <see cref="Off"/> gives it back.</summary>
    public static string On(string text) => text.Length > 0 && (IsSign(text[0]) || IsMarked(text)) ? Mark + text : text;

    /// <summary>The text that a cell holds.</summary>
    public static string Off(string cell) => IsMarked(cell) ? cell[1..] : cell;

    static bool IsMarked(string text) => text.Length > 1 && text[0] == Mark && (IsSign(text[1]) || text[1] == Mark);

    static bool IsSign(char first) => first is '=' or '+' or '-' or '@' or '\t' or '\r';
}
