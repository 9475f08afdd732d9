using System.Threading.Channels;
using CityOps.Gis.PostGis;
using CityOps.Gis.Tiles.Snapshots;
using Npgsql;

namespace CityOps.Gis.Tiles.Following;

/// <summary>
/// One connection's life: slot, copies, stream. Reading, applying and loading run beside each other; the first fault of one ends all, and the next session begins anew.
/// </summary>
sealed class FollowerSession
{
    readonly string _id = Guid.NewGuid().ToString("N");
    readonly IReadOnlyList<FollowedLayer> _layers;
    readonly NpgsqlDataSource _source;
    readonly TileEngineOptions _options;
    readonly LayerLoader _loader;
    readonly MemoryLimit _limit;
    readonly FollowerStates _states;
    readonly Action<FollowerMoment> _at;
    readonly ChangeApplier _applier;
    readonly Channel<FollowedLayer> _wanted = Channel.CreateUnbounded<FollowedLayer>();
    readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    ReplicationLink? _link;
    ChangeReader? _reader;

    public FollowerSession(LiveLayers live, IReadOnlyList<FollowedLayer> layers, NpgsqlDataSource source, TileEngineOptions options, MemoryLimit limit,
        LayerFiles files, FollowerStates states, Action<FollowerMoment> at)
    {
        (_layers, _source, _options, _limit, _loader, _states, _at) = (layers, source, options, limit, new(limit), states, at);
        _applier = new(live, layers, limit, ReadDepartments, lsn => _link!.Confirm(lsn), at)
        {
            Changed = layer =>
            {
                if (files.AreKept && layer.WantsKeep(options.FileInterval) is { } kept)
                    files.Keep(kept);
            },
            Marked = Marked,
            WantsLoad = layer => _wanted.Writer.TryWrite(layer),
            Aside = work => Task.Run(work).ContinueWith(done => _failed.TrySetException(done.Exception!.InnerExceptions), TaskContinuationOptions.OnlyOnFaulted),
        };
    }

    /// <exception cref="FollowingRefusedException">The server's settings do not allow it.</exception>
    public async Task Run(CancellationToken stop)
    {
        await RequireReplication(stop);
        await using var link = _link = await ReplicationLink.Open(_options.ConnectionString, stop);
        _states.Move(FollowerState.Copying);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var database = link.Snapshot(_source);
        Task[] works = [Read(link, database.Types(), ended.Token), _applier.Run(() => ConfirmIdle(link), ended.Token), Load(link, database, ended.Token), LookForRoom(ended.Token), _failed.Task];
        var first = await Task.WhenAny(works);
        await ended.CancelAsync();
        _failed.TrySetCanceled(CancellationToken.None);
        // All must have let go of the layers before another session takes them.
        await Task.WhenAll(works.Select(work => work.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default)));
        await first;
    }

    // Others write too: without this the server would keep its log since our last change.
    void ConfirmIdle(ReplicationLink link)
    {
        var received = link.Received;
        if (_applier.IsIdle && _reader is { IsBetween: true })
            link.Confirm(received);
    }

    async Task RequireReplication(CancellationToken cancel)
    {
        await using var command = _source.CreateCommand($"""
            select current_setting('wal_level') = 'logical', rolreplication or rolsuper, current_user::text, exists (select from pg_publication where pubname = '{FollowedTables.Publication}')
            from pg_roles where rolname = current_user
            """);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        if (!reader.GetBoolean(0))
            throw new FollowingRefusedException(Texts.NotLogical);
        if (!reader.GetBoolean(1))
            throw new FollowingRefusedException(Texts.MayNotReplicate(reader.GetString(2)));
        if (!reader.GetBoolean(3))
            throw new FollowingRefusedException(Texts.NoPublication);
    }

    async Task Read(ReplicationLink link, IReadOnlyDictionary<uint, string> types, CancellationToken cancel)
    {
        _reader = new(_layers.ToDictionary(layer => layer.Definition.Id, layer => layer.Definition), types);
        await foreach (var message in link.Messages(cancel))
            if (await _reader.Take(message, cancel) is { } changes)
                await _applier.Take(changes, cancel);
        throw new IOException("The server ended the replication.");
    }

    // The snapshot that the slot exported is good as long as somebody reads it, so the stream may begin meanwhile.
    async Task Load(ReplicationLink link, DatabaseSnapshot database, CancellationToken cancel)
    {
        await Task.Factory.StartNew(() => LoadAll(link, database, cancel), cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Mark("all", cancel);
        await foreach (var layer in _wanted.Reader.ReadAllAsync(cancel))
        {
            _at(FollowerMoment.Reloading);
            await using var own = await ReplicationLink.Open(_options.ConnectionString, cancel);
            await Task.Factory.StartNew(() => Reload(layer, own, cancel), cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            await Mark(layer.Definition.Id, cancel);
        }
    }

    void LoadAll(ReplicationLink link, DatabaseSnapshot database, CancellationToken cancel)
    {
        using (database)
        {
            var departments = database.Departments();
            _applier.Do(() => _applier.SetDepartments(departments));
            foreach (var layer in _layers.OrderBy(layer => database.Expected(layer.Definition)).ToList())
            {
                _at(FollowerMoment.Copying);
                var loaded = _loader.Load(layer, database, link, mayKeep: true, cancel);
                _applier.Do(() => _applier.Finish(layer, loaded));
            }
        }
        _applier.Do(() =>
        {
            _states.Move(FollowerState.CatchingUp);
            _at(FollowerMoment.CatchingUp);
        });
    }

    void Reload(FollowedLayer layer, ReplicationLink link, CancellationToken cancel)
    {
        using var database = link.Snapshot(_source);
        var loaded = _loader.Load(layer, database, link, mayKeep: false, cancel);
        _applier.Do(() => _applier.Finish(layer, loaded));
    }

    // A layer that did not fit may fit later: others were emptied, or it was itself.
    async Task LookForRoom(CancellationToken cancel)
    {
        while (true)
        {
            await Task.Delay(_options.RoomInterval, cancel);
            if (_layers.Any(layer => layer.Live.State == LayerState.TooLarge))
                await Task.Run(() =>
                {
                    using var database = DatabaseSnapshot.Open(_source);
                    foreach (var layer in _layers.Where(layer => layer.Live.State == LayerState.TooLarge && _limit.Fits(layer.Live, database.Estimate(layer.Definition))))
                        _applier.Do(layer.ComeBack);
                }, cancel);
        }
    }

    /// <summary>Writes a mark into the server's log; when it comes back, everything committed before it is visible.</summary>
    async Task Mark(string text, CancellationToken cancel)
    {
        await using var command = _source.CreateCommand("select pg_logical_emit_message(true, $1, $2)");
        command.Parameters.Add(new() { Value = ChangeReader.MarkPrefix });
        command.Parameters.Add(new() { Value = $"{_id}:{text}" });
        await command.ExecuteNonQueryAsync(cancel);
    }

    void Marked(string mark)
    {
        if (!mark.StartsWith(_id, StringComparison.Ordinal))
            return;
        var what = mark[(_id.Length + 1)..];
        foreach (var layer in _layers.Where(layer => !layer.IsWaiting && (what == "all" || what == layer.Definition.Id)))
            layer.CaughtUp();
        if (what != "all")
            return;
        _states.Move(FollowerState.Live);
        _at(FollowerMoment.Live);
    }

    DepartmentTree ReadDepartments()
    {
        using var database = DatabaseSnapshot.Open(_source);
        return database.Departments();
    }
}
