using CityOps.Gis.Tiles.Snapshots;
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
    readonly LayerLoader _loader;
    readonly IReadOnlyList<FollowedLayer> _layers;
    bool _wasLive;

    public Follower(LiveLayers live, NpgsqlDataSource source, TileEngineOptions options, ILogger<Follower> log)
    {
        (_live, _source, _options, _log) = (live, source, options, log);
        _loader = new(live, options, log);
        _layers = [.. live.All.Select(layer => new FollowedLayer(layer))];
    }

    public FollowerStates States { get; } = new();

    /// <summary>Called at each moment, on whatever thread; what it throws is a fault like any other.</summary>
    public Action<FollowerMoment>? At { get; init; }

    /// <summary>When the files of all copies so far are written.</summary>
    public Task Files => _loader.Files;

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
        if (_options.Folder is not { } folder)
            return;
        foreach (var layer in _layers)
            if (SnapshotFile.Open(Path.Combine(folder, layer.Definition.Id + ".snapshot"), layer.Definition, out var origin) is { } snapshot)
                layer.Show(snapshot, origin);
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
            await new FollowerSession(_live, _layers, _source, _options, _loader, States, moment => At?.Invoke(moment)).Run(stop);
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
