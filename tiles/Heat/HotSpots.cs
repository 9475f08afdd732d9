using CityOps.Gis.Heat;

namespace CityOps.Gis.Tiles.Heat;

/// <summary>Hot and cold spots among the cells of an answer, in their order; NaN for cells outside the study area.</summary>
/// <param name="Z">Gi* as z-score.</param>
/// <param name="P">Two-sided.</param>
/// <param name="Q">Adjusted for the false-discovery rate over the study area.</param>
/// <param name="Moran">Of the whole; null where it cannot be told.</param>
/// <param name="StudyCells">Cells of the study area, those without a feature included.</param>
public sealed record HotSpots(NeighbourRule Rule, double[] Z, double[] P, double[] Q, MoranIndex? Moran, int StudyCells)
{
    /// <summary>Adjusted p-value below which a cell without a feature is told of at all.</summary>
    public const double Told = 0.1;

    /// <summary>3, 2 or 1 for a hot spot of 99, 95 or 90 % confidence, negative for a cold one, 0 for none.</summary>
    public static int Confidence(double z, double q) => Math.Sign(z) * (q < 0.01 ? 3 : q < 0.05 ? 2 : q < Told ? 1 : 0);

    public int Spot(int cell) => double.IsNaN(Q[cell]) ? 0 : Confidence(Z[cell], Q[cell]);
}
