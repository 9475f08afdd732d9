using System.Globalization;
using CityOps.Gis.Testing.Faults;

namespace CityOps.Gis.Benchmarks;

/// <summary>
/// The product at work for minutes while it is killed at random moments: its web process, PostgreSQL, single sessions, a tile node; and while the database is away for
/// up to a minute. After each it must be well again by itself, and at the end of each piece of work the layer must hold exactly what it should.
/// </summary>
static class FaultBench
{
    const double GoalLost = 0, GoalRecoverySeconds = 30;

    public static async Task<int> Run(string[] arguments)
    {
        var (minutes, seed, longest) = (Number(arguments, "--minutes", 5), Number(arguments, "--seed", 20261126), Number(arguments, "--away", 60));
        Say($"{minutes} minutes, seed {seed}, the database is away for up to {longest} s");
        await using var city = await FaultyCity.Make();
        using var node = new HostProcess("tiles", city.Server.ConnectionString, Path.Combine(city.Folder, "node"));
        var run = new FaultRun(city, node, new Random(seed), TimeSpan.FromSeconds(longest));
        await run.For(TimeSpan.FromMinutes(minutes));
        foreach (var (fault, times) in run.Recoveries.OrderBy(one => one.Key))
            Say($"{fault,-14} {times.Count,4} times; well again after p50 {Percentile(times, 0.5):0.0} s, p95 {Percentile(times, 0.95):0.0} s, max {times.Max():0.0} s");
        var all = run.Recoveries.Values.SelectMany(times => times).ToList();
        Say($"{all.Count} faults; {run.Works} pieces of work ended, {run.Edits} edits confirmed, {run.Exports} exports cut off; rows lost or wrong: {run.Lost}");
        foreach (var fault in run.Complaints)
            Say($"LOST: {fault}");
        Say($"ratio faults-rows-lost {run.Lost} goal {GoalLost} better lower");
        Say($"ratio faults-recovery-p50-s {Percentile(all, 0.5):0.00} goal {GoalRecoverySeconds / 3} better lower");
        Say($"ratio faults-recovery-max-s {all.DefaultIfEmpty().Max():0.00} goal {GoalRecoverySeconds} better lower");
        return run.Lost == 0 ? 0 : 1;
    }

    static int Number(string[] arguments, string name, int usual)
        => Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? int.Parse(arguments[at + 1], CultureInfo.InvariantCulture) : usual;

    static double Percentile(List<double> values, double part) => values.Count == 0 ? 0 : values.Order().ElementAt((int)(part * (values.Count - 1)));

    internal static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
