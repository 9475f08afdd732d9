using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace CityOps.Gis.PostGis.Cluster;

/// <summary>
/// A PostgreSQL cluster of our own in one folder: on a unix socket only, so that it meets no other server, and run by an unprivileged user.
/// Every process that uses it holds a shared lock; the last one to leave stops it, unless <c>db start</c> asked for it to stay.
/// </summary>
public sealed class PrivateCluster
{
    const string Database = "cityops";

    // A session that is computing looks for its server only between two pieces of work.
    static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(60);
    readonly string _folder;
    readonly ServerUser _user;
    readonly PostgresTools _tools;
    bool _isToBeRevived;

    PrivateCluster(string folder, ServerUser user, PostgresTools tools)
    {
        _folder = folder;
        _user = user;
        _tools = tools;
        SocketFolder = SocketFolderOf(folder);
    }

    /// <summary>Folder of the unix socket; short, because a socket's path may not exceed 107 bytes.</summary>
    public string SocketFolder { get; }

    public string ConnectionString
        => new NpgsqlConnectionStringBuilder { Host = SocketFolder, Username = _user.Name, Database = Database, IncludeErrorDetail = true, MaxPoolSize = 80 }.ConnectionString;

    // A process that was killed and that nobody has asked after yet still counts as running for pg_ctl.
    public bool IsRunning => !HasCrashed && _tools.Run(_user, "pg_ctl", "status", "-D", _folder).ExitCode == 0;

    /// <summary>It was running, nobody stopped it, and it runs no more.</summary>
    public bool HasCrashed => ServerPid is { } server && WorkingFolderOf(string.Create(CultureInfo.InvariantCulture, $"/proc/{server}")) != new DirectoryInfo(_folder).FullName;

    /// <summary>Process of the server as its pid file names it, which a crash leaves behind; null where it was stopped in order.</summary>
    public int? ServerPid => File.Exists(PidFile) && int.TryParse(File.ReadLines(PidFile).FirstOrDefault(), CultureInfo.InvariantCulture, out var pid) ? pid : null;

    string PidFile => Path.Combine(_folder, "postmaster.pid");
    string KeepFile => _folder + ".keep";
    string LockFile => _folder + ".lock";

    /// <summary>The cluster of a folder, which need not exist yet.</summary>
    /// <exception cref="ClusterException">PostgreSQL 15 or newer is not installed, or no unprivileged user can reach the folder.</exception>
    public static PrivateCluster At(string folder)
    {
        var user = ServerUser.Current();
        return new(user.ReachableFolder(Path.GetFullPath(folder)), user, PostgresTools.Find());
    }

