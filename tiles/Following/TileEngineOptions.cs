namespace CityOps.Gis.Tiles.Following;

/// <summary>How a process holds the layers in memory.</summary>
public sealed record TileEngineOptions
{
    /// <summary>The database; its user must be allowed to replicate.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>Where the layers are kept in files, so that a restart serves at once; null = they are not.</summary>
    public string? Folder { get; init; }

    /// <summary>A layer that changes is written to its files this often at most, and when the process ends in order.</summary>
    public TimeSpan FileInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the end of the process waits for the files.</summary>
    public TimeSpan StopTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often it is looked whether a layer that did not fit into memory would fit now.</summary>
    public TimeSpan RoomInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Memory for all layers together; half of the machine's unless set. A layer that does not fit is answered by PostGIS.</summary>
    public long MemoryBytes { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;
}
