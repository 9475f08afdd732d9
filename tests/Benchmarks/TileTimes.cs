namespace CityOps.Gis.Benchmarks;

/// <summary>What our tiles took.</summary>
/// <param name="Milliseconds">Of each tile, ascending.</param>
/// <param name="FirstMean">Mean of the first round, in which code was compiled and memory first touched.</param>
sealed record TileTimes(double[] Milliseconds, double FirstMean, long Bytes, long Features)
{
    public double Mean => Milliseconds.Average();
}