    /// <summary>Makes the cluster when it is not there, starts it when it is down, and keeps it up until the lease is disposed.</summary>
    public ClusterLease Use()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder)!);
        var held = Lock(FileAccess.Read, FileShare.Read, wait: true)!;
        EnsureRunning();
        return new(this, held);
    }

    /// <summary>Starts it and leaves it running after this process.</summary>
    public void StartAndKeep()
    {
        File.WriteAllText(Prepared(KeepFile), "");
        using var lease = Use();
    }

    public void Stop()
    {
        File.Delete(KeepFile);
        if (File.Exists(Path.Combine(_folder, "PG_VERSION")) && IsRunning)
            _tools.Need(_user, "pg_ctl", "stop", "-D", _folder, "-m", "fast", "-w", "-t", "60");
    }

    /// <summary>Stops it and deletes all its data.</summary>
    public void Reset()
    {
        Stop();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
        if (Directory.Exists(SocketFolder))
            Directory.Delete(SocketFolder, recursive: true);
    }

    /// <summary>Starts it again where it has crashed; false where it runs, or was stopped by somebody.</summary>
    /// <exception cref="ClusterException">It does not start.</exception>
    internal bool Revive()
    {
        if (!HasCrashed && !_isToBeRevived)
            return false;
        // A start that fails takes the traces of the crash away.
        _isToBeRevived = true;
        EnsureRunning();
        _isToBeRevived = false;
        return true;
    }

    internal void Leave(FileStream held)
    {
        held.Dispose();
        if (File.Exists(KeepFile))
            return;
        using var alone = Lock(FileAccess.ReadWrite, FileShare.None, wait: false);
        if (alone is not null)
            Stop();
    }

    void EnsureRunning()
    {
        // Two processes may come at the same moment; one makes and starts, the other waits for it.
        using var starting = new Mutex(false, "Global\\cityops-" + Path.GetFileName(SocketFolder));
        starting.WaitOne();
        try
        {
            if (!File.Exists(Path.Combine(_folder, "PG_VERSION")))
                Create();
            if (!IsRunning)
                Start();
            EnsureDatabase();
        }
        finally
        {
            starting.ReleaseMutex();
        }
    }

    void Create()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
        Directory.CreateDirectory(_folder);
        _user.Own(_folder);
        // Texts are ordered by their bytes (collation C): codes are compared, not read, and sorting them so takes half the time of strcoll.
        _tools.Need(_user, "initdb", "-D", _folder, "-U", _user.Name, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--lc-collate=C", "--no-instructions");
    }

    void Start()
    {
        RemoveStalePid();
        Directory.CreateDirectory(SocketFolder);
        _user.Own(SocketFolder);
        File.SetUnixFileMode(SocketFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _tools.Need(_user, "pg_ctl", "start", "-D", _folder, "-l", Path.Combine(_folder, "server.log"), "-w", "-t", "120", "-o", ServerOptions());
    }

    string ServerOptions()
    {
        var memoryMb = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20;
        var settings = new Dictionary<string, string>
        {
            ["listen_addresses"] = "",
            ["unix_socket_directories"] = SocketFolder,
            ["shared_buffers"] = $"{Math.Clamp(memoryMb / 8, 128, 2048)}MB",
            ["effective_cache_size"] = $"{Math.Max(memoryMb / 2, 256)}MB",
            ["maintenance_work_mem"] = $"{Math.Clamp(memoryMb / 32, 64, 512)}MB",
            ["work_mem"] = $"{Math.Clamp(memoryMb / 256, 16, 64)}MB",
            ["max_wal_size"] = "4GB",
            ["checkpoint_timeout"] = "15min",
            ["wal_level"] = "logical",
            ["wal_compression"] = "lz4",
            ["max_connections"] = "200",
            ["random_page_cost"] = "1.1",
            ["jit"] = "off",
            // The usual eight would share the processors of a small machine with everybody who waits for a tile.
            ["max_parallel_workers"] = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture),
            ["max_parallel_workers_per_gather"] = Math.Clamp(Environment.ProcessorCount - 1, 1, 2).ToString(CultureInfo.InvariantCulture),
        };
        return string.Join(' ', settings.Select(setting => $"-c {setting.Key}={setting.Value}"));
    }

    /// <summary>
    /// After a crash the pid file may name a process of somebody else, which would keep the server from starting. It is deleted only when no process of the old server
    /// is left: a session that had not noticed yet would go on writing beside the new one.
    /// </summary>
    void RemoveStalePid()
    {
        if (!HasCrashed)
            return;
        for (var waited = Stopwatch.StartNew(); ServerProcesses().Any(); Thread.Sleep(50))
            if (waited.Elapsed > LongestEnd)
                throw new ClusterException(new(
                    $"数据库异常终止，其进程 {string.Join("、", ServerProcesses())} 尚未结束，暂不能重新启动。请稍候再试，或结束这些进程。",
                    $"The database died and its processes {string.Join(", ", ServerProcesses())} have not ended yet, so it cannot be started again. Try again in a moment, or end them."));
        File.Delete(PidFile);
        // It names the dead server too, which the system may go on counting as a process until somebody asks after it.
        foreach (var file in Directory.Exists(SocketFolder) ? Directory.GetFiles(SocketFolder, ".s.PGSQL.*") : [])
            File.Delete(file);
    }

    // A server's processes work in its folder.
    IEnumerable<int> ServerProcesses()
    {
        var folder = new DirectoryInfo(_folder).FullName;
        foreach (var process in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(process), CultureInfo.InvariantCulture, out var id) && WorkingFolderOf(process) == folder)
                yield return id;
    }

    static string? WorkingFolderOf(string process)
    {
        try
        {
            return Directory.ResolveLinkTarget(Path.Combine(process, "cwd"), returnFinalTarget: false)?.FullName;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It has ended, or is somebody else's.
            return null;
        }
    }

    void EnsureDatabase()
    {
        var admin = new NpgsqlConnectionStringBuilder(ConnectionString) { Database = "postgres", Pooling = false };
        using var connection = new NpgsqlConnection(admin.ConnectionString);
        connection.Open();
        using var exists = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection) { Parameters = { new() { Value = Database } } };
        if (exists.ExecuteScalar() is not null)
            return;
        using var create = new NpgsqlCommand($"create database {Database}", connection);
        create.ExecuteNonQuery();
    }

    FileStream? Lock(FileAccess access, FileShare share, bool wait)
    {
        // .NET turns the share mode into flock(2): Read = shared, None = exclusive.
        for (var deadline = Stopwatch.StartNew(); ; Thread.Sleep(100))
            try
            {
                if (!File.Exists(LockFile))
                    File.WriteAllText(Prepared(LockFile), "");
                return new(LockFile, FileMode.Open, access, share);
            }
            catch (IOException) when (wait && deadline.Elapsed < TimeSpan.FromMinutes(2))
            {
            }
            catch (IOException) when (!wait)
            {
                return null;
            }
    }

    static string Prepared(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        return file;
    }

    static string SocketFolderOf(string folder)
        => Path.Combine("/tmp", "cityops-" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(folder)))[..12]);
}
