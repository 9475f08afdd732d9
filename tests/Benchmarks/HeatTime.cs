using System.Diagnostics;
using System.Globalization;

namespace CityOps.Gis.Benchmarks;

/// <summary>Time of a count, warm (the middle of several runs), and that of the first run.</summary>
sealed record HeatTime(double Milliseconds, double First, double Best, int Runs, HeatSum Sum)
{
    /// <summary>Runs for a second and so many times at least; the first run and, of many, those of the first half second do not count as warm.</summary>
    public static HeatTime Of(Func<HeatSum> count, int least)
    {
        var (times, sum, begun, first) = (new List<double>(), default(HeatSum), Stopwatch.StartNew(), 0.0);
        for (var run = 0; run <= least || (begun.ElapsedMilliseconds < 2000 && least > 5); run++)
        {
            var clock = Stopwatch.GetTimestamp();
            sum = count();
            var took = Stopwatch.GetElapsedTime(clock).TotalMilliseconds;
            if (run == 0)
                first = took;
            else
                times.Add(took);
        }
        double[] warm = [.. times.Skip(least > 5 ? times.Count / 4 : 0).Order()];
        return new(warm[warm.Length / 2], first, warm[0], warm.Length, sum);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"p50 {Milliseconds:0.00} ms, best {Best:0.00} ms of {Runs} warm runs, the first run {First:0.0} ms: {Sum}");
}
