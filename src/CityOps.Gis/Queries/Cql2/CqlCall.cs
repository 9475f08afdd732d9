namespace CityOps.Gis.Queries.Cql2;

/// <summary>An operator or function and what it is applied to.</summary>
public sealed record CqlCall(CqlOperator Operator, IReadOnlyList<CqlExpression> Arguments, int Offset = 0) : CqlExpression(Offset)
{
    public CqlCall(string operatorName, params IReadOnlyList<CqlExpression> arguments)
        : this(CqlOperator.Of(operatorName), arguments, arguments.Count > 0 ? arguments[0].Offset : 0)
    {
    }

    public string Name => Operator.Name;

    public override CqlType Type => Operator.Kind switch
    {
        CqlOperatorKind.Arithmetic => CqlType.Number,
        CqlOperatorKind.Character => CqlType.Text,
        CqlOperatorKind.Moment => CqlType.Timestamp,
        CqlOperatorKind.Function => CqlType.Unknown,
        _ => CqlType.Boolean,
    };
}
