using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.SurveyImport.Mapping;
using Npgsql;

namespace CityOps.Gis.Testing.Faults;

/// <summary>
/// The small city on a server of its own, and the product over it in a process of its own. A census is in; a second delivery changes, moves, adds and takes out lamps.
/// </summary>
public sealed class FaultyCity : IAsyncDisposable
{
    // So many that an export of them does not go into the buffers of two sockets.
    const string ManyDevices = """
        insert into gis.devices (device_id, name, geom)
        select 'MANY' || n, repeat('测', 90), ST_SetSRID(ST_MakePoint(118.9, 24.9), 4490) from generate_series(1, 15000) n
        """;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    readonly TempFolder _files = new();
    readonly SmallSurvey.Lamp[] _first, _second;

    FaultyCity(int lamps, string? parent)
    {
        _first = SmallSurvey.ManyLamps(lamps);
        _second = [.. SmallSurvey.Changed(_first), .. SmallSurvey.ManyLamps(lamps * 3 / 2)[lamps..]];
        Server = new(parent);
        Source = Connections.Open(new NpgsqlConnectionStringBuilder(Server.ConnectionString) { Pooling = false }.ConnectionString);
    }

    public OwnServer Server { get; }
    public HostProcess Host { get; private set; } = null!;
    public NpgsqlDataSource Source { get; }
    public string Folder => _files.Path;
    public int SecondCount => _second.Length;
    ImportJobStore Jobs => new(Source);

    /// <summary>A camera that may be edited; the deliveries do not touch it.</summary>
    public long CameraFid { get; private set; }

    /// <summary>What the layer holds after the second delivery, published without a fault.</summary>
    public string Expected { get; private set; } = "";

    /// <param name="parent">Folder, empty, for the server's; one of its own unless given.</param>
    /// <param name="environment">Variables for the product's process.</param>
    /// <param name="clock">Its server's clock can be set, and begins so far from the real time (<see cref="OwnServer.SetClock"/>).</param>
    public static async Task<FaultyCity> Make(int lamps = 9_000, string? parent = null, IReadOnlyDictionary<string, string>? environment = null, string? clock = null)
    {
        var city = new FaultyCity(lamps, parent);
        if (clock is not null)
            await city.Server.SetClock(clock);
        await Installation.Prepare(city.Server.ConnectionString, PostGisDatabase.Catalog);
        await city.Run(SmallCity.Sql + "insert into gis.cameras (camera_id, name, status, department, geom) values ('CAM1', '0', 'online', '1', ST_SetSRID(ST_MakePoint(118.002, 24.402), 4490))");
        city.CameraFid = await city.Value<long>("select fid from gis.cameras");
        await city.Run(ManyDevices);
        city.Host = new("web", city.Server.ConnectionString, city.Folder, environment);
        await city.Publish(await city.Stage(city._first));
        var job = await city.Publish(await city.Stage(city._second));
        city.Expected = await city.Meaning();
        await city.RollBack(job);
        return city;
    }

    /// <summary>The camera as it was made: its name "0", nothing in its history. Whoever edits it leaves it so.</summary>
    public Task ForgetEdits() => Run($"update gis.cameras set name = '0' where fid = {CameraFid}; delete from gis.cameras_history");

    /// <summary>A job for the second delivery, which lies with the uploads, ready to be checked.</summary>
    public Task<ImportJob> BringSecond() => Bring(_second);

    public async Task<ImportJob> Stage(ImportJob job)
    {
        await Queue(job, ImportTask.Import);
        return await Comes(job.Id, ImportJobState.Staged);
    }

    public async Task<ImportJob> Publish(ImportJob job)
    {
        await Queue(job, ImportTask.Publish);
        return await Comes(job.Id, ImportJobState.Ended);
    }

    public async Task<ImportJob> RollBack(ImportJob job)
    {
        await Queue(job, ImportTask.RollBack);
        return await Comes(job.Id, ImportJobState.Ended);
    }

    public async Task Queue(ImportJob job, ImportTask task)
    {
        if (!await Jobs.Queue(job.Id, task))
            throw new InvalidOperationException($"Import job {job.Id} is at work already.");
    }

