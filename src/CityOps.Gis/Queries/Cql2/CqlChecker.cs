using CityOps.Gis.Layers;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.Queries.Cql2;

/// <summary>Compares a tree with a layer: which properties there are, and which operands an operator takes. Gives the tree with its properties found, or the first fault.</summary>
sealed class CqlChecker(string text, LayerDefinition layer)
{
    // Of the tree, whose long sums lie as deep as they have terms.
    const int MostDepth = 200;

    CqlFault? _fault;
    int _depth;

    public static CqlResult Check(CqlSyntax syntax, string text, LayerDefinition layer)
    {
        if (syntax.Root is null)
            return new(null, syntax.Fault);
        var checker = new CqlChecker(text, layer);
        var root = checker.Predicate(syntax.Root);
        return checker._fault is { } fault ? new(null, fault) : new(new(root), null);
    }

    // Something that is true, false or unknown.
    CqlExpression Predicate(CqlExpression one)
    {
        var found = Resolved(one);
        return found.Type == CqlType.Boolean ? found : Refuse(one, "此处应为条件（真或假）。", "this is no condition; it is neither true nor false.");
    }

    CqlExpression Resolved(CqlExpression one)
    {
        if (_depth == MostDepth)
            return Refuse(one, $"算式或条件超过 {MostDepth} 层。", $"this goes more than {MostDepth} operators deep.");
        _depth++;
        var found = one switch
        {
            CqlLiteral literal => Literal(literal),
            CqlProperty property => Property(property),
            CqlInterval interval => Interval(interval),
            CqlCall call => Call(call),
            CqlArray array => Refuse(array, "此处不能有列表。", "a list cannot stand here."),
            _ => one,
        };
        _depth--;
        return found;
    }

    CqlExpression Literal(CqlLiteral literal)
    {
        if (literal.Value is not string word)
            return literal;
        if (!QueryTexts.IsClean(word))
            return Refuse(literal, "文字中有不能使用的字符。", "this text holds a character that cannot be used.");
        return word.EndsWith('\\') || word.Contains("\\'", StringComparison.Ordinal)
            ? Refuse(literal, "文字不能以“\\”结尾，也不能在单引号前有“\\”。", "a text cannot end in '\\', or have one before a quote.")
            : literal;
    }

    CqlExpression Property(CqlProperty property) => Queryables.Find(layer, property.Name) is { } queryable
        ? property with { Queryable = queryable }
        : Refuse(property,
            $"图层“{layer.Id}”没有字段“{property.Name}”，可用的有：{string.Join("、", Queryables.Of(layer).Select(one => one.Name))}。",
            $"layer '{layer.Id}' has no property '{property.Name}'; there are {string.Join(", ", Queryables.Of(layer).Select(one => one.Name))}.");

    CqlExpression Interval(CqlInterval interval)
    {
        var (start, end) = (End(interval.Start, interval), End(interval.End, interval));
        return _fault is null && start is CqlLiteral first && end is CqlLiteral last && Moment(first) > Moment(last)
            ? Refuse(interval, "时段的开始晚于结束。", "this interval ends before it begins.")
            : interval with { Start = start, End = end };
    }

    CqlExpression? End(CqlExpression? end, CqlInterval interval)
    {
        if (end is null)
            return null;
        var found = Resolved(end);
        return found is CqlLiteral or CqlProperty && IsInstant(found)
            ? found
            : Refuse(interval, "时段的两端应为时间、'..' 或时间字段。", "an interval goes from and to a time, '..' or a property that is a time.");
    }

    static DateTimeOffset Moment(CqlLiteral literal) => literal.Value is DateOnly day ? CqlTimes.Start(day) : (DateTimeOffset)literal.Value;

