using CityOps.Gis.Layers;
using CityOps.Gis.Tiles.Snapshots;

namespace CityOps.Gis.Tiles.Following;

/// <summary>
/// A layer on the follower's side: takes what transactions did to it, holds it back while the layer is being loaded, and makes it visible. All of it on the
/// follower's one applying thread, except what says otherwise.
/// </summary>
sealed class FollowedLayer(LiveLayer live)
{
    const int MostWaitingRows = 200_000;
    const long MostWaitingBytes = 256 << 20;

    IReadOnlyList<FollowedPart> _parts = [];
    DepartmentTree _departments = new([]);
    SnapshotOrigin _origin;

    // As of what the first part alone is the whole layer.
    SnapshotOrigin _base;
    SnapshotOrigin _kept;
    DateTimeOffset _keptAt;
    List<LayerCommit>? _waiting = [];
    (long Rows, long Bytes) _waitingSize;
    bool _overflowed;
    LayerChanges? _pending;
    SnapshotOrigin _pendingOrigin;
    bool _touchAll;
    IReadOnlyList<FollowedPart>? _merging;
    SnapshotOrigin _mergingOrigin;

    public LiveLayer Live => live;
    public LayerDefinition Definition => live.Definition;

    /// <summary>As of what the view is; read by the loader's thread only while the layer waits.</summary>
    public SnapshotOrigin Origin => _origin;
    public bool IsWaiting => _waiting is not null;

    /// <summary>Something was taken that is not visible yet.</summary>
    public bool IsPending => _pending is not null;

    /// <summary>It must be loaded (again); the session asks after every step.</summary>
    public bool WantsLoad { get; private set; }

    /// <summary>A new connection: what was not applied is forgotten, and everything waits until it is known whether the view is still as of now.</summary>
    public void Begin()
    {
        (_waiting, _waitingSize, _overflowed, WantsLoad, _merging, _pending) = ([], default, false, false, null, null);
        if (live.View is null)
            live.Set(LayerState.Waiting);
    }

    /// <summary>Shows what files hold until something newer is there.</summary>
    public void Show(KeptLayer kept)
    {
        Replace([.. kept.Parts.Select(FollowedPart.Of)], kept.Base, kept.Origin, kept.Parts[^1].Snapshot.Departments);
        _kept = kept.Origin;
        live.Set(LayerState.Stale, Texts.FromFile(kept.Origin.AsOf));
    }

    /// <summary>What files should hold now; null where they do, or were written less than the interval ago.</summary>
    public KeptLayer? WantsKeep(TimeSpan interval)
    {
        if (_parts.Count == 0 || _origin.IsSame(_kept) || (_kept != default && DateTimeOffset.UtcNow - _keptAt < interval))
            return null;
        (_kept, _keptAt) = (_origin, DateTimeOffset.UtcNow);
        return new(Definition, [.. _parts.Select(part => part.View)], _base, _origin);
    }

    public void Take(LayerCommit commit)
    {
        if (_waiting is not null)
            Wait(commit);
        else if (live.State is LayerState.Unfollowed or LayerState.TooLarge)
            Reconsider(commit);
        else if (commit.Lsn >= _origin.Lsn)
            Append(commit);
    }

    void Append(LayerCommit commit)
    {
        var before = _pending is null ? _origin : _pendingOrigin;
        var stamp = before.Stamp;
        if (commit.Version is { } version)
            stamp = stamp with { Version = version.Version, ChangedAt = version.ChangedAt, ReloadVersion = version.ReloadVersion };
        if (commit.Changes?.Fault is { } fault)
            Leave(LayerState.Unfollowed, fault);
        else if (commit.Changes?.WantsReload == true || stamp.ReloadVersion != before.Stamp.ReloadVersion)
            Reload();
        else
        {
            _pendingOrigin = before with { Stamp = stamp, Lsn = commit.End, AsOf = commit.At };
            _pending ??= new();
            if (commit.Changes is { } changes)
                _pending.Append(changes);
        }
    }

    void Wait(LayerCommit commit)
    {
        if (_overflowed)
            return;
        _waiting!.Add(commit);
        _waitingSize = (_waitingSize.Rows + commit.Changes?.Rows.Count ?? 0, _waitingSize.Bytes + commit.Changes?.Bytes ?? 0);
        if (_waitingSize.Rows <= MostWaitingRows && _waitingSize.Bytes <= MostWaitingBytes)
            return;
        _overflowed = true;
        _waiting.Clear();
    }

    // What kept it out may be over: columns are there again, or most features are gone.
    void Reconsider(LayerCommit commit)
    {
        if (live.State == LayerState.Unfollowed && commit.Changes?.HasColumns == true || commit.Changes is { IsTruncated: true } or { WantsReload: true })
            Reload();
    }

    void Reload()
    {
        (_waiting, _waitingSize, _overflowed, WantsLoad) = ([], default, false, true);
        if (live.View is not null)
            live.Set(LayerState.Copying, Texts.Reloading);
    }

    /// <summary>The loader has been asked.</summary>
    public void Asked() => WantsLoad = false;

    /// <summary>The loader is done: the copy becomes visible, then what was committed meanwhile is taken.</summary>
    public void Finish(LoadedLayer loaded, DepartmentTree departments)
    {
        var (waiting, overflowed) = (_waiting ?? [], _overflowed);
        (_waiting, _pending) = (null, null);
        if (loaded.Fault is { } fault)
            Leave(loaded.FaultState, fault);
        else
        {
            if (loaded.Part is { } part)
                Replace([part], loaded.Origin, loaded.Origin, departments);
            else
                Keep(loaded.Origin, departments);
            live.Set(LayerState.CatchingUp);
        }
        if (overflowed)
            Reload();
        foreach (var commit in waiting)
            Take(commit);
    }

