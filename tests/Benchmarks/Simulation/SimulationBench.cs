using System.Diagnostics;
using System.Globalization;
using CityOps.Gis.Access;
using CityOps.Gis.Testing.Faults;

namespace CityOps.Gis.Benchmarks.Simulation;

/// <summary>
/// Days of a city in steps of minutes, by clocks that are set: what Xiamen reports in a day is reported, and people of all roles bring it through all stages, while devices send, raise alarms
/// and file cases. At the end everything must agree with itself and with SQL that counts otherwise.
/// </summary>
static class SimulationBench
{
    const int StepMinutes = 20, ReportsOfADay = 3_262, Seed = 20261126;
    static readonly TimeSpan s_zone = TimeSpan.FromHours(8), s_settle = TimeSpan.FromSeconds(20);

    // Shares of a day's reports by the hour of the city's clock: people are up by day.
    static readonly double[] s_hours = [1, 1, 1, 1, 1, 2, 4, 7, 10, 11, 10, 8, 6, 7, 9, 10, 9, 7, 5, 4, 3, 2, 2, 1];

    static readonly string[] s_classes = ["01002", "01023", "06010", "06012", "06001", "07001", "09005", "09011"];

    public static async Task<int> Run(string[] arguments)
    {
        if (FakeClock.Library is null)
        {
            Console.WriteLine("The clock cannot be set: apt-get install libfaketime");
            return 2;
        }
        var (days, reports, devices) = (Number(arguments, "--days", 3), Number(arguments, "--reports", ReportsOfADay), Number(arguments, "--devices", 200));
        var ahead = TimeSpan.FromDays(1);
        await using var city = await SimulatedCity.Make(devices, ahead);
        var people = await People(city);
        var (clock, begun) = (Stopwatch.StartNew(), await city.Now());
        Say($"{days} days from {begun.ToOffset(s_zone):yyyy-MM-dd HH:mm}, {reports:N0} reports a day, {people.Count} people, {devices} devices, steps of {StepMinutes} minutes");
        var (random, sent, lost) = (new Random(Seed), 0, 0);
        using var gateway = await city.Actor("gateway", new Role("gateway", new HashSet<Permission> { Permission.SendReadings }), null, Seed);
        for (var step = 0; step < days * 24 * 60 / StepMinutes; step++)
        {
            await city.SetClock(ahead += TimeSpan.FromMinutes(StepMinutes));
            var now = await city.Now();
            await Reports(people, reports * s_hours[now.ToOffset(s_zone).Hour] / s_hours.Sum() * StepMinutes / 60, random);
            (sent, lost) = await Sense(gateway, devices, step, now, sent, lost);
            await Parallel.ForEachAsync(people, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (actor, _) => await AtWork(actor, step));
            if (step % 18 == 17)
                Say($"  {now.ToOffset(s_zone):MM-dd HH:mm} after {clock.Elapsed.TotalMinutes:0.0} minutes: {people.Sum(actor => actor.Made):N0} reports and moves");
        }
        await Task.Delay(s_settle);
        Say($"  {clock.Elapsed.TotalMinutes:0.0} minutes; {people.Sum(actor => actor.Made):N0} reports and moves ({people.Sum(actor => actor.Made) / clock.Elapsed.TotalSeconds:0}/s), {sent:N0} readings");
        foreach (var why in people.SelectMany(actor => actor.Refused).GroupBy(one => one.Key))
            Say($"  refused, {why.Key}: {why.Sum(one => one.Value)}");
        foreach (var row in await city.Rows("select to_stage, count(*) from (select distinct on (fid) fid, to_stage from cases.move order by fid, number desc) last group by 1 order by 2 desc"))
            Say($"  {row.Replace('|', ' ')}");
        foreach (var row in await city.Rows("select move, count(*) from cases.move group by 1 order by 2 desc"))
            Say($"    {row.Replace('|', ' ')}");
        return await Check(city, people, lost);
    }

