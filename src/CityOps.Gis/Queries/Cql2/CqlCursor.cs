using System.Globalization;

namespace CityOps.Gis.Queries.Cql2;

/// <summary>
/// Where a reader stands among the words of CQL2 text. The first fault is kept and moves the cursor to the end, where nothing matches any more, so readers need
/// not look back after each step.
/// </summary>
sealed class CqlCursor(string text)
{
    static readonly CqlExpression Nothing = new CqlLiteral(false);

    readonly IReadOnlyList<CqlToken> _tokens = CqlLexer.Cut(text);
    int _at, _depth;

    public CqlFault? Fault { get; private set; }
    public CqlToken Current => _tokens[_at];
    public CqlToken Next => _tokens[Math.Min(_at + 1, _tokens.Count - 1)];
    public bool IsAtEnd => Current.Kind == CqlTokenKind.End;

    public CqlToken Take() => IsAtEnd ? Current : _tokens[_at++];

    public bool TakeIf(string keyword) => Current.Is(keyword) && Take() is var _;

    public bool TakeSymbol(string symbol) => Current.IsSymbol(symbol) && Take() is var _;

    public void Expect(string symbol)
    {
        if (!TakeSymbol(symbol))
            Wanted($"“{symbol}”", $"'{symbol}'");
    }

    public void ExpectWord(string keyword)
    {
        if (!TakeIf(keyword))
            Wanted(keyword, keyword);
    }

    /// <summary>Goes one level down for as long as a reading takes.</summary>
    public CqlExpression Deeper(Func<CqlExpression> read)
    {
        if (_depth == CqlSyntax.MostDepth)
            return Fail($"嵌套超过 {CqlSyntax.MostDepth} 层。", $"this is nested more than {CqlSyntax.MostDepth} levels deep.");
        _depth++;
        var found = read();
        _depth--;
        return found;
    }

    /// <summary>A number with or without a sign.</summary>
    public double Number()
    {
        var sign = TakeSymbol("-") ? -1 : 1;
        if (sign > 0)
            TakeSymbol("+");
        if (Current.Kind == CqlTokenKind.Number && double.TryParse(Current.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            Take();
            return sign * number;
        }
        Wanted("数字", "a number");
        return 0;
    }

    /// <summary>Something else should stand here.</summary>
    public CqlExpression Wanted(string zh, string en) => Current switch
    {
        { Kind: CqlTokenKind.Wrong, Value: ['\'' or '"', ..] } => Fail("引号没有闭合。", "this quote is not closed."),
        _ => Fail($"此处应为{zh}。", $"{en} should stand here."),
    };

    public CqlExpression Fail(string zh, string en) => FailAt(Current.Offset, zh, en);

    public CqlExpression FailAt(int offset, string zh, string en)
    {
        Fault ??= CqlFault.At(text, offset, zh, en);
        _at = _tokens.Count - 1;
        return Nothing;
    }
}
