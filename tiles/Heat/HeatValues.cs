using CityOps.Gis.Heat;
using CityOps.Gis.PostGis;

namespace CityOps.Gis.Tiles.Heat;

/// <summary>Makes the values of cells from what the executors counted.</summary>
static class HeatValues
{
    /// <summary>The value of each cell by the question's measure; NaN where there is none.</summary>
    /// <param name="divisor">Of <see cref="HeatMeasure.Per"/>.</param>
    public static double[] Of(HeatQuestion question, HeatGrid? lattice, AreaSet? areas, HeatCounts counts, HeatCounts? divisor) => question.Measure switch
    {
        HeatMeasure.Count => Array.ConvertAll(counts.Counts, count => (double)count),
        HeatMeasure.Density => Density(lattice, areas, counts),
        HeatMeasure.Sum => counts.Sums,
        HeatMeasure.Mean => [.. counts.Sums.Select((sum, cell) => counts.Valued[cell] == 0 ? double.NaN : sum / counts.Valued[cell])],
        HeatMeasure.Distinct => Array.ConvertAll(counts.Distinct, count => (double)count),
        _ => Per(counts, divisor!),
    };

    /// <summary>Joins the cells of two sides: the keys or codes of both, and where each stands on either side; -1 where it does not.</summary>
    public static (long[] Keys, string[] Codes, int[] First, int[] Second) Join(HeatCounts one, HeatCounts other)
    {
        var (keys, codes, first, second) = (new List<long>(), new List<string>(), new List<int>(), new List<int>());
        for (int at = 0, to = 0; at < one.Length || to < other.Length;)
        {
            var order = at == one.Length ? 1 : to == other.Length ? -1 : Compare(one, at, other, to);
            var (side, cell) = order <= 0 ? (one, at) : (other, to);
            if (side.Keys.Length > 0)
                keys.Add(side.Keys[cell]);
            else
                codes.Add(side.Codes[cell]);
            first.Add(order <= 0 ? at++ : -1);
            second.Add(order >= 0 ? to++ : -1);
        }
        return ([.. keys], [.. codes], [.. first], [.. second]);
    }

    /// <summary>First minus or over second.</summary>
    /// <param name="isAdditive">A cell that one side does not have counts as 0 there; else it has no value.</param>
    public static double Compare(HeatComparison comparison, double first, double second, bool isAdditive)
    {
        var (one, other) = isAdditive ? (double.IsNaN(first) ? 0 : first, double.IsNaN(second) ? 0 : second) : (first, second);
        return comparison == HeatComparison.Difference ? one - other : other == 0 ? double.NaN : one / other;
    }

    static int Compare(HeatCounts one, int at, HeatCounts other, int to)
        => one.Keys.Length > 0 ? one.Keys[at].CompareTo(other.Keys[to]) : string.CompareOrdinal(one.Codes[at], other.Codes[to]);

    static double[] Density(HeatGrid? lattice, AreaSet? areas, HeatCounts counts)
    {
        var (values, row, area) = (new double[counts.Length], int.MinValue, 0.0);
        for (var cell = 0; cell < values.Length; cell++)
        {
            // Cells come row by row, and those of a row are equal.
            if (lattice is not null && HeatCell.Of(counts.Keys[cell]).Row is var next && next != row)
                (row, area) = (next, lattice.SquareMeters(next));
            else if (lattice is null)
                area = areas!.Find(counts.Codes[cell]) is >= 0 and var number ? areas.SquareMeters(number) : 0;
            values[cell] = area > 0 ? counts.Counts[cell] / (area / 1e6) : double.NaN;
        }
        return values;
    }

    static double[] Per(HeatCounts counts, HeatCounts divisor)
    {
        var joined = Join(counts, divisor);
        var values = new double[counts.Length];
        for (var at = 0; at < joined.First.Length; at++)
            if (joined.First[at] is >= 0 and var cell)
                values[cell] = joined.Second[at] is >= 0 and var other ? (double)counts.Counts[cell] / divisor.Counts[other] : double.NaN;
        return values;
    }
}