    static async Task<int> Check(SimulatedCity city, List<Actor> people, int lost)
    {
        var checks = new SimulationChecks(city, people.First(actor => actor.Role == Role.ShiftLeader));
        var (breaches, deadlines, figures, counts) = (await checks.Breaches(), await checks.Deadlines(), await checks.Figures(), await checks.Counts());
        Say($"  {deadlines.Of:N0} cases with deadlines, {figures.Of:N0} rated objects, {counts.Of} counts; alarms {await city.Value<long>("select count(*) from devices.alarm"):N0}, of which filed a case {await city.Value<long>("select count(*) from devices.alarm where case_fid is not null"):N0}");
        Say($"ratio simulation-readings-lost {lost} goal 0 better lower");
        Say($"ratio simulation-breaches {breaches} goal 0 better lower");
        Say($"ratio simulation-deadlines-wrong {deadlines.Wrong} goal 0 better lower");
        Say($"ratio simulation-figures-wrong {figures.Wrong} goal 0 better lower");
        Say($"ratio simulation-counts-wrong {counts.Wrong} goal 0 better lower");
        people.ForEach(actor => actor.Dispose());
        return breaches + deadlines.Wrong + figures.Wrong + counts.Wrong + lost == 0 ? 0 : 1;
    }

    // Collectors have a community, officers a department; those of the centre the whole city.
    static async Task<List<Actor>> People(SimulatedCity city)
    {
        var people = new List<Actor>();
        async Task Add(string name, Role role, Queries.JurisdictionScope? scope) => people.Add(await city.Actor(name, role, scope, Seed + people.Count));
        foreach (var community in SimulatedCity.CommunityCodes)
            await Add("collector " + community, Role.GridManager, new() { Communities = [community] });
        foreach (var department in SimulatedCity.DepartmentCodes)
            await Add("officer " + department, Role.DepartmentOfficer, new() { Departments = [department] });
        foreach (var (role, count) in new[] { (Role.CaseOperator, 6), (Role.ShiftLeader, 4), (Role.Dispatcher, 4) })
            for (var number = 1; number <= count; number++)
                await Add($"{role.Id} {number}", role, null);
        return people;
    }

    static async Task Reports(List<Actor> people, double expected, Random random)
    {
        var (collectors, operators) = (people.Where(actor => actor.Role == Role.GridManager).ToList(), people.Where(actor => actor.Role == Role.CaseOperator).ToList());
        var (west, south, _, _) = SimulatedCity.Box;
        var count = (int)expected + (random.NextDouble() < expected % 1 ? 1 : 0);
        for (var number = 0; number < count; number++)
        {
            var community = random.Next(collectors.Count);
            var isHotline = random.NextDouble() < 0.2;
            var reporter = isHotline ? operators[random.Next(operators.Count)] : collectors[community];
            await reporter.Report(s_classes[random.Next(s_classes.Length)], west + community * 0.009 + 0.0002 + random.NextDouble() * 0.0086, south + 0.0002 + random.NextDouble() * 0.0086, isHotline ? "hotline" : "collector");
        }
    }

    // One device in twenty is out of order for a while; each message is sent twice now and then, as devices do.
    static async Task<(int Sent, int Lost)> Sense(Actor gateway, int devices, int step, DateTimeOffset now, int sent, int lost)
    {
        for (var device = 1; device <= devices; device++)
        {
            var isHigh = (device + step / 6) % 20 == 0;
            var reading = new { time = now, seq = step, data = new { pressure = isHigh ? 3400 : 2200 } };
            for (var times = device % 10 == 0 ? 2 : 1; times > 0; times--)
                if (!await gateway.Send($"gas-{device}", reading))
                    lost++;
            sent++;
        }
        return (sent, lost);
    }

    static async Task AtWork(Actor actor, int step)
    {
        await actor.Work(most: actor.Role == Role.DepartmentOfficer || actor.Role == Role.GridManager ? 12 : 25);
        if (actor.Role == Role.Dispatcher && step % 6 == 0)
            await actor.WorkOn("hang-up", 50);
        if (actor.Role == Role.ShiftLeader && step % 18 == 0)
            await actor.WorkOn("close", 400);
    }

    static int Number(string[] arguments, string name, int usual)
        => Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? int.Parse(arguments[at + 1], CultureInfo.InvariantCulture) : usual;

    static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