    void Replace(IReadOnlyList<FollowedPart> parts, SnapshotOrigin first, SnapshotOrigin origin, DepartmentTree departments)
    {
        (_parts, _base, _origin, _departments, _touchAll) = (parts, first, origin, departments, true);
        Publish();
        TouchAll(origin.Lsn);
    }

    // The view is as of the copy's moment already; tiles keep their versions.
    void Keep(SnapshotOrigin origin, DepartmentTree departments)
    {
        _origin = origin;
        SetDepartments(departments, origin.Lsn);
        Publish();
        if (_touchAll)
            TouchAll(origin.Lsn);
    }

    void Leave(LayerState state, LocalText reason)
    {
        (_parts, _origin, _pending, _touchAll) = ([], default, null, true);
        live.Publish(null);
        live.IndexBytes = 0;
        live.Set(state, reason);
    }

    /// <summary>Everything committed up to a mark that was written after the copy has been applied.</summary>
    public void CaughtUp()
    {
        if (live.State == LayerState.CatchingUp)
            live.Set(LayerState.Live);
    }

    public void Lost(LocalText reason)
    {
        if (live.View is not null)
            live.Set(LayerState.Stale, reason);
    }

    public void Refuse(LocalText reason) => Leave(LayerState.Unfollowed, reason);

    /// <summary>It has grown too large for the memory there is.</summary>
    public void Outgrow(LocalText reason) => Leave(LayerState.TooLarge, reason);

    /// <summary>There is room again.</summary>
    public void ComeBack()
    {
        if (live.State == LayerState.TooLarge && !IsWaiting)
            Reload();
    }

    public void SetDepartments(DepartmentTree departments, ulong lsn)
    {
        if (_parts.Count == 0 || departments.IsSame(_departments))
            return;
        (_departments, _touchAll) = (departments, true);
        Publish();
        TouchAll(lsn);
    }

    /// <summary>Makes visible what was taken; gives what to tell open maps, or null.</summary>
    public LayerChange? Flush()
    {
        if (_pending is not { } changes)
            return null;
        var origin = _pendingOrigin;
        _pending = null;
        if (changes.Rows.Count == 0 && !changes.IsTruncated)
        {
            _origin = origin;
            Publish();
            return null;
        }
        try
        {
            return Apply(changes, origin);
        }
        catch (SnapshotException fault)
        {
            Leave(LayerState.Unfollowed, fault.Reason ?? new(fault.Message, fault.Message));
            return new(Definition.Id, (long)origin.Lsn, null);
        }
    }

    LayerChange Apply(LayerChanges changes, SnapshotOrigin origin)
    {
        var update = PartsUpdate.Of(Definition, _parts, changes, origin.Stamp.Version, _departments);
        // Until its tiles have their new versions, a fault would leave old versions on new tiles.
        var whole = _touchAll || changes.IsTruncated;
        (_parts, _origin, _touchAll) = (update.Parts, origin, true);
        // The empty part that a truncation leaves is the layer of no moment that a file could tell.
        if (changes.IsTruncated)
            _base = default;
        MergeFew();
        Publish();
        if (whole)
            TouchAll(origin.Lsn);
        else
            foreach (var box in update.Touched)
                live.Touched.Touch(box);
        _touchAll = false;
        var touched = whole ? null : TouchedList.Of(update.Touched);
        return new(Definition.Id, (long)origin.Lsn, touched?.Tiles, touched?.Beside) { Touched = update.Touched };
    }

    // Small merges cost less than handing them to another thread.
    void MergeFew()
    {
        var free = _merging is null ? 0 : 1 + _parts.ToList().FindLastIndex(part => _merging.Any(source => source.Snapshot == part.Snapshot));
        if (MergePlan.Of(_parts, free) is not (>= 0 and var first) || _parts.Skip(first).Sum(part => (long)part.Count) > MergePlan.FewRows)
            return;
        _parts = MergedParts.Of(Definition, [.. _parts.Skip(first)], isWhole: first == 0).In(_parts);
        if (first == 0)
            _base = _origin;
    }

    /// <summary>What is to be done on another thread, or null; its result comes back by <see cref="Merged"/>.</summary>
    public Func<MergedParts>? WantsMerge()
    {
        if (_merging is not null || IsWaiting || MergePlan.Of(_parts, 0) is not (>= 0 and var first))
            return null;
        var sources = _merging = [.. _parts.Skip(first)];
        _mergingOrigin = _origin;
        return () => MergedParts.Of(Definition, sources, isWhole: first == 0);
    }

    public void Merged(MergedParts merged)
    {
        _merging = null;
        _parts = merged.In(_parts);
        if (_parts.Count > 0 && _parts[0].Snapshot == merged.Merged.Snapshot)
            _base = _mergingOrigin;
        if (_parts.Count > 0)
            Publish();
    }

    void Publish()
    {
        live.IndexBytes = _parts.Sum(part => part.Index.Bytes);
        live.Publish(new(Definition, [.. _parts.Select(part => part.View)], _departments, _origin.Stamp.Version, _origin.Lsn, _origin.AsOf));
    }

    void TouchAll(ulong lsn)
    {
        live.Touched.TouchAll((long)lsn);
        _touchAll = false;
    }
}
