using System.Diagnostics;
using System.Text.Json;
using CityOps.Gis.PostGis.Cluster;
using CityOps.Gis.PostGis.Diagnosis;
using CityOps.Gis.Testing;
using CityOps.Gis.Web.Commands.Doctor;
using Npgsql;
using Xunit;

namespace CityOps.Gis.Tests.Web.Commands;

/// <summary>The doctor looks at machines that are broken, and at an installation as a person does it.</summary>
public sealed class DoctorTests
{
    static readonly Machine Sound = new() { FreeBytes = _ => 100L << 30, MemoryBytes = () => 16L << 30, VersionOf = program => program + " 1.0", IsPortFree = _ => true };
    static readonly DoctorQuestion Usual = new("http://localhost:8080", [("disk-database", "数据库", "the database", "/data")], null);

    [Fact]
    public void A_sound_machine_has_nothing_to_say() => Assert.All(new MachineDiagnosis(Sound, Usual).Run(), one => Assert.Equal(FindingLevel.Well, one.Level));

    public static TheoryData<string, FindingLevel, string> Broken => new()
    {
        { "full", FindingLevel.Fault, "0.1 GB are free on the disk of the database (/data)" }, { "nearly full", FindingLevel.Warning, "3.0 GB are free" },
        { "no gdal", FindingLevel.Fault, "gdal-bin is not installed" }, { "greedy", FindingLevel.Warning, "the system will end the process for want of memory" },
        { "open", FindingLevel.Warning, "open to the network without encryption" }, { "no address", FindingLevel.Fault, "'nonsense' is no address" }, { "busy", FindingLevel.Note, "Port 8080 is in use" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void What_is_wrong_with_a_machine_is_said(string what, FindingLevel level, string sentence)
    {
        var machine = what switch
        {
            "full" => Sound with { FreeBytes = _ => 100L << 20 },
            "nearly full" => Sound with { FreeBytes = _ => 3L << 30 },
            "no gdal" => Sound with { VersionOf = program => program == "ogr2ogr" ? null : "1.0" },
            "busy" => Sound with { IsPortFree = _ => false },
            _ => Sound,
        };
        var question = what switch
        {
            "greedy" => Usual with { EngineBytes = 15L << 30 },
            "open" => Usual with { Urls = "http://0.0.0.0:8080" },
            "no address" => Usual with { Urls = "nonsense" },
            _ => Usual,
        };
        var finding = Assert.Single(new MachineDiagnosis(machine, question).Run(), one => one.Level != FindingLevel.Well);
        Assert.Equal(level, finding.Level);
        Assert.Contains(sentence, finding.What.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Https_on_the_network_is_no_warning()
        => Assert.All(new MachineDiagnosis(Sound, Usual with { Urls = "https://*:8443; http://127.0.0.1:8080" }).Run(), one => Assert.Equal(FindingLevel.Well, one.Level));

    /// <summary>A server as somebody set it up who wanted it fast: no log for followers, no care for a power cut.</summary>
    [Fact]
    public async Task A_server_with_the_wrong_settings_is_found_by_the_command_in_both_languages()
    {
        using var server = new BadServer("-c wal_level=replica -c fsync=off -c shared_buffers=16MB -c max_wal_senders=2");
        var environment = new Dictionary<string, string> { ["CITYOPS_DATABASE"] = server.ConnectionString };

        var (exitCode, json, _) = await TheProgram.Run(environment, "doctor", "--json", "--lang", "en");
        var (_, chinese, _) = await TheProgram.Run(environment, "doctor", "--lang", "zh");

        Assert.Equal(2, exitCode);
        var found = JsonDocument.Parse(json).RootElement.GetProperty("findings").EnumerateArray().ToDictionary(one => one.GetProperty("id").GetString()!, one => one.GetProperty("level").GetString());
        Assert.Equal(("fault", "fault", "warning", "warning", "note"), (found["wal-level"], found["durability"], found["shared-buffers"], found["replication-slots"], found["migrations"]));
        Assert.Contains("✗ wal_level = replica，瓦片服务不能跟随数据库", chinese, StringComparison.Ordinal);
        Assert.Contains("    → 执行 alter system set wal_level = 'logical'", chinese, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_said_and_has_an_exit_code_of_its_own()
    {
        var (exitCode, answer, _) = await TheProgram.Run(new Dictionary<string, string> { ["CITYOPS_DATABASE"] = "Host=/nowhere;Username=x;Database=x" }, "doctor", "--lang", "en");
        Assert.Equal(3, exitCode);
        Assert.Contains("✗ The database cannot be reached", answer, StringComparison.Ordinal);
    }

    /// <summary>A PostgreSQL of the test's own with settings that the product would not give it.</summary>
    sealed class BadServer : IDisposable
    {
        readonly TempFolder _folder = new();
        readonly PrivateCluster _cluster;

        public BadServer(string settings)
        {
            File.SetUnixFileMode(_folder.Path, (UnixFileMode)0b111_101_101);
            _cluster = PrivateCluster.At(_folder.File("pg"));
            _cluster.Use().Dispose();
            NpgsqlConnection.ClearAllPools();
            Directory.CreateDirectory(_cluster.SocketFolder);
            Control("start", "-o", $"-c listen_addresses='' -c unix_socket_directories={_cluster.SocketFolder} {settings}", "-l", _folder.File("pg/server.log"));
        }

        public string ConnectionString => _cluster.ConnectionString;

        public void Dispose()
        {
            NpgsqlConnection.ClearAllPools();
            _cluster.Reset();
            _folder.Dispose();
        }

        void Control(params string[] arguments)
        {
            string[] command = [PostgresTools.Find().PathOf("pg_ctl"), "-w", "-D", _folder.File("pg"), .. arguments];
            if (Environment.IsPrivilegedProcess)
                command = ["runuser", "-u", "postgres", "--", .. command];
            using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = "/" })!;
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
        }
    }
}
