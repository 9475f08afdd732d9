using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace CityOps.Gis.Testing.Faults;

/// <summary>The product in a process of its own, which may be killed, stopped and started again at the same address over the same files.</summary>
public sealed class HostProcess : IDisposable
{
    static readonly string Program = typeof(HostProcess).Assembly.Location;
    static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);
    readonly string _kind, _connection, _folder;
    readonly IReadOnlyDictionary<string, string> _environment;
    Process? _process;

    /// <param name="kind">web, tiles, or keys: web for callers with API keys alone.</param>
    /// <param name="folder">For its snapshots and the deliveries that people bring.</param>
    /// <param name="environment">Variables beside those of this process.</param>
    public HostProcess(string kind, string connection, string folder, IReadOnlyDictionary<string, string>? environment = null)
    {
        (_kind, _connection, _folder, _environment) = (kind, connection, folder, environment ?? new Dictionary<string, string>());
        Url = "http://127.0.0.1:0";
        Start();
    }

    public string Url { get; private set; }

    /// <summary>What it wrote to its log so far, over all its lives.</summary>
    public ConcurrentQueue<string> Log { get; } = new();

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Returns when it takes requests.</summary>
    public void Start()
    {
        var start = new ProcessStartInfo("dotnet", [Program, _kind, _connection, _folder, Url]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in _environment)
            start.Environment[name] = value;
        var serving = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Heard(line.Data, serving);
        _process.ErrorDataReceived += (_, line) => Heard(line.Data, serving);
        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) => serving.TrySetException(new InvalidOperationException($"The product ended at its start: {string.Join('\n', Log.TakeLast(30))}"));
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Url = serving.Task.WaitAsync(LongestStart).GetAwaiter().GetResult();
    }

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        if (_process is not { HasExited: false } process)
            return;
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Ends it in order (SIGTERM).</summary>
    public void Stop()
    {
        Signal("TERM");
        _process!.WaitForExit();
    }

    /// <summary>SIGSTOP: it stands still, its connections stay open.</summary>
    public void Pause() => Signal("STOP");

    /// <summary>SIGCONT.</summary>
    public void Continue() => Signal("CONT");

    public void Dispose()
    {
        Kill();
        _process?.Dispose();
    }

    void Heard(string? line, TaskCompletionSource<string> serving)
    {
        if (line is null)
            return;
        Log.Enqueue(line);
        if (line.StartsWith(ChildHost.Ready, StringComparison.Ordinal))
            serving.TrySetResult(line[ChildHost.Ready.Length..]);
    }

    void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
