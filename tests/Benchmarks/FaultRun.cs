using System.Diagnostics;
using System.Globalization;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.Testing.Faults;

namespace CityOps.Gis.Benchmarks;

/// <summary>Works and strikes by turns, and keeps the account.</summary>
/// <param name="longestAway">Of a database that is stopped.</param>
sealed class FaultRun(FaultyCity city, HostProcess node, Random random, TimeSpan longestAway)
{
    static readonly Fault[] Faults = [Fault.HostKilled, Fault.ServerKilled, Fault.SessionKilled, Fault.HostKilled, Fault.ServerKilled, Fault.SessionKilled, Fault.DatabaseAway];

    /// <summary>Seconds until the product was well again, by fault.</summary>
    public Dictionary<string, List<double>> Recoveries { get; } = [];
    public List<string> Complaints { get; } = [];
    public int Lost => Complaints.Count;
    public int Works { get; private set; }
    public int Edits { get; private set; }
    public int Exports { get; private set; }

    public async Task For(TimeSpan time)
    {
        var clock = Stopwatch.StartNew();
        var (before, length) = (await city.Content(), await Length());
        while (clock.Elapsed < time)
        {
            await Import(before, length);
            await EditAndExport();
            await KillNode();
        }
    }

    // How long the steps take undisturbed, so that the moments of the strikes lie within and a little beyond.
    async Task<TimeSpan> Length()
    {
        var clock = Stopwatch.StartNew();
        await city.RollBack(await city.Publish(await city.Stage(await city.BringSecond())));
        return clock.Elapsed / 3;
    }

    async Task Import(string before, TimeSpan length)
    {
        var job = await city.BringSecond();
        job = await Struck(job, ImportTask.Import, ImportJobState.Staged, length);
        Check(await city.Content() == before, "a check changed the layer");
        job = await Struck(job, ImportTask.Publish, ImportJobState.Ended, length);
        Check(await city.Meaning() == city.Expected, "a publication is not what it should be");
        await Struck(job, ImportTask.RollBack, ImportJobState.Ended, length);
        Check(await city.Content() == before, "a roll-back left a trace");
        Check((await city.StagingTables()).Count == 0, "staging was left behind");
    }

    async Task<ImportJob> Struck(ImportJob job, ImportTask task, ImportJobState ended, TimeSpan length)
    {
        await city.Queue(job, task);
        await Task.Delay(length * (random.NextDouble() * 1.2));
        await Strike();
        var done = await city.Comes(job.Id, ended);
        Works++;
        return done;
    }

    async Task EditAndExport()
    {
        using var ended = new CancellationTokenSource();
        var writer = new EditWriter(new(city.Host.Url), city.CameraFid);
        var writing = writer.Write(ended.Token);
        using var export = await SlowExport.Begin(new(city.Host.Url));
        await Task.Delay(TimeSpan.FromSeconds(0.2 + random.NextDouble()));
        await Strike();
        await Task.Delay(TimeSpan.FromSeconds(1));
        await ended.CancelAsync();
        await writing;
        Check(!await export.IsWhole(), "an export that was cut off looks whole");
        var written = (await city.Value<string[]>($"select array_agg(name) from (select name from gis.cameras where fid = {city.CameraFid} union all select name from gis.cameras_history where fid = {city.CameraFid}) one"))!;
        foreach (var number in writer.Confirmed.Where(number => !written.Contains(number.ToString(CultureInfo.InvariantCulture))))
            Check(false, $"edit {number} was confirmed and is not there");
        (Edits, Exports) = (Edits + writer.Confirmed.Count, Exports + 1);
        await city.ForgetEdits();
    }

    async Task Strike()
    {
        var fault = Faults[random.Next(Faults.Length)];
        await city.Strike(fault, TimeSpan.FromSeconds(1 + (fault == Fault.DatabaseAway ? random.NextDouble() * (longestAway.TotalSeconds - 1) : 0)));
        Note(fault.ToString(), (await city.Recovered()).TotalSeconds);
    }

    async Task KillNode()
    {
        node.Kill();
        await city.Run($"update gis.cameras set name = '{Guid.NewGuid():N}' where fid = {city.CameraFid}");
        var clock = Stopwatch.StartNew();
        node.Start();
        Check(await SameAsTheDatabase(clock), "a tile of a node that was killed is not the database's");
        Note("NodeKilled", clock.Elapsed.TotalSeconds);
        await city.ForgetEdits();
    }

    async Task<bool> SameAsTheDatabase(Stopwatch clock)
    {
        using var http = new HttpClient { BaseAddress = new(node.Url) };
        for (; clock.Elapsed < TimeSpan.FromSeconds(60); await Task.Delay(20))
        {
            using var held = await http.GetAsync("/tiles/cameras/16/54249/28185.mvt");
            if (!held.IsSuccessStatusCode || !held.Headers.GetValues("X-CityOps-Data").Single().StartsWith("live", StringComparison.Ordinal))
                continue;
            var name = await city.Value<string>($"select name from gis.cameras where fid = {city.CameraFid}");
            if ((await held.Content.ReadAsStringAsync()).Contains(name!, StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    void Note(string fault, double seconds)
    {
        if (!Recoveries.TryGetValue(fault, out var times))
            Recoveries[fault] = times = [];
        times.Add(seconds);
    }

    void Check(bool holds, string otherwise)
    {
        if (!holds)
            Complaints.Add(otherwise);
    }
}
