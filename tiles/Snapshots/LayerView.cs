using CityOps.Gis.Layers;
using CityOps.Gis.Queries;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>
/// A layer as its readers see it at one moment: a large snapshot and smaller ones of what changed since (the delta). A feature is in one part only. Never
/// changes; a reader takes one reference per request and asks every part.
/// </summary>
/// <param name="Parts">The oldest and largest first.</param>
/// <param name="Version"><c>cityops.layer.version</c> as of which this is.</param>
/// <param name="Lsn">Commit position in PostgreSQL's log up to which changes are in it; 0 where it was not followed.</param>
/// <param name="AsOf">When the data stood like this in the database.</param>
public sealed record LayerView(LayerDefinition Layer, IReadOnlyList<ViewPart> Parts, DepartmentTree Departments, long Version, ulong Lsn, DateTimeOffset AsOf)
{
    /// <summary>Features, removed ones included.</summary>
    public long Count => Parts.Sum(part => (long)part.Count);
    public long Bytes => Parts.Sum(part => part.Snapshot.Bytes + part.Dead.Bytes);

    /// <summary>A snapshot as it was loaded, with no changes since.</summary>
    public static LayerView Of(LayerSnapshot snapshot, ulong lsn = 0, DateTimeOffset? asOf = null)
        => new(snapshot.Layer, [new(snapshot, DeadRows.None)], snapshot.Departments, snapshot.Version, lsn, asOf ?? DateTimeOffset.UtcNow);

    /// <summary>The question compiled against every part that may answer it.</summary>
    public IReadOnlyList<SnapshotFilter> Ask(FeatureQuery query)
        => [.. Parts.Select(part => new SnapshotFilter(part.Snapshot, query, Departments, part.Dead)).Where(filter => !filter.IsNever)];
}
