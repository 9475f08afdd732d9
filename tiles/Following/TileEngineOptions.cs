namespace CityOps.Gis.Tiles.Following;

/// <summary>How a process holds the layers in memory.</summary>
public sealed record TileEngineOptions
{
    /// <summary>The database; its user must be allowed to replicate.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>Where a file per layer is kept, so that a restart serves at once; null = none are kept.</summary>
    public string? Folder { get; init; }

    /// <summary>Memory for all layers together; half of the machine's unless set. A layer that does not fit is answered by PostGIS.</summary>
    public long MemoryBytes { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;
}
