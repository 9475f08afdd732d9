namespace CityOps.Gis.Tiles.Following;

/// <summary>What one transaction did to one layer.</summary>
/// <param name="Lsn">Where its commit stands in the server's log; <paramref name="End"/> is where the log goes on.</param>
sealed record LayerCommit(ulong Lsn, ulong End, DateTimeOffset At, LayerChanges? Changes, LayerVersion? Version);
