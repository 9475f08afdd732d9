namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>Which database a snapshot was read from, and as of what; equal origins are equal features.</summary>
/// <param name="System">Identifier of the PostgreSQL cluster; 0 = unknown.</param>
/// <param name="Lsn">Position in the cluster's log; says when, not what, and so does not count in <see cref="IsSame"/>.</param>
/// <param name="AsOf">When the database stood like this.</param>
public readonly record struct SnapshotOrigin(ulong System, LayerStamp Stamp, ulong Lsn, DateTimeOffset AsOf)
{
    /// <summary>Read from the same table while it held the same features.</summary>
    public bool IsSame(SnapshotOrigin other) => System != 0 && System == other.System && Stamp == other.Stamp;
}
