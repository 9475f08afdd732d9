namespace CityOps.Gis.Tiles.Following;

/// <summary>A row of <c>cityops.layer</c> as a transaction left it; see <see cref="Snapshots.LayerStamp"/>.</summary>
readonly record struct LayerVersion(long Version, long ChangedAt, long ReloadVersion);
