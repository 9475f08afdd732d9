namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>Chance without state: the same seed and numbers always give the same answer (splitmix64 finaliser).</summary>
readonly struct Dice(int seed)
{
    readonly ulong _seed = Mix((ulong)seed * 0x9E3779B97F4A7C15UL + 0x632BE59BD9B4E019UL);

    public ulong Bits(long a, long b = 0, long c = 0)
        => Mix(Mix(Mix(_seed ^ (ulong)a * 0x9E3779B97F4A7C15UL) + (ulong)b * 0xC2B2AE3D27D4EB4FUL) + (ulong)c * 0x165667B19E3779F9UL);

    /// <summary>In [0, 1).</summary>
    public double Unit(long a, long b = 0, long c = 0) => (Bits(a, b, c) >> 11) * (1.0 / (1UL << 53));

    public int Below(int limit, long a, long b = 0, long c = 0) => (int)(Unit(a, b, c) * limit);

    /// <summary>Smooth noise in [-1, 1] with features of about one unit.</summary>
    public double Noise(double x, double y, int layer)
    {
        var (i, j) = (Math.Floor(x), Math.Floor(y));
        var (u, v) = (Fade(x - i), Fade(y - j));
        var (column, row) = ((long)i, (long)j);
        var low = Unit(layer, column, row) * (1 - u) + Unit(layer, column + 1, row) * u;
        var high = Unit(layer, column, row + 1) * (1 - u) + Unit(layer, column + 1, row + 1) * u;
        return 2 * (low * (1 - v) + high * v) - 1;
    }

    static double Fade(double t) => t * t * (3 - 2 * t);

    static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
