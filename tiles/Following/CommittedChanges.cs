namespace CityOps.Gis.Tiles.Following;

/// <summary>What one transaction did to the layers.</summary>
/// <param name="lsn">Where its commit stands in the server's log: a copy taken at a later position holds it.</param>
sealed class CommittedChanges(ulong lsn, DateTimeOffset at)
{
    public ulong Lsn => lsn;

    /// <summary>When it was committed, by the server's clock.</summary>
    public DateTimeOffset At => at;

    /// <summary>Where the log goes on after it.</summary>
    public ulong End { get; private set; }
    public Dictionary<string, LayerChanges> Layers { get; } = [];
    public Dictionary<string, LayerVersion> Versions { get; } = [];
    public bool HasDepartments { get; set; }

    /// <summary>A mark that a follower wrote into the log to find this place again; null = it is no mark.</summary>
    public string? Mark { get; set; }
    public long Bytes => Layers.Values.Sum(layer => layer.Bytes);

    public LayerChanges Of(string layerId) => Layers.TryGetValue(layerId, out var found) ? found : Layers[layerId] = new();

    public void Commit(ulong end)
    {
        End = end;
        foreach (var layer in Layers.Values)
            layer.Commit(end);
    }
}
