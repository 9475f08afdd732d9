namespace CityOps.Gis.Tiles.Heat;

/// <summary>Two-sided p-values of z-scores under the normal distribution, and their correction for many tests.</summary>
public static class TwoSided
{
    /// <summary>Probability that a normal variable lies at least as far from 0: erfc(|z| / √2), right to about 14 digits of itself.</summary>
    public static double P(double z) => Complement(Math.Abs(z) / Math.Sqrt(2));

    /// <summary>
    /// False-discovery adjusted p-values (Benjamini and Hochberg 1995): the k-th smallest of n becomes the least of p·n/j over j ≥ k. Those below a level hold, on
    /// average, no more than that share of false discoveries.
    /// </summary>
    public static double[] Adjust(double[] p)
    {
        var order = Enumerable.Range(0, p.Length).ToArray();
        Array.Sort([.. p], order);
        var (adjusted, least) = (new double[p.Length], 1.0);
        for (var rank = p.Length; rank > 0; rank--)
            adjusted[order[rank - 1]] = least = Math.Min(least, p[order[rank - 1]] * p.Length / rank);
        return adjusted;
    }

    // erfc: near 0 the series of erf with terms of one sign, farther out the continued fraction (Abramowitz and Stegun 1964, 7.1.6 and 7.1.14).
    static double Complement(double x)
    {
        if (x < 2)
        {
            var (term, sum) = (x, x);
            for (var at = 1; term > 1e-17 * sum; at++)
                sum += term *= 2 * x * x / (2 * at + 1);
            return 1 - 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
        }
        var fraction = x;
        for (var at = 120; at > 0; at--)
            fraction = x + at / 2.0 / fraction;
        return Math.Exp(-x * x) / (fraction * Math.Sqrt(Math.PI));
    }
}
