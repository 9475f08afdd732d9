using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CityOps.Gis.Tiles.Serving;

/// <summary>What is counted about tiles, for whoever listens (OpenTelemetry); without a listener a tile pays one comparison.</summary>
public static class TileMeters
{
    public const string Name = "CityOps.Gis.Tiles";

    static readonly Meter Meter = new(Name);
    static readonly Histogram<double> Duration = Meter.CreateHistogram("cityops.tile.duration", "s", "What tiles took that were made, by executor.", advice: new InstrumentAdvice<double>
    {
        HistogramBucketBoundaries = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3],
    });

    static readonly Counter<long> Kept = Meter.CreateCounter<long>("cityops.tile.kept", "{tile}", "Tiles that were kept and only sent.");

    internal static void Made(string executor, long begun)
    {
        if (Duration.Enabled)
            Duration.Record(Stopwatch.GetElapsedTime(begun).TotalSeconds, new KeyValuePair<string, object?>("executor", executor));
    }

    internal static void Sent()
    {
        if (Kept.Enabled)
            Kept.Add(1);
    }
}
