namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>What <c>cityops.layer</c> says of a layer, and which table of which database it is.</summary>
/// <param name="Version">Grows with every change of the features.</param>
/// <param name="ChangedAt">Of the last change, microseconds since 2000-01-01 UTC: after a restore from a backup the same version may be counted twice.</param>
/// <param name="ReloadVersion">Version whose features replication did not bring.</param>
/// <param name="Database">Object id of the database.</param>
/// <param name="Table">Object id of the layer's table.</param>
public readonly record struct LayerStamp(long Version, long ChangedAt, long ReloadVersion, long Database, long Table);
