namespace CityOps.Gis.Tiles.Heat;

/// <summary>Moran's I of a study area: near 1 where like lies by like, near <see cref="Expected"/> where values lie at random, negative where unlike lies by unlike.</summary>
/// <param name="Variance">Under randomisation.</param>
/// <param name="Cells">Cells of the study area.</param>
public sealed record MoranIndex(double Index, double Expected, double Variance, int Cells)
{
    public double Z => (Index - Expected) / Math.Sqrt(Variance);
    public double P => TwoSided.P(Z);
}
