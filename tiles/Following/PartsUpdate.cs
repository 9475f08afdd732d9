using CityOps.Gis.Layers;
using CityOps.Gis.Tiles.Snapshots;

namespace CityOps.Gis.Tiles.Following;

/// <summary>Parts of a view with changes in them: superseded rows are marked dead where they lie, new versions become a small part of their own.</summary>
sealed class PartsUpdate
{
    readonly LayerDefinition _layer;
    readonly IReadOnlyList<FollowedPart> _before;
    readonly List<int>[] _dead;
    readonly SnapshotBuilder _builder;

    PartsUpdate(LayerDefinition layer, IReadOnlyList<FollowedPart> before)
    {
        (_layer, _before, _dead) = (layer, before, [.. before.Select(_ => new List<int>())]);
        _builder = new(layer, before.Count > 0 ? before[0].Snapshot.Frame : null);
    }

    /// <summary>Where old and new versions lie.</summary>
    public List<TouchedBox> Touched { get; } = [];
    public IReadOnlyList<FollowedPart> Parts { get; private set; } = [];

    /// <exception cref="SnapshotException">A row cannot be held in memory.</exception>
    public static PartsUpdate Of(LayerDefinition layer, IReadOnlyList<FollowedPart> before, LayerChanges changes, long version, DepartmentTree departments)
    {
        // An empty part stays, so that a view always has one.
        var update = new PartsUpdate(layer, changes.IsTruncated ? [FollowedPart.Of(new SnapshotBuilder(layer).Build(version, departments))] : before);
        foreach (var row in changes.Rows.Values)
            update.Add(row);
        update.Finish(changes, version, departments);
        return update;
    }

    void Add(ChangedRow row)
    {
        var old = Find(row.Fid);
        if (old.Part >= 0)
        {
            _dead[old.Part].Add(old.Row);
            Touch(_before[old.Part].Snapshot, old.Row, row.Lsn);
        }
        if (row.IsDeletion)
            return;
        var carrier = row.Carrier == row.Fid ? old : Find(row.Carrier);
        _builder.Add(row.Fields, carrier.Part < 0 ? null : _before[carrier.Part].Snapshot, carrier.Row);
    }

    (int Part, int Row) Find(long fid)
    {
        for (var part = _before.Count - 1; part >= 0; part--)
            if (_before[part].Find(fid) is >= 0 and var row)
                return (part, row);
        return (-1, -1);
    }

    void Finish(LayerChanges changes, long version, DepartmentTree departments)
    {
        var parts = _before.Select((part, at) => _dead[at].Count == 0 ? part : part with { Dead = part.Dead.With(_dead[at]) }).ToList();
        if (_builder.Count > 0)
        {
            var added = _builder.Build(version, departments);
            for (var row = 0; row < added.Count; row++)
                Touch(added, row, changes.Rows[added.Fids[row]].Lsn);
            parts.Add(FollowedPart.Of(added));
        }
        Parts = [.. parts.Where((part, at) => at == 0 || part.Count > 0)];
    }

    void Touch(LayerSnapshot snapshot, int row, ulong lsn)
    {
        if (TouchedBox.Of(snapshot, row, (long)lsn) is { } box)
            Touched.Add(box);
    }
}