    CqlExpression Call(CqlCall call)
    {
        var (name, count) = (call.Name.ToUpperInvariant(), call.Arguments.Count);
        if (call.Operator.Kind is CqlOperatorKind.Function or CqlOperatorKind.Moment)
            return Refuse(call, $"没有函数“{call.Name}”，可用的有：{string.Join("、", CqlOperator.Functions)}。", $"there is no function '{call.Name}'; there are {string.Join(", ", CqlOperator.Functions)}.");
        if (call.Name == "accenti")
            return Refuse(call, "不支持 ACCENTI；可用 CASEI 忽略大小写。", "ACCENTI is not offered; CASEI compares without case.");
        if (count < call.Operator.Least || count > call.Operator.Most)
            return Refuse(call, $"{name} 的参数个数不对（{count} 个）。", $"{name} does not take {count} operands.");
        return call.Operator.Kind switch
        {
            CqlOperatorKind.Logical => call with { Arguments = [.. call.Arguments.Select(Predicate)] },
            CqlOperatorKind.Comparison => Comparison(call),
            CqlOperatorKind.Between => Alike(call, call.Arguments),
            CqlOperatorKind.In => In(call),
            CqlOperatorKind.Like => Like(call),
            CqlOperatorKind.IsNull => IsNull(call),
            CqlOperatorKind.Arithmetic => Each(call, one => one.Type == CqlType.Number, "数字", "numbers"),
            CqlOperatorKind.Character => Each(call, one => one.Type == CqlType.Text, "文字", "a text"),
            CqlOperatorKind.Spatial => Spatial(call),
            CqlOperatorKind.Temporal => Each(call, one => IsInstant(one) || one.Type == CqlType.Interval, "时间、时段或时间字段", "times, intervals or properties that are times"),
            _ => Array(call),
        };
    }

    CqlExpression Each(CqlCall call, Func<CqlExpression, bool> fits, string zh, string en)
    {
        var operands = call.Arguments.Select(Resolved).ToList();
        return operands.Find(one => !fits(one)) is { } misfit
            ? Refuse(misfit, $"{call.Name.ToUpperInvariant()} 的参数应为{zh}。", $"{call.Name.ToUpperInvariant()} takes {en}.")
            : call with { Arguments = operands };
    }

    CqlExpression Comparison(CqlCall call)
    {
        var compared = Alike(call, call.Arguments);
        // A condition may be compared with TRUE or FALSE, not with another condition: it would have to be worked out twice.
        return compared is CqlCall { Arguments: [var left, var right] } && left.Type == CqlType.Boolean
            && (left is CqlCall || right is CqlCall) && (call.Name is not ("=" or "<>") || (left is not CqlLiteral && right is not CqlLiteral))
            ? Refuse(call, "条件只能与 TRUE 或 FALSE 比较是否相等。", "a condition can only be equal to TRUE or FALSE, or not.")
            : compared;
    }

    // Scalars of one type; days and moments go together.
    CqlExpression Alike(CqlCall call, IReadOnlyList<CqlExpression> arguments)
    {
        var operands = arguments.Select(Resolved).ToList();
        foreach (var one in operands)
            if (one.Type is not (CqlType.Boolean or CqlType.Text or CqlType.Number or CqlType.Date or CqlType.Timestamp))
                return Refuse(one, "此处应为文字、数字、时间或真假值。", "a text, a number, a time or a truth should stand here.");
            else if (one.Type != operands[0].Type && !(IsInstant(one) && IsInstant(operands[0])))
                return Refuse(one is CqlLiteral ? one : operands[0] is CqlLiteral ? operands[0] : one,
                    $"{Said(operands[0]).Zh}不能与{Said(one).Zh}比较。{Hint(operands[0], one).Zh}",
                    $"{Said(operands[0]).En} cannot be compared with {Said(one).En}.{Hint(operands[0], one).En}");
        return call with { Arguments = operands };
    }

    CqlExpression In(CqlCall call)
    {
        var list = (CqlArray)call.Arguments[1];
        if (list.Items.Count == 0)
            return Refuse(list, "IN 后的列表是空的。", "the list after IN is empty.");
        if (Alike(call, [call.Arguments[0], .. list.Items]) is not CqlCall { Arguments: var operands })
            return call;
        return operands.FirstOrDefault(one => one is CqlCall { Type: CqlType.Boolean }) is { } condition
            ? Refuse(condition, "IN 不用于条件。", "IN is not for conditions.")
            : call with { Arguments = [operands[0], list with { Items = [.. operands.Skip(1)] }] };
    }

