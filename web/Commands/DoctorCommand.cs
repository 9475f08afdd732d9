using System.CommandLine;
using System.Globalization;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Diagnosis;
using CityOps.Gis.Web.Commands.Doctor;
using CityOps.Gis.Web.Imports;
using Npgsql;

namespace CityOps.Gis.Web.Commands;

/// <summary><c>cityops doctor</c>: looks at a machine and an installation, and says for each thing what is wrong and what to do.</summary>
static class DoctorCommand
{
    public static Command Make()
    {
        var urls = new Option<string>("--urls") { HelpName = "urls", Description = Texts.Both("平台监听的地址", "addresses that the program serves"), DefaultValueFactory = _ => "http://localhost:8080" };
        return new Command("doctor", Texts.Both("检查本机和安装：说明哪里有问题、怎样处理", "check the machine and the installation: what is wrong, and what to do")) { urls }
            .Does((parsed, output, cancel) => Examine(parsed, parsed.GetValue(urls)!, output, cancel))
            .WithExamples("./cityops doctor", "./cityops doctor --urls https://0.0.0.0:8443 --json");
    }

    static async Task<int> Examine(ParseResult parsed, string urls, Output output, CancellationToken cancel)
    {
        var findings = new List<Finding>(new MachineDiagnosis(new(), Question(parsed, urls)).Run());
        var catalog = LayerCatalog.Load(Workspace.LayerFolders);
        findings.Add(Finding.Well("layer-definitions", $"{catalog.Layers.Count} 个图层定义没有错误", $"{catalog.Layers.Count} layer definitions are sound"));
        var isReached = await Database(parsed, catalog, findings, cancel);
        Show(output, findings);
        return !isReached ? ExitCode.NoDatabase : findings.Max(one => one.Level) switch
        {
            FindingLevel.Fault => ExitCode.WrongInput,
            FindingLevel.Warning => ExitCode.DoneWithIssues,
            _ => ExitCode.Done,
        };
    }

    static DoctorQuestion Question(ParseResult parsed, string urls)
    {
        var folders = new List<(string, string, string, string)>
        {
            ("disk-uploads", "上传文件", "uploads", new ImportOptions().Folder), ("disk-snapshots", "图层快照", "snapshots of layers", EngineSettings.Folder), ("disk-temporary", "临时文件", "temporary files", Path.GetTempPath()),
        };
        if (OpenDatabase.FromEnvironment is null)
            folders.Insert(0, ("disk-database", "数据库", "the database", parsed.ClusterFolder()));
        return new(urls, folders, EngineSettings.MemoryBytes);
    }

    /// <returns>False where there should be a database and none answers.</returns>
    static async Task<bool> Database(ParseResult parsed, LayerCatalog catalog, List<Finding> findings, CancellationToken cancel)
    {
        if (OpenDatabase.FromEnvironment is null && !File.Exists(Path.Combine(parsed.ClusterFolder(), "PG_VERSION")))
        {
            findings.Add(Finding.Note("database", "还没有数据库；./cityops up 或 demo 会建立", "There is no database yet; ./cityops up or demo makes it"));
            return true;
        }
        try
        {
            await using var database = await parsed.Database(cancel);
            await using var connection = new NpgsqlConnection(database.ConnectionString);
            await connection.OpenAsync(cancel);
            var clock = TimeProvider.System;
            await foreach (var finding in new ServerDiagnosis(connection, clock).Run(cancel))
                findings.Add(finding);
            await foreach (var finding in new InstallationDiagnosis(connection, catalog, clock).Run(cancel))
                findings.Add(finding);
            return true;
        }
        catch (Exception fault) when (fault is NpgsqlException or PostGis.Cluster.ClusterException)
        {
            findings.Add(Finding.Fault("database", new($"数据库无法连接：{fault.Message}", $"The database cannot be reached: {fault.Message}"),
                new("检查 CITYOPS_DATABASE；自带数据库用 ./cityops db status 和 .data/pg/server.log 查看。", "Look at CITYOPS_DATABASE; for the program's own, at ./cityops db status and .data/pg/server.log.")));
            return false;
        }
    }

    static void Show(Output output, List<Finding> findings)
    {
        output.Answer(new { worst = findings.Max(one => one.Level), findings = findings.Select(one => new { one.Id, one.Level, what = one.What.In(output.Language), remedy = one.Remedy?.In(output.Language) }) });
        foreach (var one in findings)
        {
            output.Say(new($"{Sign(one.Level)} {one.What.Zh}", $"{Sign(one.Level)} {one.What.En}"));
            if (one.Remedy is { } remedy)
                output.Say(new($"    → {remedy.Zh}", $"    → {remedy.En}"));
        }
        var (warnings, faults) = (findings.Count(one => one.Level == FindingLevel.Warning), findings.Count(one => one.Level == FindingLevel.Fault));
        output.Say(string.Create(CultureInfo.InvariantCulture, $"检查了 {findings.Count} 项：{faults} 项错误，{warnings} 项警告。"), string.Create(CultureInfo.InvariantCulture, $"{findings.Count} things were looked at: {faults} faults, {warnings} warnings."));
    }

    static string Sign(FindingLevel level) => level switch
    {
        FindingLevel.Well => "✓",
        FindingLevel.Note => "·",
        FindingLevel.Warning => "!",
        _ => "✗",
    };
}
