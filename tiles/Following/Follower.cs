using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CityOps.Gis.Tiles.Following;

/// <summary>
/// Keeps the layers of this process as they stand in the database, by logical replication. After a fault it begins again, later each time, and the views stay as
/// they are until then. Its slot is temporary: start-up is recovery, and a node that is gone holds nothing back in the server's log.
/// </summary>
public sealed class Follower : BackgroundService
{
    static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(200), LongestPause = TimeSpan.FromSeconds(30);

    readonly LiveLayers _live;
    readonly NpgsqlDataSource _source;
    readonly TileEngineOptions _options;
    readonly ILogger<Follower> _log;
    readonly MemoryLimit _limit;
    readonly LayerFiles _files;
    readonly IReadOnlyList<FollowedLayer> _layers;
    bool _wasLive;

    public Follower(LiveLayers live, NpgsqlDataSource source, TileEngineOptions options, ILogger<Follower> log)
    {
        (_live, _source, _options, _log) = (live, source, options, log);
        (_limit, _files) = (new(live, options.MemoryBytes, log), new(options.Folder, log));
        _layers = [.. live.All.Select(layer => new FollowedLayer(layer))];
    }

    public FollowerStates States { get; } = new();

    /// <summary>Called at each moment, on whatever thread; what it throws is a fault like any other.</summary>
    public Action<FollowerMoment>? At { get; init; }

    /// <summary>When the files that were due so far are written.</summary>
    public Task Files => _files.Written;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        ShowFiles();
        for (var pause = ShortestPause; !stoppingToken.IsCancellationRequested; pause = await Rest(pause, stoppingToken))
            await Follow(stoppingToken);
        States.Move(FollowerState.Stopped);
    }

    void ShowFiles()
    {
        foreach (var layer in _layers)
            if (_files.Open(layer.Definition) is { } kept)
                layer.Show(kept);
    }

    /// <summary>Ends the following and writes what the files do not hold yet, for so long as the options say.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (!_files.AreKept || ExecuteTask is { IsCompleted: false })
            return;
        foreach (var kept in _layers.OrderBy(layer => layer.Live.Bytes).Select(layer => layer.WantsKeep(TimeSpan.Zero)).OfType<KeptLayer>())
            _files.Keep(kept);
        var written = _files.Written;
        if (await Task.WhenAny(written, Task.Delay(_options.StopTime, cancellationToken)) != written)
            _log.LogWarning("The layers' files were not written within {Seconds} s; a restart shows an older state.", _options.StopTime.TotalSeconds);
    }

    // The edge: whatever ends a session is told here, and the next one begins.
    async Task Follow(CancellationToken stop)
    {
        try
        {
            States.Move(FollowerState.Connecting);
            At?.Invoke(FollowerMoment.Connecting);
            foreach (var layer in _layers)
                layer.Begin();
            await new FollowerSession(_live, _layers, _source, _options, _limit, _files, States, moment => At?.Invoke(moment)).Run(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        catch (FollowingRefusedException refused)
        {
            _log.LogWarning("Tiles come from PostGIS: {Reason}", refused.Reason.En);
            foreach (var layer in _layers)
                layer.Refuse(refused.Reason);
            States.Move(FollowerState.Refused, refused.Reason);
        }
        catch (Exception fault)
        {
            _log.LogWarning(fault, "Following the database ended while {State}; it begins again.", States.State);
            Lose(fault);
        }
    }

    void Lose(Exception fault)
    {
        var reason = Texts.Lost(fault.Message);
        _wasLive = States.State == FollowerState.Live;
        foreach (var layer in _layers)
            layer.Lost(reason);
        States.Move(FollowerState.Lost, reason);
    }

    /// <returns>The next pause: twice as long, short again after a session that was live.</returns>
    async Task<TimeSpan> Rest(TimeSpan pause, CancellationToken stop)
    {
        if (stop.IsCancellationRequested)
            return pause;
        pause = States.State == FollowerState.Refused ? LongestPause : _wasLive ? ShortestPause : pause;
        _wasLive = false;
        await Task.Delay(pause, stop).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return pause * 2 < LongestPause ? pause * 2 : LongestPause;
    }
}
