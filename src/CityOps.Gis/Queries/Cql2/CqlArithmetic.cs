namespace CityOps.Gis.Queries.Cql2;

/// <summary>
/// Arithmetic of CQL2 on numbers of eight bytes, as the functions <c>cityops.cql_…</c> do it: no value where an operand is not finite, a divisor is 0 or the result would be
/// too large or too small. So both executors agree, and no number of a caller's is an error of the database's.
/// </summary>
public static class CqlArithmetic
{
    const double Least = 1e-150, Most = 1e150, MostAdded = 8e307, MostLogarithm = 690;

    /// <summary>The result of an operator; null = there is none.</summary>
    public static double? Of(string name, double a, double b) => name switch
    {
        "+" => Math.Abs(a) <= MostAdded && Math.Abs(b) <= MostAdded ? a + b : null,
        "-" => Math.Abs(a) <= MostAdded && Math.Abs(b) <= MostAdded ? a - b : null,
        "*" => Fits(a) && Fits(b) ? a * b : null,
        "^" => Power(a, b),
        _ when !Fits(a) || !Fits(b) || b == 0 => null,
        "/" => a / b,
        "div" => Math.Truncate(a / b),
        _ => a - b * Math.Truncate(a / b),
    };

    static double? Power(double a, double b)
        => a == 0 ? b > 0 && Math.Abs(b) <= Most ? 0 : b == 0 ? 1 : null
            : !Fits(a) || !Fits(b) || (a < 0 && b != Math.Truncate(b)) || Math.Abs(b * Math.Log(Math.Abs(a))) >= MostLogarithm ? null
            : Math.Pow(a, b);

    static bool Fits(double value) => value == 0 || Math.Abs(value) is >= Least and <= Most;
}
