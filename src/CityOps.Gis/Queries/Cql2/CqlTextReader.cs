namespace CityOps.Gis.Queries.Cql2;

/// <summary>
/// Reads CQL2 text by recursive descent (OGC 21-065r2, annex B.1). All operators are one ladder of precedence, OR lowest; whether operands fit is
/// <see cref="CqlChecker"/>'s to say.
/// </summary>
sealed class CqlTextReader
{
    static readonly string[] Comparisons = ["=", "<>", "<", ">", "<=", ">="];

    readonly CqlCursor _cursor;
    readonly CqlPlaceReader _places;
    readonly CqlTimeReader _times;

    CqlTextReader(string text)
    {
        _cursor = new(text);
        (_places, _times) = (new(_cursor), new(_cursor));
    }

    public static CqlSyntax Read(string text)
    {
        if (text.Length > CqlSyntax.MostCharacters)
            return new(null, CqlSyntax.TooLong(text));
        var reader = new CqlTextReader(text);
        var root = reader.Or();
        if (!reader._cursor.IsAtEnd)
            reader._cursor.Wanted("条件的结尾，或 AND、OR", "the end, AND or OR");
        return reader._cursor.Fault is { } fault ? new(null, fault) : new(root, null);
    }

    CqlExpression Or() => Joined("or", And);

    CqlExpression And() => Joined("and", Not);

    CqlExpression Joined(string name, Func<CqlExpression> operand)
    {
        var first = operand();
        if (!_cursor.Current.Is(name))
            return first;
        var operands = new List<CqlExpression> { first };
        while (_cursor.TakeIf(name))
            operands.Add(operand());
        return CqlTrees.Joined(name, operands);
    }

    CqlExpression Not()
    {
        var offset = _cursor.Current.Offset;
        return _cursor.TakeIf("not") ? _cursor.Deeper(() => Call("not", offset, Not())) : Comparison();
    }

    CqlExpression Comparison()
    {
        var (offset, left) = (_cursor.Current.Offset, Sum());
        if (Array.Find(Comparisons, _cursor.TakeSymbol) is { } comparison)
            return Call(comparison, offset, left, Sum());
        if (_cursor.TakeIf("is"))
        {
            var isNot = _cursor.TakeIf("not");
            _cursor.ExpectWord("NULL");
            return Negated(isNot, Call("isNull", offset, left));
        }
        var isNegated = _cursor.Next is var next && (next.Is("like") || next.Is("between") || next.Is("in")) && _cursor.TakeIf("not");
        return _cursor.TakeIf("like") ? Negated(isNegated, Call("like", offset, left, Sum()))
            : _cursor.TakeIf("between") ? Negated(isNegated, Between(offset, left))
            : _cursor.TakeIf("in") ? Negated(isNegated, Call("in", offset, left, Listed("(", ")")))
            : left;
    }

    CqlCall Between(int offset, CqlExpression left)
    {
        var low = Sum();
        _cursor.ExpectWord("AND");
        return Call("between", offset, left, low, Sum());
    }

    CqlExpression Sum() => Chained(Product, "+", "-");

    CqlExpression Product() => Chained(Power, "*", "/", "%", "div");

    CqlExpression Chained(Func<CqlExpression> operand, params string[] operators)
    {
        var (offset, left) = (_cursor.Current.Offset, operand());
        while (Array.Find(operators, name => _cursor.TakeSymbol(name) || _cursor.TakeIf(name)) is { } taken)
            left = Call(taken, offset, left, operand());
        return left;
    }

    CqlExpression Power()
    {
        var (offset, left) = (_cursor.Current.Offset, Operand());
        return _cursor.TakeSymbol("^") ? _cursor.Deeper(() => Call("^", offset, left, Power())) : left;
    }

    CqlExpression Operand()
    {
        var token = _cursor.Current;
        return token.Kind switch
        {
            CqlTokenKind.Text => new CqlLiteral(_cursor.Take().Value, token.Offset),
            CqlTokenKind.QuotedName => new CqlProperty(_cursor.Take().Value, Offset: token.Offset),
            CqlTokenKind.Name => Named(token),
            _ when token.Kind == CqlTokenKind.Number || token.IsSymbol("-") || token.IsSymbol("+") => Number(token.Offset),
            _ when token.IsSymbol("[") => _cursor.Deeper(() => Listed("[", "]")),
            _ when token.IsSymbol("(") => _cursor.Deeper(Bracketed),
            _ => Missing(),
        };
    }

    CqlExpression Missing() => _cursor.Wanted("字段、值或“(”", "a property, a value or '('");

    CqlExpression Bracketed()
    {
        _cursor.Take();
        var inner = Or();
        _cursor.Expect(")");
        return inner;
    }

    CqlExpression Named(CqlToken token)
    {
        if (token.Is("true") || token.Is("false"))
            return new CqlLiteral(_cursor.Take().Is("true"), token.Offset);
        if (_places.IsHere)
            return _places.Read();
        if (_times.IsHere)
            return _times.Read();
        if (CqlKeywords.Contains(token.Value))
            return Missing();
        _cursor.Take();
        return _cursor.Current.IsSymbol("(")
            ? _cursor.Deeper(() => new CqlCall(CqlOperator.OfFunction(token.Value), Listed("(", ")").Items, token.Offset))
            : new CqlProperty(token.Value, Offset: token.Offset);
    }

    CqlExpression Number(int offset)
    {
        var sign = _cursor.TakeSymbol("-") ? "-" : "";
        if (sign.Length == 0)
            _cursor.TakeSymbol("+");
        return _cursor.Current.Kind == CqlTokenKind.Number && CqlTrees.Number(sign + _cursor.Current.Value, offset) is { } number && _cursor.Take() is var _
            ? number
            : _cursor.Wanted("数字", "a number");
    }

    CqlArray Listed(string open, string close)
    {
        var (offset, items) = (_cursor.Current.Offset, new List<CqlExpression>());
        _cursor.Expect(open);
        if (_cursor.TakeSymbol(close))
            return new([], offset);
        do
            items.Add(Or());
        while (_cursor.TakeSymbol(","));
        _cursor.Expect(close);
        return new(items, offset);
    }

    static CqlCall Call(string name, int offset, params CqlExpression[] operands) => new(CqlOperator.Of(name), operands, offset);

    static CqlCall Negated(bool isNegated, CqlCall call) => isNegated ? Call("not", call.Offset, call) : call;
}