    /// <summary>Waits until a job stands where it should; a database that is away meanwhile is waited for.</summary>
    public async Task<ImportJob> Comes(long id, ImportJobState state)
    {
        ImportJob? job = null;
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience; await Task.Delay(50))
            if ((job = await Answered(() => Jobs.Find(id))) is { } found && found.State == state)
                return found;
        throw new TimeoutException($"Import job {id} is {job?.State} ({job?.Task}, step {job?.Step}, attempt {job?.Attempts}: {job?.Fault?.En}) and does not become {state}. The log ends: {string.Join('\n', Host.Log.TakeLast(15))}");
    }

    /// <summary>Does something to the product, and brings back what does not come back by itself.</summary>
    /// <param name="away">How long a stopped database is away.</param>
    public async Task Strike(Fault fault, TimeSpan away = default)
    {
        switch (fault)
        {
            case Fault.HostKilled:
                Host.Kill();
                Host.Start();
                break;
            case Fault.ServerKilled:
                Server.KillServer();
                Server.Start();
                break;
            case Fault.SessionKilled:
                Server.KillSession();
                break;
            default:
                Server.Stop();
                await Task.Delay(away);
                Server.Start();
                break;
        }
    }

    /// <summary>Waits until the product says that it is well, and the follower has caught up.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> Recovered()
    {
        using var http = new HttpClient { BaseAddress = new(Host.Url), Timeout = TimeSpan.FromSeconds(5) };
        var waited = Stopwatch.StartNew();
        for (; waited.Elapsed < Patience; await Task.Delay(20))
            if (await IsWell(http))
                return waited.Elapsed;
        throw new TimeoutException($"The product is not well again after {Patience.TotalSeconds} s. The log ends: {string.Join('\n', Host.Log.TakeLast(15))}");
    }

    /// <summary>Every lamp with what it is and where, without the numbers that each publication gives anew; and how many the history holds.</summary>
    public async Task<string> Meaning() => string.Join(' ', await Rows("""
        select format('%s rows %s, history %s', count(*), sum(hashtextextended(format('%s|%s|%s|%s|%s|%s|%s|%s', code, name, status, class_code, grid_code, department_code, remark, geom), 0)::numeric),
            (select count(*) from gis.components_history))
        from gis.components
        """));

    /// <summary>Every row of the layer and of its history, numbers and times included.</summary>
    public async Task<string> Content() => string.Join(' ', await Rows("""
        select format('%s %s', (select sum(hashtextextended(now::text, 0)::numeric) from gis.components now), (select sum(hashtextextended(past::text, 0)::numeric) from gis.components_history past))
        """));

    /// <summary>Tables of staging that are left.</summary>
    public Task<List<string>> StagingTables() => Rows("select relname::text from pg_class where relnamespace = 'staging'::regnamespace and relkind = 'r'");

    public async Task<T?> Value<T>(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    public async Task Run(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        command.CommandTimeout = 120;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Whoever comes to a table waits until this is disposed.</summary>
    public async Task<NpgsqlConnection> Hold(string table, string mode)
    {
        var connection = await Source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand($"begin; lock table {table} in {mode} mode", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>Waits until somebody waits for a lock on a table.</summary>
    public async Task SomebodyWaitsFor(string table)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience; await Task.Delay(10))
            if (await Value<bool>($"select exists (select from pg_locks where relation = '{table}'::regclass and not granted)"))
                return;
        throw new TimeoutException($"Nobody comes to {table}. The log ends: {string.Join('\n', Host.Log.TakeLast(15))}");
    }

    public async ValueTask DisposeAsync()
    {
        Host?.Dispose();
        await Source.DisposeAsync();
        Server.Dispose();
        _files.Dispose();
    }

    async Task<ImportJob> Stage(SmallSurvey.Lamp[] lamps) => await Stage(await Bring(lamps));

    async Task<ImportJob> Bring(SmallSurvey.Lamp[] lamps)
    {
        var (folder, made) = (Guid.NewGuid().ToString("N"), _files.File($"made-{Guid.NewGuid():N}"));
        SmallSurvey.Write(Path.Combine(made, "路灯"), lamps);
        Directory.CreateDirectory(Path.Combine(Folder, "imports", folder));
        ZipFile.CreateFromDirectory(made, Path.Combine(Folder, "imports", folder, "路灯.zip"), CompressionLevel.NoCompression, includeBaseDirectory: false);
        Directory.Delete(made, recursive: true);
        var settings = new DeliverySettings { LayerId = "components", Today = new(2026, 11, 1) };
        return await Jobs.Create("路灯.zip", folder, JsonSerializer.Serialize(settings, Importer.SettingsFormat), null);
    }

    async Task<List<string>> Rows(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(reader.GetString(0));
        return rows;
    }

    static async Task<T?> Answered<T>(Func<Task<T?>> ask) where T : class
    {
        try
        {
            return await ask();
        }
        catch (NpgsqlException fault) when (fault.IsAway())
        {
            return null;
        }
    }

    static async Task<bool> IsWell(HttpClient http)
    {
        try
        {
            using var health = await http.GetAsync("/health");
            if (!health.IsSuccessStatusCode)
                return false;
            using var tile = await http.GetAsync("/tiles/components/14/13562/7046.mvt");
            return tile.IsSuccessStatusCode && tile.Headers.GetValues("X-CityOps-Data").Single().StartsWith("live", StringComparison.Ordinal);
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
