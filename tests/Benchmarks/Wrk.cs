using System.Diagnostics;
using System.Globalization;
using CityOps.Gis.Tiling;

namespace CityOps.Gis.Benchmarks;

/// <summary>The load generator wrk (Debian: wrk) over a list of tiles.</summary>
static class Wrk
{
    /// <summary>What a run gave.</summary>
    /// <param name="Errors">Answers that are no 2xx, and connections that broke.</param>
    public sealed record Result(double PerSecond, double MegabytesPerSecond, long Requests, long Errors, double P50, double P95, double P99, double Most);

    public static bool IsThere { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "wrk")));

    /// <summary>Asks for one tile after the other on so many connections; the list starts anew when it ends.</summary>
    public static Result Run(string url, IEnumerable<TileCoord> tiles, int connections, int seconds)
        => Run(url, tiles.Select(tile => $"/tiles/components/{tile}.mvt"), connections, seconds);

    /// <summary>As before, for any list of paths.</summary>
    public static Result Run(string url, IEnumerable<string> paths, int connections, int seconds)
    {
        var list = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(list, paths);
            // One thread: it is enough, and a second one only takes a core from the server.
            string[] arguments = ["-t", "1", "-c", Text(connections), "-d", Text(seconds) + "s", "--timeout", "60s", "-s", Path.Combine(AppContext.BaseDirectory, "wrk-tiles.lua"), url, "--", list];
            using var process = Process.Start(new ProcessStartInfo("wrk", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return output.Split('\n').FirstOrDefault(line => line.StartsWith("bench ", StringComparison.Ordinal)) is { } line
                ? Read(line)
                : throw new InvalidOperationException($"wrk ended with {process.ExitCode}: {output}{error.Result}");
        }
        finally
        {
            File.Delete(list);
        }
    }

    // requests, microseconds, bytes, errors, then latencies in microseconds
    static Result Read(string line)
    {
        var numbers = line.Split(' ')[1..].Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        var seconds = numbers[1] / 1e6;
        return new(numbers[0] / seconds, numbers[2] / seconds / 1e6, (long)numbers[0], (long)numbers[3], numbers[4] / 1000, numbers[5] / 1000, numbers[6] / 1000, numbers[7] / 1000);
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
