using System.Threading.Channels;
using CityOps.Gis.Tiles.Snapshots;

namespace CityOps.Gis.Tiles.Following;

/// <summary>
/// The one thread that changes views: takes committed transactions as they come, makes all that came within a short while visible at once, then confirms them to the
/// server. Loads and merges run elsewhere and hand in their results here.
/// </summary>
sealed class ChangeApplier(
    LiveLayers layers, IReadOnlyList<FollowedLayer> followed, MemoryLimit limit, Func<DepartmentTree> readDepartments, Action<ulong> confirm, Action<FollowerMoment> at)
{
    /// <summary>Changes that come closer together than this become visible together.</summary>
    static readonly TimeSpan Group = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(5);
    const long MostBytesWaiting = 256 << 20;
    const int MostInGroup = 20_000;

    readonly Channel<Item> _inbox = Channel.CreateUnbounded<Item>(new() { SingleReader = true });
    readonly Dictionary<string, FollowedLayer> _byId = followed.ToDictionary(layer => layer.Definition.Id);
    DepartmentTree _departments = new([]);
    bool _departmentsChanged;
    ulong _end;
    long _bytesWaiting;

    /// <summary>A mark was reached: all that was committed before it is visible.</summary>
    public Action<string>? Marked { get; set; }

    /// <summary>A layer wants to be loaded.</summary>
    public Action<FollowedLayer>? WantsLoad { get; set; }

    /// <summary>A layer was changed, merged or loaded: its files may be due.</summary>
    public Action<FollowedLayer>? Changed { get; set; }

    /// <summary>Runs work on another thread and fails the session where it fails.</summary>
    public Action<Action>? Aside { get; set; }

    /// <summary>Nothing waits to be applied.</summary>
    public bool IsIdle => Interlocked.Read(ref _bytesWaiting) == 0 && followed.All(layer => !layer.IsWaiting);

    /// <summary>Hands in a transaction; waits while too many are before it.</summary>
    public async ValueTask Take(CommittedChanges changes, CancellationToken cancel)
    {
        while (Interlocked.Read(ref _bytesWaiting) > MostBytesWaiting)
            await Task.Delay(Group, cancel);
        Interlocked.Add(ref _bytesWaiting, changes.Bytes + 1);
        _inbox.Writer.TryWrite(new(changes, null));
    }

    /// <summary>Hands in work for the applying thread, done in turn.</summary>
    public void Do(Action work) => _inbox.Writer.TryWrite(new(null, work));

    public void SetDepartments(DepartmentTree departments) => _departments = departments;

    public void Finish(FollowedLayer layer, LoadedLayer loaded)
    {
        layer.Finish(loaded, _departments);
        if (loaded.Part is not null || loaded.Fault is not null)
            layers.Tell(new(layer.Definition.Id, (long)loaded.Origin.Lsn, null));
    }

    /// <param name="idle">Called now and then while nothing comes.</param>
    public async Task Run(Action idle, CancellationToken cancel)
    {
        for (var more = _inbox.Reader.WaitToReadAsync(cancel).AsTask(); ; more = _inbox.Reader.WaitToReadAsync(cancel).AsTask())
        {
            while (await Task.WhenAny(more, Task.Delay(IdleTime, cancel)) != more)
            {
                idle();
                LookAfterAll();
            }
            await more;
            var next = Task.Delay(Group, cancel);
            ApplyGroup();
            await next;
        }
    }

    void ApplyGroup()
    {
        var marks = new List<string>();
        for (var count = 0; count < MostInGroup && _inbox.Reader.TryRead(out var item); count++)
        {
            if (item.Changes is { } changes)
                Spread(changes, marks);
            else
            {
                Flush();
                item.Work!();
            }
        }
        Flush();
        foreach (var mark in marks)
            Marked?.Invoke(mark);
        LookAfterAll();
    }

    void LookAfterAll()
    {
        foreach (var layer in followed)
            LookAfter(layer);
        if (limit.Exceeding(followed) is not { } large)
            return;
        large.Outgrow(limit.Leave(large.Live, large.Live.Bytes));
        layers.Tell(new(large.Definition.Id, (long)large.Origin.Lsn, null));
    }

    void Spread(CommittedChanges changes, List<string> marks)
    {
        Interlocked.Add(ref _bytesWaiting, -changes.Bytes - 1);
        foreach (var id in changes.Layers.Keys.Union(changes.Versions.Keys))
            if (_byId.TryGetValue(id, out var layer))
                layer.Take(new(changes.Lsn, changes.End, changes.At, changes.Layers.GetValueOrDefault(id),
                    changes.Versions.TryGetValue(id, out var version) ? version : null));
        _departmentsChanged |= changes.HasDepartments;
        _end = changes.End;
        if (changes.Mark is { } mark)
            marks.Add(mark);
    }

    void Flush()
    {
        if (_end == 0 && followed.All(layer => !layer.IsPending))
            return;
        at(FollowerMoment.Applying);
        foreach (var layer in followed)
            if (layer.Flush() is { } change)
                layers.Tell(change);
        if (_departmentsChanged)
            RenewDepartments();
        at(FollowerMoment.Confirming);
        // What waits for a load is not visible yet.
        if (_end > 0 && followed.All(layer => !layer.IsWaiting))
            confirm(_end);
        _end = 0;
    }

    // Read as of now, which may be later than the change: a later change of theirs comes here too.
    void RenewDepartments()
    {
        _departments = readDepartments();
        _departmentsChanged = false;
        foreach (var layer in followed)
        {
            layer.SetDepartments(_departments, _end);
            layers.Tell(new(layer.Definition.Id, (long)_end, null));
        }
    }

    void LookAfter(FollowedLayer layer)
    {
        Changed?.Invoke(layer);
        if (layer.WantsLoad)
        {
            layer.Asked();
            WantsLoad?.Invoke(layer);
        }
        if (layer.WantsMerge() is { } merge)
            Aside?.Invoke(() =>
            {
                at(FollowerMoment.Merging);
                var merged = merge();
                Do(() => layer.Merged(merged));
            });
    }

    readonly record struct Item(CommittedChanges? Changes, Action? Work);
}
