using System.Globalization;
using CityOps.Gis.Testing.Faults;
using CityOps.Gis.Testing.Faults.Simulation;

namespace CityOps.Gis.Benchmarks;

/// <summary>What Xiamen reports in a day is reported, senses and sees meanwhile, for days by clocks that are set (<see cref="SimulatedDays"/>); then how much does not agree.</summary>
static class SimulationBench
{
    const int Days = 3, ReportsOfADay = 3_262, Devices = 200, ScenesOfADay = 800, StepMinutes = 20;

    public static async Task<int> Run(string[] arguments)
    {
        if (FakeClock.Library is null)
        {
            Console.WriteLine("The clock cannot be set: apt-get install libfaketime");
            return 2;
        }
        var plan = new SimulationPlan(Number(arguments, "--days", Days), Number(arguments, "--reports", ReportsOfADay), Number(arguments, "--devices", Devices), Number(arguments, "--scenes", ScenesOfADay), StepMinutes);
        var result = await SimulatedDays.Run(plan, Console.WriteLine);
        foreach (var (name, wrong) in new[]
        {
            ("lost", result.Lost), ("breaches", result.Breaches), ("deadlines-wrong", result.Deadlines), ("scenes-wrong", result.Scenes), ("figures-wrong", result.Figures), ("counts-wrong", result.Counts),
        })
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio simulation-{name} {wrong} goal 0 better lower"));
        return result.IsRight ? 0 : 1;
    }

    static int Number(string[] arguments, string name, int usual)
        => Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? int.Parse(arguments[at + 1], CultureInfo.InvariantCulture) : usual;
}
