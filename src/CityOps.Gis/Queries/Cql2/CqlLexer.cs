using System.Globalization;
using System.Text;

namespace CityOps.Gis.Queries.Cql2;

/// <summary>Cuts CQL2 text into words (OGC 21-065r2, annex B.1).</summary>
sealed class CqlLexer(string text)
{
    readonly List<CqlToken> _tokens = [];
    int _at;

    /// <summary>The words, the last of which is an <see cref="CqlTokenKind.End"/>.</summary>
    public static IReadOnlyList<CqlToken> Cut(string text) => new CqlLexer(text).Cut();

    List<CqlToken> Cut()
    {
        while (true)
        {
            while (_at < text.Length && char.IsWhiteSpace(text[_at]))
                _at++;
            if (_at == text.Length)
            {
                _tokens.Add(new(CqlTokenKind.End, "", _at));
                return _tokens;
            }
            _tokens.Add(Next());
        }
    }

    CqlToken Next() => text[_at] switch
    {
        '\'' => Quoted('\'', CqlTokenKind.Text),
        '"' => Quoted('"', CqlTokenKind.QuotedName),
        >= '0' and <= '9' => Number(),
        '.' when _at + 1 < text.Length && char.IsAsciiDigit(text[_at + 1]) => Number(),
        var first when IsStart(first) => Name(),
        _ => Symbol(),
    };

    // A quote within is doubled; \' is an older spelling of it, which the standard allows beside.
    CqlToken Quoted(char quote, CqlTokenKind kind)
    {
        var (start, value) = (_at++, new StringBuilder());
        while (_at < text.Length)
        {
            var one = text[_at++];
            if (one == quote && (_at == text.Length || text[_at] != quote))
                return new(kind, value.ToString(), start);
            if (one == quote || (one == '\\' && quote == '\'' && _at < text.Length && text[_at] == quote))
                one = text[_at++];
            value.Append(one);
        }
        return new(CqlTokenKind.Wrong, text[start..], start);
    }

    CqlToken Number()
    {
        var start = _at;
        Digits();
        if (_at < text.Length && text[_at] == '.')
        {
            _at++;
            Digits();
        }
        if (_at < text.Length && text[_at] is 'e' or 'E' && ExponentLength() is > 0 and var length)
            _at += length;
        return new(CqlTokenKind.Number, text[start.._at], start);
    }

    int ExponentLength()
    {
        var at = _at + 1;
        if (at < text.Length && text[at] is '+' or '-')
            at++;
        var first = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        return at > first ? at - _at : 0;
    }

    void Digits()
    {
        while (_at < text.Length && char.IsAsciiDigit(text[_at]))
            _at++;
    }

    CqlToken Name()
    {
        var start = _at;
        while (_at < text.Length && IsPart(text[_at]))
            _at++;
        return new(CqlTokenKind.Name, text[start.._at], start);
    }

    CqlToken Symbol()
    {
        var start = _at;
        var length = text.AsSpan(_at).StartsWith("<>") || text.AsSpan(_at).StartsWith("<=") || text.AsSpan(_at).StartsWith(">=") ? 2 : 1;
        _at += length;
        var value = text[start.._at];
        return new("=<>+-*/%^()[],".Contains(value[0], StringComparison.Ordinal) ? CqlTokenKind.Symbol : CqlTokenKind.Wrong, value, start);
    }

    /// <summary>Can the name stand without double quotes?</summary>
    public static bool IsIdentifier(string name) => name.Length > 0 && IsStart(name[0]) && name.All(IsPart);

    static bool IsStart(char one) => char.IsLetter(one) || one is '_' or ':' || char.IsSurrogate(one) || char.GetUnicodeCategory(one) == UnicodeCategory.LetterNumber;

    static bool IsPart(char one) => IsStart(one) || char.IsDigit(one) || one == '.' || char.GetUnicodeCategory(one) is UnicodeCategory.NonSpacingMark or UnicodeCategory.ConnectorPunctuation;
}
