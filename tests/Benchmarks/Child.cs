using System.Diagnostics;
using System.Globalization;

namespace CityOps.Gis.Benchmarks;

/// <summary>A program run to its end: wall time, peak memory (VmHWM) and what it said.</summary>
sealed record Child(double Seconds, long PeakBytes, int ExitCode, string Output)
{
    public static Child Run(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        var peak = 0L;
        while (!process.WaitForExit(50))
            peak = Math.Max(peak, PeakOf(process.Id));
        return new(clock.Elapsed.TotalSeconds, peak, process.ExitCode, output.Result + errors.Result);
    }

    static long PeakOf(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(one => one.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            // The process ended between two looks.
            return 0;
        }
    }
}
