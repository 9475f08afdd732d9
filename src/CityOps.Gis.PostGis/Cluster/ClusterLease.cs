namespace CityOps.Gis.PostGis.Cluster;

/// <summary>Keeps a <see cref="PrivateCluster"/> running; the last lease of all processes to be disposed stops it.</summary>
public sealed class ClusterLease : IDisposable
{
    readonly PrivateCluster _cluster;
    FileStream? _held;

    internal ClusterLease(PrivateCluster cluster, FileStream held)
    {
        _cluster = cluster;
        _held = held;
    }

    public string ConnectionString => _cluster.ConnectionString;

    /// <summary>Starts the server again where it has crashed; false where it runs, or somebody stopped it.</summary>
    /// <exception cref="ClusterException">It does not start.</exception>
    public bool Revive() => _cluster.Revive();

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _held, null) is { } held)
            _cluster.Leave(held);
    }
}
