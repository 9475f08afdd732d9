namespace CityOps.Gis.Web.Access.People;

/// <summary>
/// Passwords that many people use: those of <c>common-passwords.txt</c> (from @zxcvbn-ts/language-common, MIT licence, and some of the bureau's own words), also with
/// digits and signs around them or letters replaced by look-alikes, one thing repeated, and rows of keys.
/// </summary>
static class CommonPasswords
{
    const string LookAlikes = "0o1l3e4a5s7t@a$s!i", Rows = "abcdefghijklmnopqrstuvwxyz|01234567890123456789|qwertyuiop|asdfghjkl|zxcvbnm|1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p";
    const int LongestRepeat = 6, RowLength = 4, LeastOwn = 5;

    static readonly Lazy<HashSet<string>> s_known = new(Read);

    public static bool IsCommon(string password)
    {
        var plain = password.ToLowerInvariant();
        return new[] { plain, Core(plain), Core(Unmasked(plain)), Unmasked(plain) }.Any(s_known.Value.Contains) || IsRepeated(plain) || Own(plain) < LeastOwn;
    }

    // Without the digits and signs that people put around a word to please a rule.
    static string Core(string text) => text.Trim([.. "0123456789!@#$%^&*()-_=+.,;:?/ 。，！？"]);

    static string Unmasked(string text) => string.Concat(text.Select(sign => LookAlikes.IndexOf(sign, StringComparison.Ordinal) is var at && at >= 0 && at % 2 == 0 ? LookAlikes[at + 1] : sign));

    static bool IsRepeated(string text) => Enumerable.Range(1, LongestRepeat).Any(length => length < text.Length && Enumerable.Range(length, text.Length - length).All(at => text[at] == text[at - length]));

    // How many characters are no part of a row of keys or of the alphabet, forwards or backwards.
    static int Own(string text)
    {
        var own = 0;
        for (var at = 0; at < text.Length;)
        {
            var length = RowAt(text, at);
            (at, own) = length >= RowLength ? (at + length, own) : (at + 1, own + 1);
        }
        return own;
    }

    static int RowAt(string text, int from)
    {
        var length = 0;
        while (from + length < text.Length && IsInRow(text.Substring(from, length + 1)))
            length++;
        return length;
    }

    static bool IsInRow(string part) => Rows.Contains(part, StringComparison.Ordinal) || Rows.Contains(string.Concat(part.Reverse()), StringComparison.Ordinal);

    static HashSet<string> Read()
    {
        using var reader = new StreamReader(typeof(CommonPasswords).Assembly.GetManifestResourceStream("common-passwords.txt")!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
