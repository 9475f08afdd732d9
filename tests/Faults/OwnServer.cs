using System.Diagnostics;
using System.Globalization;
using CityOps.Gis.PostGis.Cluster;
using Npgsql;

namespace CityOps.Gis.Testing.Faults;

/// <summary>A PostgreSQL server of one test's own, which may be killed and stopped without hurting anybody else.</summary>
public sealed class OwnServer : IDisposable
{
    readonly string _folder;
    readonly bool _isOwn;
    readonly PrivateCluster _cluster;
    readonly List<ClusterLease> _leases = [];
    FakeClock? _clock;

    /// <param name="parent">Where its folder is made; the system's temporary folder unless given.</param>
    public OwnServer(string? parent = null)
    {
        _isOwn = parent is null;
        _folder = parent ?? Directory.CreateTempSubdirectory("cityops-server-").FullName;
        // The server runs as another user when the tests run as root.
        File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);
        _cluster = PrivateCluster.At(DataFolder);
        Start();
    }

    public string DataFolder => Path.Combine(_folder, "pg");
    public string ConnectionString => new NpgsqlConnectionStringBuilder(_cluster.ConnectionString) { Timeout = 10 }.ConnectionString;
    public bool IsRunning => _cluster.IsRunning;

    public void Start() => _leases.Add(_cluster.Use());

    /// <summary>Sets the clock of the server's processes; the first time they begin again under one that can be set.</summary>
    /// <param name="by">Difference to the real time, see <see cref="FakeClock"/>.</param>
    public async Task SetClock(string by)
    {
        var isNew = _clock is null;
        _clock ??= new(Path.Combine(_folder, "clock"));
        await _clock.Set(by);
        if (isNew)
            RestartUnder(_clock);
    }

    // pg_ctl takes the server's options from what it wrote down at its start, and the server its variables from pg_ctl.
    void RestartUnder(FakeClock clock)
    {
        NpgsqlConnection.ClearAllPools();
        var program = Path.Combine(Path.GetDirectoryName(File.ReadAllText(Path.Combine(DataFolder, "postmaster.opts")).Split(' ')[0])!, "pg_ctl");
        string[] command = ["env", .. clock.Environment.Select(one => $"{one.Key}={one.Value}"), program, "restart", "-D", DataFolder, "-l", Path.Combine(DataFolder, "server.log"), "-m", "fast", "-w"];
        string[] asServer = Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--", .. command] : command;
        using var restart = Process.Start(new ProcessStartInfo(asServer[0], asServer[1..]) { WorkingDirectory = "/" })!;
        restart.WaitForExit();
        if (restart.ExitCode != 0)
            throw new InvalidOperationException($"The server does not start under {FakeClock.Library}: {File.ReadLines(Path.Combine(DataFolder, "server.log")).LastOrDefault()}");
    }

    /// <summary>Ends it in order, as for an update.</summary>
    public void Stop() => _cluster.Stop();

    /// <summary>kill -9 of the postmaster; its sessions notice when they next look.</summary>
    public void KillServer()
    {
        using var server = Process.GetProcessById(_cluster.ServerPid!.Value);
        server.Kill();
        server.WaitForExit();
        while (_cluster.IsRunning)
            Thread.Sleep(10);
    }

    /// <summary>kill -9 of a session that is at work; the server then ends all others and recovers, as it cannot know what the killed one did to shared memory.</summary>
    /// <returns>How many were at work.</returns>
    public int KillSession()
    {
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand("""
            select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() order by coalesce(wait_event_type = 'Lock', false) desc, state = 'active' desc, xact_start nulls last
            """, connection);
        var sessions = new List<int>();
        using (var reader = command.ExecuteReader())
            while (reader.Read())
                sessions.Add(reader.GetInt32(0));
        if (sessions.Count > 0)
            Process.Start("kill", ["-KILL", sessions[0].ToString(CultureInfo.InvariantCulture)]).WaitForExit();
        return sessions.Count;
    }

    public void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        foreach (var lease in _leases)
            lease.Dispose();
        _cluster.Reset();
        if (_isOwn)
            Directory.Delete(_folder, recursive: true);
    }
}
