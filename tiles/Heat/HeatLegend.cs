using CityOps.Gis.Heat;

namespace CityOps.Gis.Tiles.Heat;

/// <summary>
/// Classes and colours of a heat map, fixed by the quantiles of all the question's cells, never by a view. Values of one sign get seven classes of as many cells each
/// in viridis turned round (van der Walt and Smith 2015: even steps of lightness, told apart by colour-blind people, and in grey); differences and ratios get three
/// classes on either side of no change, in ColorBrewer's RdBu (Brewer 2002).
/// </summary>
public sealed class HeatLegend
{
    /// <summary>Values whose steps are smaller than this share of them, over no more than that share, are one value: densities of cells whose areas differ in the fourth digit.</summary>
    const double SmallStep = 0.0025, SmallSpan = 0.02;

    static readonly string[] Sequential = ["#fde725", "#90d743", "#35b779", "#21918c", "#31688e", "#443983", "#440154"];
    static readonly string[] Diverging = ["#2166ac", "#67a9cf", "#d1e5f0", "#f7f7f7", "#fddbc7", "#ef8a62", "#b2182b"];

    /// <summary>Cold spots of 99, 95 and 90 % confidence, none, hot spots of 90, 95 and 99 %.</summary>
    public static IReadOnlyList<string> Spots => Diverging;

    HeatLegend(double[] breaks, string[] colors, double? centre) => (Breaks, Colors, Centre) = (breaks, colors, centre);

    /// <summary>Ascending. Class i begins at break i − 1; around a centre see <see cref="ClassOf"/>.</summary>
    public IReadOnlyList<double> Breaks { get; }

    /// <summary>A colour per class, <c>#rrggbb</c>.</summary>
    public IReadOnlyList<string> Colors { get; }

    /// <summary>Value of no change: 0 of a difference, 1 of a ratio; null otherwise.</summary>
    public double? Centre { get; }

    /// <summary>Of values of cells; zeros and cells without a value are left out.</summary>
    public static HeatLegend OfValues(IEnumerable<double> values)
    {
        var sorted = values.Where(value => double.IsFinite(value) && value != 0).Order().ToArray();
        var breaks = Quantiles(sorted, Sequential.Length).Where(value => value > sorted[0]).ToArray();
        var last = Sequential.Length - 1;
        return new(breaks, [.. Enumerable.Range(0, breaks.Length + 1).Select(at => Sequential[breaks.Length == 0 ? last / 2 : at * last / breaks.Length])], null);
    }

    /// <summary>Classes that begin where somebody said.</summary>
    /// <param name="breaks">Ascending, at most <see cref="HeatQuestion.MostBreaks"/>.</param>
    public static HeatLegend OfBreaks(IReadOnlyList<double> breaks)
        => new([.. breaks], [.. Enumerable.Range(0, breaks.Count + 1).Select(at => Sequential[at * (Sequential.Length - 1) / Math.Max(breaks.Count, 1)])], null);

    public static HeatLegend OfDifferences(IEnumerable<double> values)
    {
        var (inner, outer) = Around(values.Where(double.IsFinite).Select(Math.Abs));
        return new([-outer, -inner, 0, 0, inner, outer], Diverging, 0);
    }

    public static HeatLegend OfRatios(IEnumerable<double> values)
    {
        var (inner, outer) = Around(values.Where(value => value > 0 && double.IsFinite(value)).Select(value => Math.Abs(Math.Log(value))));
        return new([Math.Exp(-outer), Math.Exp(-inner), 1, 1, Math.Exp(inner), Math.Exp(outer)], Diverging, 1);
    }

    /// <summary>Number of a value's class; -1 where there is no value. Around a centre a break belongs to the class farther from it, and class 3 is the centre alone.</summary>
    public int ClassOf(double value)
    {
        if (double.IsNaN(value))
            return -1;
        var number = 0;
        for (var at = 0; at < Breaks.Count; at++)
            number += value > Breaks[at] || (value == Breaks[at] && (Centre is null || at >= 3 == value > Centre || (value == Centre && at == 2))) ? 1 : 0;
        return number;
    }

    // A third of the changed cells on either side lies within, a third beyond the outer break.
    static (double Inner, double Outer) Around(IEnumerable<double> distances)
    {
        var sorted = distances.Where(distance => distance > 0).Order().ToArray();
        return Quantiles(sorted, 3).ToArray() switch { [var inner, var outer] => (inner, outer), [var one] => (one, one), _ => (1, 2) };
    }

    static IEnumerable<double> Quantiles(double[] sorted, int classes)
        => sorted.Length == 0 ? [] : Enumerable.Range(1, classes - 1).Select(at => Apart(sorted, (int)((long)at * sorted.Length / classes))).Distinct();

    // The lowest of the values that are as good as equal to the one at a place.
    static double Apart(double[] sorted, int at)
    {
        var (span, lowest) = (Math.Abs(sorted[at]) * SmallSpan, at);
        while (lowest > 0 && sorted[lowest] - sorted[lowest - 1] <= Math.Abs(sorted[lowest]) * SmallStep)
            if (sorted[at] - sorted[--lowest] > span)
                return sorted[at];
        return sorted[lowest];
    }
}
