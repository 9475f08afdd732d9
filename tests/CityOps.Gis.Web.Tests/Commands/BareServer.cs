using CityOps.Gis.PostGis.Cluster;
using Npgsql;
using Xunit;

namespace CityOps.Gis.Tests.Web.Commands;

/// <summary>A PostgreSQL server on which nobody has made a role or a database of the product's.</summary>
public sealed class BareServer : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cityops-bare-");
    readonly PrivateCluster? _cluster;
    readonly ClusterLease? _lease;

    public BareServer()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CITYOPS_TEST_DATABASE")))
            return;
        // The server runs as another user when the tests run as root.
        File.SetUnixFileMode(_folder.FullName, (UnixFileMode)0b111_101_101);
        _cluster = PrivateCluster.At(Path.Combine(_folder.FullName, "pg"));
        _lease = _cluster.Use();
    }

    /// <summary>As its administrator; skips the test where there is no PostgreSQL for tests.</summary>
    public NpgsqlConnectionStringBuilder Administrator
    {
        get
        {
            Assert.False(_cluster is null && Environment.GetEnvironmentVariable("CI") == "true", "CITYOPS_TEST_DATABASE is not set, and CI runs every test.");
            Assert.SkipWhen(_cluster is null, "CITYOPS_TEST_DATABASE is not set; run ./cityops test.");
            return new(_cluster!.ConnectionString) { Database = "postgres", Pooling = false };
        }
    }

    public void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        _lease?.Dispose();
        _cluster?.Reset();
        _folder.Delete(recursive: true);
    }
}
