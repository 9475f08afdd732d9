using System.CommandLine;
using System.Diagnostics;
using CityOps.Gis.PostGis.Cluster;
using Npgsql;

namespace CityOps.Gis.Web.Commands;

/// <summary><c>cityops db</c>: the private PostgreSQL cluster under <c>.data/pg</c>.</summary>
static class DbCommands
{
    public static Command Make()
    {
        var printConnection = new Option<bool>("--print-connection") { Description = Texts.Both("只输出连接字符串", "print the connection string and nothing else") };
        var yes = new Option<bool>("--yes") { Description = Texts.Both("不经询问直接删除", "delete without asking") };
        var arguments = new Argument<string[]>("arguments") { Arity = ArgumentArity.ZeroOrMore, Description = Texts.Both("传给 psql 的参数，写在 -- 之后", "arguments for psql, after --") };
        return new Command("db", Texts.Both("自带数据库：启动、停止、查看状态、清空、psql", "the program's own database: start, stop, status, reset, psql"))
        {
            new Command("start", Texts.Both("启动，并保持运行", "start it and leave it running")) { printConnection }
                .Does((parsed, output, _) => Start(parsed, output, parsed.GetValue(printConnection))),
            new Command("stop", Texts.Both("停止", "stop it")).Does(Stop),
            new Command("status", Texts.Both("是否在运行、数据在哪里", "say whether it runs, and where its data is")).Does(Status),
            new Command("reset", Texts.Both("停止并删除全部数据", "stop it and delete all its data")) { yes }.Does((parsed, output, _) => Reset(parsed, output, parsed.GetValue(yes))),
            new Command("psql", Texts.Both("在数据库上打开 psql", "open psql on the database")) { arguments }.Does((parsed, _, cancel) => Psql(parsed, parsed.GetValue(arguments) ?? [], cancel)),
        }.WithExamples(
            "./cityops db start",
            "./cityops db psql -- -c 'select count(*) from gis.components'",
            "./cityops db reset --yes");
    }

    static Task<int> Start(ParseResult parsed, Output output, bool printConnection)
    {
        var cluster = PrivateCluster.At(parsed.ClusterFolder());
        cluster.StartAndKeep();
        if (printConnection)
            Console.Out.WriteLine(cluster.ConnectionString);
        else
            output.Say($"数据库正在运行：{cluster.ConnectionString}", $"The database is running: {cluster.ConnectionString}");
        return Task.FromResult(ExitCode.Done);
    }

    static Task<int> Stop(ParseResult parsed, Output output, CancellationToken cancel)
    {
        PrivateCluster.At(parsed.ClusterFolder()).Stop();
        output.Say("数据库已停止。", "The database is stopped.");
        return Task.FromResult(ExitCode.Done);
    }

    static Task<int> Status(ParseResult parsed, Output output, CancellationToken cancel)
    {
        if (OpenDatabase.FromEnvironment is { } named)
        {
            output.Say($"使用 CITYOPS_DATABASE 指定的服务器：{named}", $"CITYOPS_DATABASE names the server: {named}");
            return Task.FromResult(ExitCode.Done);
        }
        var cluster = PrivateCluster.At(parsed.ClusterFolder());
        var isRunning = cluster.IsRunning;
        output.Answer(new { isRunning, socket = cluster.SocketFolder, folder = parsed.ClusterFolder() });
        output.Say(
            isRunning ? $"正在运行，套接字在 {cluster.SocketFolder}，数据在 {parsed.ClusterFolder()}" : $"未运行，数据在 {parsed.ClusterFolder()}",
            isRunning ? $"Running, socket in {cluster.SocketFolder}, data in {parsed.ClusterFolder()}" : $"Not running, data in {parsed.ClusterFolder()}");
        return Task.FromResult(isRunning ? ExitCode.Done : ExitCode.NoDatabase);
    }

    static Task<int> Reset(ParseResult parsed, Output output, bool isAgreed)
    {
        if (!isAgreed && (Console.IsInputRedirected || !Spectre.Console.AnsiConsole.Confirm(Texts.Both("删除全部数据？", "Delete all data?"), defaultValue: false)))
        {
            output.Fault(new("没有删除任何数据。如要删除，请加 --yes。", "Nothing was deleted. Add --yes to delete all data."));
            return Task.FromResult(ExitCode.WrongInput);
        }
        PrivateCluster.At(parsed.ClusterFolder()).Reset();
        if (Directory.Exists(EngineSettings.Folder))
            Directory.Delete(EngineSettings.Folder, recursive: true);
        output.Say("数据已删除。", "All data is deleted.");
        return Task.FromResult(ExitCode.Done);
    }

    static async Task<int> Psql(ParseResult parsed, string[] arguments, CancellationToken cancel)
    {
        await using var database = await parsed.Database(cancel);
        var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var start = new ProcessStartInfo(PostgresTools.Find().PathOf("psql"), ["-h", connection.Host!, "-p", $"{connection.Port}", "-U", connection.Username!, "-d", connection.Database!, .. arguments]);
        if (connection.Password is { Length: > 0 } password)
            start.Environment["PGPASSWORD"] = password;
        using var psql = Process.Start(start)!;
        await psql.WaitForExitAsync(cancel);
        return psql.ExitCode == 0 ? ExitCode.Done : ExitCode.DoneWithIssues;
    }
}
