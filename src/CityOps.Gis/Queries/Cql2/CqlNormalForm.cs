namespace CityOps.Gis.Queries.Cql2;

/// <summary>
/// Brings a checked tree into the few forms that executors know: <c>and</c>, <c>or</c> (without operands: true, false), comparisons, <c>in</c> a list of literals,
/// <c>like</c>, <c>isNull</c>, <c>s_…</c> without <c>s_disjoint</c>, <c>a_…</c>; <c>not</c> only before one of the last five. Under no <c>not</c> of others, unknown and false
/// come to the same, so an executor needs no third truth: it says where a form is true.
/// </summary>
/// <remarks>Temporal functions become comparisons of their ends (OGC 21-065r2, table 8). A day beside a moment becomes its first or last moment in Beijing.</remarks>
public static class CqlNormalForm
{
    static readonly CqlCall True = new("and"), False = new("or");

    internal static CqlExpression Of(CqlExpression root) => Of(root, isNegated: false);

    static CqlExpression Of(CqlExpression one, bool isNegated) => one switch
    {
        CqlLiteral { Value: bool truth } => truth != isNegated ? True : False,
        CqlCall { Operator.Kind: CqlOperatorKind.Logical } call => Logical(call, isNegated),
        CqlCall { Operator.Kind: CqlOperatorKind.Comparison } call => Comparison(call, isNegated),
        CqlCall { Operator.Kind: CqlOperatorKind.Between, Arguments: [var value, var low, var high] } => Of(new CqlCall("and", new CqlCall(">=", value, low), new CqlCall("<=", value, high)), isNegated),
        CqlCall { Operator.Kind: CqlOperatorKind.In } call => In(call, isNegated),
        CqlCall { Operator.Kind: CqlOperatorKind.Temporal } call => Of(CqlAllen.Compared(call), isNegated),
        CqlCall { Name: "s_disjoint" } call => Negated(new CqlCall("s_intersects", call.Arguments), !isNegated),
        CqlCall call => Negated(call with { Arguments = [.. call.Arguments.Select(Scalar)] }, isNegated),
        _ => new CqlCall("=", one, new CqlLiteral(!isNegated)),
    };

    static CqlExpression Negated(CqlExpression one, bool isNegated) => isNegated ? new CqlCall("not", one) : one;

    static CqlExpression Logical(CqlCall call, bool isNegated)
    {
        if (call.Name == "not")
            return Of(call.Arguments[0], !isNegated);
        var isAnd = call.Name == "and" != isNegated;
        var operands = call.Arguments.Select(one => Of(one, isNegated)).SelectMany(one => one is CqlCall inner && inner.Name == (isAnd ? "and" : "or") ? inner.Arguments : [one]).ToList();
        return operands.Exists(one => one is CqlCall { Arguments.Count: 0 }) ? isAnd ? False : True
            : operands is [var only] ? only
            : operands.Count == 0 ? isAnd ? True : False
            : new CqlCall(isAnd ? "and" : "or", operands);
    }

    static CqlExpression Comparison(CqlCall call, bool isNegated)
    {
        var (left, right) = (call.Arguments[0], call.Arguments[1]);
        // A condition that is TRUE or FALSE.
        if (left is CqlCall { Type: CqlType.Boolean } || right is CqlCall { Type: CqlType.Boolean })
        {
            var (condition, truth) = left is CqlLiteral ? (right, (CqlLiteral)left) : (left, (CqlLiteral)right);
            return Of(condition, isNegated ^ call.Name == "<>" ^ truth.Value is false);
        }
        var name = isNegated ? Opposite(call.Name) : call.Name;
        return left.Type == right.Type
            ? new CqlCall(name, Scalar(left), Scalar(right))
            : new CqlCall(name, CqlAllen.FirstMoment(left), CqlAllen.FirstMoment(right));
    }

    static string Opposite(string comparison) => comparison switch { "=" => "<>", "<>" => "=", "<" => ">=", ">=" => "<", ">" => "<=", _ => ">" };

    static CqlExpression In(CqlCall call, bool isNegated)
    {
        var (value, items) = (call.Arguments[0], ((CqlArray)call.Arguments[1]).Items.Select(Scalar).ToList());
        if (items.TrueForAll(item => item is CqlLiteral && item.Type == value.Type))
            return Negated(new CqlCall("in", Scalar(value), new CqlArray(items)), isNegated);
        return Of(new CqlCall("or", [.. items.Select(item => new CqlCall("=", value, item))]), isNegated);
    }

    // CASEI of a literal is worked out once.
    static CqlExpression Scalar(CqlExpression one) => one switch
    {
        CqlCall { Name: "casei", Arguments: [var inner] } when Scalar(inner) is CqlLiteral { Value: string word } => new CqlLiteral(CaseFolding.Fold(word)),
        CqlCall call => call with { Arguments = [.. call.Arguments.Select(Scalar)] },
        _ => one,
    };
}
