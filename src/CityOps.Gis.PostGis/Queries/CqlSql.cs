using CityOps.Gis.Queries.Cql2;

namespace CityOps.Gis.PostGis.Queries;

/// <summary>
/// A filter's normal form as a condition of a statement. Names come from the layer's definition and go through <see cref="SqlName"/>, every value is a parameter:
/// nothing of a caller's text is SQL. Texts are ordered by their bytes, whatever the server's collation.
/// </summary>
sealed class CqlSql(SqlFilter filter)
{
    /// <summary>An expression that is true where the filter is.</summary>
    public string Condition(CqlExpression one) => one is CqlCall call ? Condition(call) : throw Unexpected(one);

    string Condition(CqlCall call) => call.Operator.Kind switch
    {
        CqlOperatorKind.Logical when call.Name == "not" => Not((CqlCall)call.Arguments[0]),
        CqlOperatorKind.Logical when call.Arguments.Count == 0 => call.Name == "and" ? "true" : "false",
        CqlOperatorKind.Logical => $"({string.Join($" {call.Name} ", call.Arguments.Select(Condition))})",
        CqlOperatorKind.Comparison => Comparison(call),
        CqlOperatorKind.In => $"{In(call)} = any({Items(call)})",
        CqlOperatorKind.Like => $"{Scalar(call.Arguments[0])} like {Scalar(call.Arguments[1])}",
        CqlOperatorKind.IsNull => IsNull(call.Arguments[0]),
        CqlOperatorKind.Spatial => Spatial(call),
        CqlOperatorKind.Array => Array(call),
        _ => throw Unexpected(call),
    };

    string Not(CqlCall call) => call.Operator.Kind switch
    {
        CqlOperatorKind.In => $"{In(call)} <> all({Items(call)})",
        // An empty place is none.
        CqlOperatorKind.Spatial => $"(not {Relation(call)}{string.Concat(call.Arguments.Where(one => one is CqlProperty).Distinct().Select(one => $" and not ST_IsEmpty({Place(one)})"))})",
        _ => $"(not {Condition(call)})",
    };

    string Comparison(CqlCall call)
    {
        var (left, right) = (call.Arguments[0], call.Arguments[1]);
        var areReal = left.Type == CqlType.Number && !(IsWhole(left) && IsWhole(right));
        var order = left.Type == CqlType.Text && call.Name is not ("=" or "<>") ? """ collate "C" """ : " ";
        return $"{Scalar(left, areReal)}{order}{call.Name} {Scalar(right, areReal)}";
    }

    string In(CqlCall call) => Scalar(call.Arguments[0], AreReal(call));

    string Items(CqlCall call)
    {
        var values = ((CqlArray)call.Arguments[1]).Items.Select(item => ((CqlLiteral)item).Value);
        return filter.Value(call.Arguments[0].Type switch
        {
            CqlType.Number when AreReal(call) => values.Select(Convert.ToDouble).ToArray(),
            CqlType.Number => values.Cast<long>().ToArray(),
            CqlType.Boolean => values.Cast<bool>().ToArray(),
            CqlType.Date => values.Cast<DateOnly>().ToArray(),
            CqlType.Timestamp => values.Select(value => ((DateTimeOffset)value).UtcDateTime).ToArray(),
            _ => values.Cast<string>().ToArray(),
        });
    }

    static bool AreReal(CqlCall call) => call.Arguments[0].Type == CqlType.Number && !(IsWhole(call.Arguments[0]) && ((CqlArray)call.Arguments[1]).Items.All(IsWhole));

    static bool IsWhole(CqlExpression one) => one is CqlProperty { IsInteger: true } or CqlLiteral { Value: long };

    string Scalar(CqlExpression one, bool asReal = false) => one switch
    {
        CqlLiteral { Value: long whole } when asReal => filter.Value((double)whole),
        CqlLiteral { Value: DateTimeOffset moment } => filter.Value(moment.UtcDateTime),
        CqlLiteral literal => filter.Value(literal.Value),
        CqlProperty property => SqlName.Quote(property.Queryable!.Name) + (asReal && property.IsInteger ? "::float8" : ""),
        CqlCall call => $"{Function(call)}({string.Join(", ", call.Arguments.Select(operand => Scalar(operand, call.Operator.Kind == CqlOperatorKind.Arithmetic)))})",
        _ => throw Unexpected(one),
    };

    static string Function(CqlCall call) => "cityops." + call.Name switch
    {
        "+" => "cql_plus",
        "-" => "cql_minus",
        "*" => "cql_times",
        "/" => "cql_over",
        "%" => "cql_modulo",
        "div" => "cql_div",
        "^" => "cql_power",
        "casei" => "fold_case",
        CqlOperator.DayStart => "day_start",
        CqlOperator.DayEnd => "day_end",
        _ => throw Unexpected(call),
    };

    string IsNull(CqlExpression one) => one.Type == CqlType.Geometry ? $"({Place(one)} is null or ST_IsEmpty({Place(one)}))" : $"{Scalar(one)} is null";

    // Whatever is related meets by its box, which the index knows.
    string Spatial(CqlCall call) => call.Name == "s_intersects" ? Relation(call) : $"({Place(call.Arguments[0])} && {Place(call.Arguments[1])} and {Relation(call)})";

    string Relation(CqlCall call)
    {
        var (left, right) = (Place(call.Arguments[0]), Place(call.Arguments[1]));
        return call.Name switch
        {
            "s_intersects" => $"ST_Intersects({left}, {right})",
            "s_within" => $"ST_Within({Simple(left)}, {Simple(right)})",
            "s_contains" => $"ST_Contains({Simple(left)}, {Simple(right)})",
            "s_touches" => $"ST_Touches({Simple(left)}, {Simple(right)})",
            "s_crosses" => $"ST_Crosses({Simple(left)}, {Simple(right)})",
            "s_overlaps" => $"ST_Overlaps({Simple(left)}, {Simple(right)})",
            _ => $"ST_Equals({Simple(left)}, {Simple(right)})",
        };
    }

    static string Simple(string place) => $"cityops.simple_place({place})";

    string Place(CqlExpression one) => one switch
    {
        CqlGeometry geometry => QueryCompiler.Place(filter, geometry.Place),
        CqlProperty property => SqlName.Quote(property.Queryable!.Name),
        _ => throw Unexpected(one),
    };

    // Lists are compared as sets (OGC 21-065r2, clause 7.9).
    string Array(CqlCall call)
    {
        var (left, right) = (List(call.Arguments[0]), List(call.Arguments[1]));
        return call.Name switch
        {
            "a_contains" => $"{left} @> {right}",
            "a_containedBy" => $"{left} <@ {right}",
            "a_overlaps" => $"{left} && {right}",
            _ => $"({left} @> {right} and {left} <@ {right})",
        };
    }

    string List(CqlExpression one) => one switch
    {
        CqlArray array => filter.Value(array.Items.Select(item => (string)((CqlLiteral)item).Value).ToArray()),
        CqlProperty property => SqlName.Quote(property.Queryable!.Name),
        _ => throw Unexpected(one),
    };

    static InvalidOperationException Unexpected(CqlExpression one) => new($"A checked filter holds {one}, which no statement can ask.");
}
