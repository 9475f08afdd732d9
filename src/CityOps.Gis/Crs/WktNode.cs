using System.Globalization;
using System.Text;

namespace CityOps.Gis.Crs;

/// <summary>A node of well-known text, <c>KEYWORD["name",1.5,CHILD[…]]</c>, with '[' or '(' as brackets.</summary>
sealed record WktNode(string Keyword, IReadOnlyList<string> Values, IReadOnlyList<WktNode> Children)
{
    const int MaxDepth = 32;

    public string Name => Values.Count > 0 ? Values[0] : "";

    public double? Number(int index)
        => index < Values.Count && double.TryParse(Values[index], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value) ? value : null;

    public WktNode? Find(params ReadOnlySpan<string> keywords)
    {
        foreach (var child in Children)
            foreach (var keyword in keywords)
                if (child.Keyword == keyword)
                    return child;
        return null;
    }

    /// <summary>Null when the text is not well-known text; <paramref name="rest"/> is what follows the root's closing bracket.</summary>
    public static WktNode? TryParse(string text, out string rest)
    {
        var position = 0;
        var root = Read(text, ref position, 0);
        rest = root is null ? "" : text[position..].Trim();
        return root;
    }

    static WktNode? Read(string text, ref int at, int depth)
    {
        Skip(text, ref at);
        var start = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
            at++;
        var keyword = text[start..at].ToUpperInvariant();
        Skip(text, ref at);
        if (keyword.Length == 0 || depth > MaxDepth || at >= text.Length || text[at] is not ('[' or '('))
            return null;
        at++;
        var values = new List<string>();
        var children = new List<WktNode>();
        while (true)
        {
            if (!ReadMember(text, ref at, depth, values, children))
                return null;
            Skip(text, ref at);
            if (at >= text.Length || text[at] is not (',' or ']' or ')'))
                return null;
            if (text[at++] is ']' or ')')
                return new(keyword, values, children);
        }
    }

    static bool ReadMember(string text, ref int at, int depth, List<string> values, List<WktNode> children)
    {
        Skip(text, ref at);
        if (at < text.Length && text[at] == '"')
            return ReadQuoted(text, ref at, values);
        var end = text.AsSpan(at).IndexOfAny(",[]()");
        if (end < 0)
            return false;
        if (text[at + end] is '[' or '(')
        {
            if (Read(text, ref at, depth + 1) is not { } child)
                return false;
            children.Add(child);
            return true;
        }
        values.Add(text.Substring(at, end).Trim());
        at += end;
        return true;
    }

    static bool ReadQuoted(string text, ref int at, List<string> values)
    {
        var value = new StringBuilder();
        for (at++; at < text.Length; at++)
            if (text[at] != '"')
                value.Append(text[at]);
            else if (at + 1 < text.Length && text[at + 1] == '"')
                value.Append(text[at++]);
            else
            {
                at++;
                values.Add(value.ToString());
                return true;
            }
        return false;
    }

    static void Skip(string text, ref int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
    }
}
