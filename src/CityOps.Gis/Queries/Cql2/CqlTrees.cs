using System.Globalization;

namespace CityOps.Gis.Queries.Cql2;

/// <summary>What both readers make alike, so that equal filters have equal trees.</summary>
static class CqlTrees
{
    const long MostExact = 1L << 53;

    /// <summary>Operands joined by <c>and</c> or <c>or</c>; an operand that is itself so joined is taken apart.</summary>
    public static CqlCall Joined(string name, IReadOnlyList<CqlExpression> operands)
        => new(CqlOperator.Of(name), [.. operands.SelectMany(one => one is CqlCall call && call.Name == name ? call.Arguments : [one])], operands[0].Offset);

    /// <summary>A number as written: whole ones are kept whole. Null where it is too large.</summary>
    public static CqlLiteral? Number(string text, int offset)
        => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? new(whole, offset)
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real) ? new(Simplest(real), offset)
            : null;

    static object Simplest(double real) => real == Math.Truncate(real) && Math.Abs(real) < MostExact ? (long)real : real;
}
