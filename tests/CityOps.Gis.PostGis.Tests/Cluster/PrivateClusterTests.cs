using System.Diagnostics;
using System.Globalization;
using CityOps.Gis.PostGis.Cluster;
using Npgsql;
using Xunit;

namespace CityOps.Gis.Tests.PostGis.Cluster;

public sealed class PrivateClusterTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("cityops-cluster-").FullName;
    readonly PrivateCluster _cluster;

    public PrivateClusterTests()
    {
        // The server runs as another user when the tests run as root.
        File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);
        _cluster = PrivateCluster.At(Path.Combine(_folder, "pg"));
    }

    public void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        _cluster.Reset();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void It_listens_on_its_socket_only_and_stops_with_its_last_user()
    {
        var first = _cluster.Use();
        var second = _cluster.Use();
        Assert.Equal("", Scalar("show listen_addresses"));
        first.Dispose();
        Assert.True(_cluster.IsRunning);
        NpgsqlConnection.ClearAllPools();
        second.Dispose();
        Assert.False(_cluster.IsRunning);
    }

    [Fact]
    public void A_killed_server_comes_back_with_what_was_committed()
    {
        using (_cluster.Use())
        {
            Scalar("create table kept as select 42 as answer; select 1");
            Process.GetProcessById(ServerPid()).Kill();
            NpgsqlConnection.ClearAllPools();
            WaitUntilGone();
        }
        using var again = _cluster.Use();
        Assert.Equal(42, Scalar("select answer from kept"));
    }

    [Fact]
    public void A_pid_file_that_names_a_stranger_does_not_keep_it_from_starting()
    {
        _cluster.Use().Dispose();
        var file = Path.Combine(_folder, "pg", "postmaster.pid");
        File.WriteAllText(file, $"{Environment.ProcessId}\n{Path.Combine(_folder, "pg")}\n");
        using var lease = _cluster.Use();
        Assert.Equal(1, Scalar("select 1"));
    }

    object? Scalar(string sql)
    {
        using var connection = new NpgsqlConnection(_cluster.ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar();
    }

    int ServerPid() => int.Parse(File.ReadLines(Path.Combine(_folder, "pg", "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    void WaitUntilGone()
    {
        for (var waited = Stopwatch.StartNew(); _cluster.IsRunning && waited.Elapsed < TimeSpan.FromSeconds(10);)
            Thread.Sleep(50);
    }
}
