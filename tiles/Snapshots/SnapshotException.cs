using CityOps.Gis.Layers;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>A layer cannot be held in memory or its copy from the database cannot be read.</summary>
public sealed class SnapshotException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The message in both languages, where it is for the operator.</summary>
    public LocalText? Reason { get; init; }
}
