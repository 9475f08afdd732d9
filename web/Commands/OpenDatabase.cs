using CityOps.Gis.PostGis.Cluster;

namespace CityOps.Gis.Web.Commands;

/// <summary>The database a command works on, running until disposed: <c>CITYOPS_DATABASE</c>, or the private cluster.</summary>
public sealed class OpenDatabase : IAsyncDisposable
{
    readonly ClusterLease? _lease;

    OpenDatabase(string connectionString, ClusterLease? lease)
    {
        ConnectionString = connectionString;
        _lease = lease;
    }

    public static string? FromEnvironment => Environment.GetEnvironmentVariable("CITYOPS_DATABASE") is { Length: > 0 } named ? named : null;

    public string ConnectionString { get; }

    /// <exception cref="ClusterException">The private cluster cannot be made or started.</exception>
    public static Task<OpenDatabase> Open(string clusterFolder, CancellationToken cancel)
    {
        if (FromEnvironment is { } named)
            return Task.FromResult(new OpenDatabase(named, null));
        var lease = PrivateCluster.At(clusterFolder).Use();
        return Task.FromResult(new OpenDatabase(lease.ConnectionString, lease));
    }

    /// <summary>Keeps the private cluster up until disposed, crashes included; null where the server is somebody else's to keep.</summary>
    internal DatabaseKeeper? Keep(Output output) => _lease is null ? null : new(_lease, output);

    public ValueTask DisposeAsync()
    {
        Npgsql.NpgsqlConnection.ClearAllPools();
        _lease?.Dispose();
        return ValueTask.CompletedTask;
    }
}
