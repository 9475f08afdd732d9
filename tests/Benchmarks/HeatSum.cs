using CityOps.Gis.Heat;

namespace CityOps.Gis.Benchmarks;

/// <summary>What two counts by cell must agree in: cells, features, and the sum of the cells' squared counts, which a feature in another cell would change.</summary>
readonly record struct HeatSum(long Cells, long Features, decimal Squares)
{
    public static HeatSum Of(HeatCounts counts) => new(counts.Length, counts.Counts.Sum(), counts.Counts.Sum(count => (decimal)count * count));

    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Features:N0} features in {Cells:N0} cells (squares {Squares})");
}
