namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>A row of chances in sequence (splitmix64); unlike System.Random its numbers are ours to keep for ever.</summary>
sealed class SampleRandom(ulong state)
{
    ulong _state = state;

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>In [0, 1).</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    public int Below(int limit) => (int)(Unit() * limit);

    /// <summary>Standard normal, near enough: the sum of twelve uniforms less six.</summary>
    public double Normal()
    {
        var sum = -6.0;
        for (var i = 0; i < 12; i++)
            sum += Unit();
        return sum;
    }

    /// <summary>Index drawn in proportion to the steps of a cumulative table.</summary>
    public int Pick(double[] cumulative)
    {
        var at = Array.BinarySearch(cumulative, Unit() * cumulative[^1]);
        return Math.Min(at < 0 ? ~at : at + 1, cumulative.Length - 1);
    }
}
