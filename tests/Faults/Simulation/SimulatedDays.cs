using System.Diagnostics;
using System.Globalization;
using CityOps.Gis.Access;
using CityOps.Gis.Queries;

namespace CityOps.Gis.Testing.Faults.Simulation;

/// <summary>
/// Days of a city in steps of minutes, by clocks that are set: people report, and people of all roles bring what is reported through all stages, while devices send, raise alarms and file cases,
/// and cameras see things that people make cases of. At the end everything must agree with itself and with SQL that counts otherwise.
/// </summary>
public sealed class SimulatedDays
{
    const int Seed = 20261126, AtOnce = 4;
    static readonly TimeSpan s_zone = TimeSpan.FromHours(8), s_settle = TimeSpan.FromSeconds(20);

    // Shares of a day's reports by the hour of the city's clock: people are up by day.
    static readonly double[] s_hours = [1, 1, 1, 1, 1, 2, 4, 7, 10, 11, 10, 8, 6, 7, 9, 10, 9, 7, 5, 4, 3, 2, 2, 1];

    readonly SimulationPlan _plan;
    readonly Action<string> _say;
    readonly SimulatedCity _city;
    readonly Random _random = new(Seed);
    List<Actor> _people = [];
    int _sent, _lost;

    SimulatedDays(SimulationPlan plan, SimulatedCity city, Action<string> say) => (_plan, _city, _say) = (plan, city, say);

    /// <param name="say">Hears how it goes, a line at a time.</param>
    public static async Task<SimulationResult> Run(SimulationPlan plan, Action<string> say)
    {
        var ahead = TimeSpan.FromDays(1);
        await using var city = await SimulatedCity.Make(plan.Devices, ahead);
        var simulation = new SimulatedDays(plan, city, say);
        try
        {
            return await simulation.Live(ahead);
        }
        finally
        {
            simulation._people.ForEach(actor => actor.Dispose());
        }
    }

