using System.Diagnostics;

namespace CityOps.Gis.Fuzzing;

/// <summary>
/// Gives a target mutated inputs until the time is over. Case <c>n</c> of a seed is made of the seeds and of the cases before it that had a new outcome, so the same
/// seed gives the same cases. One thread works, another watches that no case takes too long.
/// </summary>
public sealed class Fuzzer(FuzzTarget target, int seed)
{
    const int MostPool = 2_000, MostFinds = 20, MostOutcomes = 20_000, MostWaits = 24;

    readonly Mutator _mutator = new(target.Tokens, target.MostBytes);
    readonly List<byte[]> _pool = [.. target.Seeds];
    readonly HashSet<string> _outcomes = [];
    readonly Dictionary<string, FuzzFind> _finds = [];
    long _begun, _number, _watched;
    TimeSpan _used;
    byte[] _input = [];

    /// <summary>Runs for a time, or for a number of cases, whichever ends first.</summary>
    /// <param name="hung">Told of a case that takes too long, while it still does: the process may have to end.</param>
    public FuzzResult Run(TimeSpan time, long cases = long.MaxValue, Action<FuzzFind>? hung = null)
    {
        var clock = Stopwatch.StartNew();
        var (longest, before) = (0.0, 0L);
        using var watch = new Timer(_ => Watch(hung), null, target.MostTime, TimeSpan.FromSeconds(1));
        for (_number = 0; clock.Elapsed < time && _number < cases && _finds.Count < MostFinds; _number++)
        {
            longest = Math.Max(longest, One());
            if (before == 0 && (clock.Elapsed > time / 10 || _number > cases / 10))
                before = GC.GetTotalMemory(forceFullCollection: true);
        }
        Volatile.Write(ref _begun, 0);
        return new(target.Name, _number, clock.Elapsed.TotalSeconds, _outcomes.Count, longest, before, GC.GetTotalMemory(forceFullCollection: true), [.. _finds.Values.Select(Smaller)]);
    }

    double One()
    {
        var random = new Random(unchecked(seed * 16_777_619 ^ (int)_number * 486_187_739));
        // The seeds themselves come first: what is right must be taken.
        _input = _number < target.Seeds.Count ? target.Seeds[(int)_number] : _mutator.Mutate(Any(random), Any(random), random);
        var begun = Stopwatch.GetTimestamp();
        Volatile.Write(ref _begun, begun);
        var (outcome, fault) = Try(_input);
        var took = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        if (fault is not null)
            _finds.TryAdd(Place(fault), new(target.Name, seed, _number, _input, Place(fault)));
        else if (took > target.MostTime.TotalMilliseconds && IsSlowAgain())
            _finds.TryAdd("slow", new(target.Name, seed, _number, _input, $"{took:0} ms"));
        else if (_outcomes.Count < MostOutcomes && _outcomes.Add(outcome!) && _pool.Count < MostPool)
            _pool.Add(_input);
        return took;
    }

    // By the processor's time: a machine that others use as well is slow, too.
    bool IsSlowAgain()
    {
        var begun = Environment.CpuUsage.TotalTime;
        Try(_input);
        return Environment.CpuUsage.TotalTime - begun > target.MostTime;
    }

    byte[] Any(Random random) => _pool.Count == 0 ? [] : _pool[random.Next(_pool.Count)];

    (string? Outcome, Exception? Fault) Try(byte[] input)
    {
        try
        {
            return (target.Run(input), null);
        }
        // Whatever comes out of the target is what is looked for.
        catch (Exception fault)
        {
            return (null, fault);
        }
    }

    void Watch(Action<FuzzFind>? hung)
    {
        var begun = Volatile.Read(ref _begun);
        if (begun != _watched)
            (_watched, _used) = (begun, Environment.CpuUsage.TotalTime);
        if (begun == 0)
            return;
        var (took, worked) = (Stopwatch.GetElapsedTime(begun), Environment.CpuUsage.TotalTime - _used);
        if (took > 4 * target.MostTime && worked > target.MostTime || took > MostWaits * target.MostTime)
            hung?.Invoke(new(target.Name, seed, _number, _input, $"no answer after {took.TotalSeconds:0} s"));
    }

    FuzzFind Smaller(FuzzFind find)
        => find.Reason.EndsWith("ms", StringComparison.Ordinal) ? find : find with { Input = Minimizer.Smallest(find.Input, input => Try(input).Fault is { } fault && Place(fault) == find.Reason) };

    /// <summary>What tells one find from another: the exception and our line it came through.</summary>
    static string Place(Exception fault)
    {
        var line = (fault.StackTrace ?? "").Split('\n').FirstOrDefault(frame => frame.Contains("CityOps.Gis", StringComparison.Ordinal) && !frame.Contains("Fuzzing", StringComparison.Ordinal))?.Trim() ?? "";
        return fault is BrokenPromiseException ? fault.Message.Split(':')[0] : $"{fault.GetType().Name} {line}";
    }
}
