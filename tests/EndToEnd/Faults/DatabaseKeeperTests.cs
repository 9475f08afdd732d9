using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using CityOps.Gis.PostGis.Cluster;
using CityOps.Gis.Testing;
using Npgsql;
using Xunit;

namespace CityOps.Gis.Tests.EndToEnd.Faults;

/// <summary>The program as a person starts it, with a database of its own that nobody else looks after.</summary>
public sealed class DatabaseKeeperTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_own_database_is_started_again_when_it_was_killed_and_not_when_it_was_stopped()
    {
        Assert.SkipWhen(string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CITYOPS_TEST_DATABASE")), "CITYOPS_TEST_DATABASE is not set; run ./cityops test.");
        using var folder = new TempFolder();
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0b111_101_101);
        var cluster = PrivateCluster.At(folder.File("pg"));
        using var program = Start(folder);
        try
        {
            var url = await Address(program);
            using var http = new HttpClient { BaseAddress = new(url) };
            await Becomes(http, HttpStatusCode.OK);

            Process.GetProcessById(cluster.ServerPid!.Value).Kill();
            await Becomes(http, HttpStatusCode.ServiceUnavailable);
            await Becomes(http, HttpStatusCode.OK);

            cluster.Stop();
            await Becomes(http, HttpStatusCode.ServiceUnavailable);
            await Task.Delay(TimeSpan.FromSeconds(2), Cancel);
            Assert.False(cluster.IsRunning);
        }
        finally
        {
            program.Kill();
            await program.WaitForExitAsync(CancellationToken.None);
            NpgsqlConnection.ClearAllPools();
            cluster.Reset();
        }
    }

    static Process Start(TempFolder folder)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "CityOps.Gis.Web.dll"), "up", "--urls", "http://127.0.0.1:0", "--data", folder.File("pg"), "--lang", "en"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["CITYOPS_ROOT"] = folder.Path;
        start.Environment.Remove("CITYOPS_DATABASE");
        var program = Process.Start(start)!;
        _ = program.StandardError.ReadToEndAsync(CancellationToken.None);
        return program;
    }

    static async Task<string> Address(Process program)
    {
        while (await program.StandardOutput.ReadLineAsync(Cancel) is { } line)
            if (Regex.Match(line, @"http://127\.0\.0\.1:\d+") is { Success: true } found)
            {
                _ = program.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return found.Value;
            }
        throw new InvalidOperationException("The program did not start.");
    }

    static async Task Becomes(HttpClient http, HttpStatusCode status)
    {
        var found = HttpStatusCode.OK;
        for (var left = 600; left > 0; left--, await Task.Delay(50, Cancel))
        {
            using var health = await http.GetAsync("/health", Cancel);
            if ((found = health.StatusCode) == status)
                return;
        }
        Assert.Fail($"/health is {found}, and does not become {status}.");
    }
}