    async Task<SimulationResult> Live(TimeSpan ahead)
    {
        _people = await People();
        var (clock, begun) = (Stopwatch.StartNew(), await _city.Now());
        Say($"{_plan.Days} days from {begun.ToOffset(s_zone):yyyy-MM-dd HH:mm}, {_plan.ReportsOfADay:N0} reports and {_plan.ScenesOfADay:N0} scenes a day, {_people.Count} people, {_plan.Devices} devices, {SimulatedCity.CameraIds.Count} cameras, steps of {_plan.StepMinutes} minutes");
        using var gateway = await Sender("gateway", Permission.SendReadings);
        using var watcher = await Sender("recogniser", Permission.SendDetections);
        var recogniser = new Recogniser(watcher, _plan.ScenesOfADay * (double)_plan.StepMinutes / 60, new(Seed));
        for (var step = 0; step < _plan.Steps; step++)
        {
            await _city.SetClock(ahead += TimeSpan.FromMinutes(_plan.StepMinutes));
            var now = await _city.Now();
            var share = s_hours[now.ToOffset(s_zone).Hour] / s_hours.Sum();
            await Report(_plan.ReportsOfADay * share * _plan.StepMinutes / 60);
            await Sense(gateway, step, now);
            await recogniser.Watch(now, share);
            await Parallel.ForEachAsync(_people, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (actor, _) => await Work(actor, step));
            if (step % Math.Max(1, _plan.Steps / _plan.Days / 4) == 0)
                Say($"  {now.ToOffset(s_zone):MM-dd HH:mm} after {clock.Elapsed.TotalMinutes:0.0} minutes: {Made:N0} reports and moves");
        }
        await Task.Delay(s_settle);
        Say($"  {clock.Elapsed.TotalMinutes:0.0} minutes; {Made:N0} reports and moves ({Made / clock.Elapsed.TotalSeconds:0}/s), {_sent:N0} readings; sightings: {string.Join(", ", recogniser.Outcomes.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Value:N0} {one.Key}")))}");
        foreach (var why in _people.Append(watcher).SelectMany(actor => actor.Refused).GroupBy(one => one.Key))
            Say($"  refused, {why.Key}: {why.Sum(one => one.Value)}");
        foreach (var row in await _city.Rows("select to_stage, count(*) from (select distinct on (fid) fid, to_stage from cases.move order by fid, number desc) last group by 1 order by 2 desc"))
            Say($"  {row.Replace('|', ' ')}");
        foreach (var row in await _city.Rows("select move, count(*) from cases.move group by 1 order by 2 desc"))
            Say($"    {row.Replace('|', ' ')}");
        return await Check(recogniser);
    }

    int Made => _people.Sum(actor => actor.Made);

    async Task<SimulationResult> Check(Recogniser recogniser)
    {
        var checks = new SimulationChecks(_city, _people.First(actor => actor.Role == Role.ShiftLeader), _say);
        var (breaches, deadlines, scenes) = (await checks.Breaches(), await checks.Deadlines(), await checks.Scenes(recogniser, _people.Sum(actor => actor.Confirmed)));
        var (figures, counts) = (await checks.Figures(), await checks.Counts());
        Say($"  {deadlines.Of:N0} cases with deadlines, {scenes.Of:N0} scenes, {figures.Of:N0} rated objects, {counts.Of} counts; alarms {await _city.Value<long>("select count(*) from devices.alarm"):N0}, of which filed a case {await _city.Value<long>("select count(*) from devices.alarm where case_fid is not null"):N0}");
        return new(_lost + recogniser.Lost, breaches, deadlines.Wrong, scenes.Wrong, figures.Wrong, counts.Wrong) { Cases = deadlines.Of };
    }

    // Collectors have a community, officers a department; those of the centre the whole city.
    async Task<List<Actor>> People()
    {
        var people = new List<Actor>();
        async Task Add(string name, Role role, JurisdictionScope? scope) => people.Add(await _city.Actor(name, role, scope, Seed + people.Count));
        foreach (var community in SimulatedCity.CommunityCodes)
            await Add("collector " + community, Role.GridManager, new() { Communities = [community] });
        foreach (var department in SimulatedCity.DepartmentCodes)
            await Add("officer " + department, Role.DepartmentOfficer, new() { Departments = [department] });
        foreach (var (role, count) in new[] { (Role.CaseOperator, 6), (Role.ShiftLeader, 4), (Role.Dispatcher, 4) })
            for (var number = 1; number <= count; number++)
                await Add($"{role.Id} {number}", role, null);
        return people;
    }

    Task<Actor> Sender(string name, Permission permission) => _city.Actor(name, new Role(name, new HashSet<Permission> { permission }), null, Seed);

    async Task Report(double expected)
    {
        var (collectors, operators) = (_people.Where(actor => actor.Role == Role.GridManager).ToList(), _people.Where(actor => actor.Role == Role.CaseOperator).ToList());
        var (west, south, _, _) = SimulatedCity.Box;
        var count = (int)expected + (_random.NextDouble() < expected % 1 ? 1 : 0);
        for (var number = 0; number < count; number++)
        {
            var community = _random.Next(collectors.Count);
            var isHotline = _random.NextDouble() < 0.2;
            var reporter = isHotline ? operators[_random.Next(operators.Count)] : collectors[community];
            await reporter.Report(SimulatedCity.Classes[_random.Next(SimulatedCity.Classes.Count)], west + community * 0.009 + 0.0002 + _random.NextDouble() * 0.0086, south + 0.0002 + _random.NextDouble() * 0.0086, isHotline ? "hotline" : "collector");
        }
    }

    // One device in twenty is out of order for a while; each message is sent twice now and then, as devices do.
    async Task Sense(Actor gateway, int step, DateTimeOffset now)
    {
        for (var device = 1; device <= _plan.Devices; device++)
        {
            var isHigh = (device + step / 6) % 20 == 0;
            var reading = new { time = now, seq = step, data = new { pressure = isHigh ? 3400 : 2200 } };
            for (var times = device % 10 == 0 ? 2 : 1; times > 0; times--)
                if (!await gateway.Send($"gas-{device}", reading))
                    _lost++;
            _sent++;
        }
    }

    async Task Work(Actor actor, int step)
    {
        await actor.Work(most: actor.Role == Role.DepartmentOfficer || actor.Role == Role.GridManager ? 12 : 25);
        if (actor.Role == Role.GridManager)
            await actor.Decide(most: 12);
        if (actor.Role == Role.Dispatcher && step % 6 == 0)
            await actor.WorkOn("hang-up", 50);
        if (actor.Role == Role.ShiftLeader && step % 18 == 0)
            await actor.WorkOn("close", 400);
    }

    void Say(FormattableString text) => _say(text.ToString(CultureInfo.InvariantCulture));
}
