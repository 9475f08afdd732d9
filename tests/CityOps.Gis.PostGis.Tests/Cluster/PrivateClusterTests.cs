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
    public async Task A_killed_server_is_not_started_beside_a_session_that_has_not_noticed()
    {
        using var lease = _cluster.Use();
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_cluster.ConnectionString) { Pooling = false, CommandTimeout = 0 }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        var session = connection.ProcessID;
        await using var command = new NpgsqlCommand("select count(*) from generate_series(1, 100000000000) n where n % 7 = 8", connection);
        var computing = command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        while (!Scalar($"select state from pg_stat_activity where pid = {session}")!.Equals("active"))
            await Task.Delay(20, TestContext.Current.CancellationToken);
        NpgsqlConnection.ClearAllPools();
        Process.GetProcessById(ServerPid()).Kill();
        WaitUntilGone();
        Assert.True(_cluster.HasCrashed);

        var starting = Task.Run(() => _cluster.Use(), TestContext.Current.CancellationToken);
        await Task.WhenAny(starting, Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken));
        Assert.False(starting.IsCompleted);
        Process.GetProcessById(session).Kill();

        (await starting).Dispose();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => computing);
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
