namespace CityOps.Gis.Tiling;

/// <summary>
/// How much a tile may hold before it shows cells with counts instead of features. Both executors keep the same limits, so they change over at the same tiles;
/// only near <paramref name="MostBytes"/>, which each measures on its own encoding, they may differ.
/// </summary>
/// <param name="MostFeatures">Features.</param>
/// <param name="MostBytes">Bytes of a layer in a tile, uncompressed.</param>
public sealed record TileLimits(int MostFeatures, int MostBytes)
{
    /// <summary>No tile above 500 KB; 5,000 points with a code, a name, a class and a status take about 400, gzipped a quarter of it.</summary>
    public static TileLimits Default { get; } = new(5_000, 500_000);

    /// <summary>Features at every zoom, for measuring.</summary>
    public static TileLimits None { get; } = new(int.MaxValue, int.MaxValue);
}
