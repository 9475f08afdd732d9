using System.Diagnostics;
using System.Globalization;
using CityOps.Gis.Fuzzing;
using CityOps.Gis.Fuzzing.Targets;

namespace CityOps.Gis.Benchmarks;

/// <summary>
/// Every target of <see cref="FuzzTargets"/> and <see cref="SourceTargets"/> for so many minutes, each in a process of its own: native code that crashes ends that
/// process and not the bench, and its memory is measured from outside.
/// </summary>
static class FuzzBench
{
    const int UsualMinutes = 10, Hung = 3;

    // What a process may grow after the first tenth of its run, resident memory, native code included.
    const double MostGrowth = 1.5;

    public static Task<int> Run(string[] arguments)
    {
        var (minutes, seed, only) = (Option(arguments, "--minutes") ?? UsualMinutes, Option(arguments, "--seed") ?? DateTime.UtcNow.DayOfYear, arguments.SkipWhile(one => one != "--only").Skip(1).FirstOrDefault());
        foreach (var missing in SourceTargets.Missing)
            Say($"  no real file of {missing} on this machine (shared/data/formats): left out");
        var all = FuzzTargets.OfTexts.Concat(SourceTargets.All).Select(target => target.Name).ToList();
        var names = all.Where(name => only is null || only.Split(',').Any(begin => name.StartsWith(begin, StringComparison.Ordinal))).ToList();
        if (names.Count == 0)
        {
            Say($"--only is '{only}'; write how one of these begins, or several with commas: {string.Join(", ", all)}");
            return Task.FromResult(2);
        }
        var broken = names.Count(name => !One(name, minutes, seed));
        Say($"ratio fuzz-broken-targets {broken} goal 0 better lower");
        return Task.FromResult(broken == 0 ? 0 : 1);
    }

    static bool One(string name, double minutes, double seed)
    {
        var child = Child.Run("dotnet", [typeof(FuzzBench).Assembly.Location, "fuzz-one", name, Text(minutes), Text(seed)]);
        Console.Write(child.Output);
        if (child.ExitCode is 0 or 1)
            return child.ExitCode == 0;
        Say($"  {name}: the process ended with {child.ExitCode}; the case is in {Path.GetTempPath()}cityops-fuzz-*");
        return false;
    }

    /// <summary>The child: one target.</summary>
    public static Task<int> Only(string[] arguments)
    {
        var target = FuzzTargets.OfTexts.Concat(SourceTargets.All).First(one => one.Name == arguments[0]);
        var (time, seed) = (TimeSpan.FromMinutes(double.Parse(arguments[1], CultureInfo.InvariantCulture)), int.Parse(arguments[2], CultureInfo.InvariantCulture));
        var (early, begun) = (0L, Stopwatch.StartNew());
        using var watch = new Timer(_ => early = early == 0 && begun.Elapsed > time / 10 ? Environment.WorkingSet : early, null, 0, 200);
        var result = new Fuzzer(target, seed).Run(time, hung: find =>
        {
            Console.WriteLine(find.AsTest);
            Environment.Exit(Hung);
        });
        var late = Environment.WorkingSet;
        Say($"  {result.Target}, seed {seed}: {result.Cases:N0} cases in {result.Seconds:0} s, {result.Outcomes} outcomes, longest {result.LongestMs:0} ms; managed memory {result.HeapBefore >> 20} -> {result.HeapAfter >> 20} MB, resident {early >> 20} -> {late >> 20} MB; {result.Finds.Count} finds");
        foreach (var find in result.Finds)
            Console.WriteLine("    " + find.AsTest);
        var isGrown = early > 0 && late > MostGrowth * Math.Max(early, 200L << 20);
        if (isGrown)
            Say($"    {result.Target}: resident memory grew more than {MostGrowth} times");
        return Task.FromResult(result.Finds.Count == 0 && !isGrown ? 0 : 1);
    }

    static double? Option(string[] arguments, string name)
        => arguments.SkipWhile(one => one != name).Skip(1).FirstOrDefault() is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : null;

    static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