    CqlExpression Like(CqlCall call)
    {
        var compared = Each(call, one => one.Type == CqlType.Text, "文字", "texts");
        return compared is CqlCall { Arguments: [_, var pattern] } && _fault is null && Innermost(pattern) is not CqlLiteral
            ? Refuse(pattern, "LIKE 后应为单引号中的模式，可加 CASEI。", "after LIKE stands a pattern in single quotes, in CASEI or not.")
            : compared;
    }

    static CqlExpression Innermost(CqlExpression one) => one is CqlCall { Operator.Kind: CqlOperatorKind.Character, Arguments: [var inner] } ? Innermost(inner) : one;

    CqlExpression IsNull(CqlCall call)
    {
        var operand = Resolved(call.Arguments[0]);
        return operand is CqlProperty or CqlCall { Type: not CqlType.Boolean }
            ? call with { Arguments = [operand] }
            : Refuse(operand, "IS NULL 前应为字段或算式。", "before IS NULL stands a property or a sum.");
    }

    CqlExpression Spatial(CqlCall call)
    {
        var compared = Each(call, one => one.Type == CqlType.Geometry, "位置或几何", "places");
        return call.Name is not ("s_intersects" or "s_disjoint") && _fault is null
            && ((CqlCall)compared).Arguments.OfType<CqlGeometry>().FirstOrDefault(one => one.Place.OgcGeometryType == OgcGeometryType.GeometryCollection) is { } mixed
            ? Refuse(mixed, "GEOMETRYCOLLECTION 只能用于 S_INTERSECTS 和 S_DISJOINT。", "GEOMETRYCOLLECTION is only for S_INTERSECTS and S_DISJOINT.")
            : compared;
    }

    CqlExpression Array(CqlCall call) => call with { Arguments = [.. call.Arguments.Select(ListOf)] };

    CqlExpression ListOf(CqlExpression one)
    {
        if (one is CqlArray array)
            return array with { Items = [.. array.Items.Select(item => Resolved(item) is CqlLiteral { Value: string } word ? word : Refuse(item, "列表应由单引号中的文字组成。", "a list is made of texts in single quotes."))] };
        var found = Resolved(one);
        return found.Type == CqlType.List ? found : Refuse(one, "此处应为列表字段或 ['…', '…']。", "a property that is a list, or ['…', '…'], should stand here.");
    }

    static bool IsInstant(CqlExpression one) => one.Type is CqlType.Date or CqlType.Timestamp;

    static LocalText Said(CqlExpression one)
    {
        var (zh, en) = one.Type switch
        {
            CqlType.Text => ("文字", "a text"),
            CqlType.Number => ("数字", "a number"),
            CqlType.Boolean => ("真假值", "a truth"),
            CqlType.Date => ("日期", "a day"),
            _ => ("时间", "a moment"),
        };
        return one is CqlProperty property ? new($"{zh}（{property.Name}）", $"{en} ({property.Name})") : new(zh, en);
    }

    static LocalText Hint(CqlExpression one, CqlExpression other)
        => (IsInstant(one) && other.Type == CqlType.Text) || (IsInstant(other) && one.Type == CqlType.Text)
            ? new("时间写作 DATE('2026-01-31') 或 TIMESTAMP('2026-01-31T08:00:00Z')。", " Write times as DATE('2026-01-31') or TIMESTAMP('2026-01-31T08:00:00Z').")
            : one.Type == CqlType.Text && other.Type == CqlType.Number || one.Type == CqlType.Number && other.Type == CqlType.Text
                ? new("文字须用单引号。", " Texts stand in single quotes.")
                : new("", "");

    CqlLiteral Refuse(CqlExpression at, string zh, string en)
    {
        _fault ??= CqlFault.At(text, at.Offset, zh, en);
        return new(false, at.Offset);
    }
}
