using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Audit;
using CityOps.Gis.PostGis.Backups;
using Npgsql;

namespace CityOps.Gis.Web.Commands;

/// <summary><c>cityops restore</c>: makes a database out of a backup.</summary>
static class RestoreCommand
{
    public static Command Make()
    {
        var file = new Argument<string>("file") { Description = Texts.Both("备份文件", "the backup") };
        var into = new Option<string?>("--into") { HelpName = "database", Description = Texts.Both("恢复到此数据库（名称，或连接字符串），默认为平台所用的数据库", "database to restore into, a name or a connection string; the program's own without it") };
        var replace = new Option<bool>("--replace") { Description = Texts.Both("替换已有数据的数据库", "take the place of a database that holds data") };
        return new Command("restore", Texts.Both("从备份恢复数据库；完成之前不影响已有数据", "make the database out of a backup; what is there stays as it is until that is done")) { file, into, replace }
            .DoesInPerson((parsed, output, cancel) => Restore(parsed, parsed.GetValue(file)!, parsed.GetValue(into), parsed.GetValue(replace), output, cancel))
            .WithExamples("./cityops restore backups/cityops-2026-11-26.dump", "./cityops restore backups/cityops-2026-11-26.dump --into cityops_trial", "./cityops restore backups/cityops-2026-11-26.dump --replace");
    }

    static async Task<int> Restore(ParseResult parsed, string file, string? into, bool replace, Output output, CancellationToken cancel)
    {
        var catalog = LayerCatalog.Load(Workspace.LayerFolders);
        await using var database = await parsed.Database(cancel);
        var target = Target(database.ConnectionString, into);
        var clock = Stopwatch.StartNew();
        try
        {
            await output.WithProgress(async progress =>
            {
                var steps = new BackupCommand.Steps(progress);
                await new DatabaseRestore(target.ConnectionString, catalog).Run(await BackupFile.Open(file, steps, cancel), replace, steps, cancel);
                return true;
            });
        }
        catch (BackupException fault)
        {
            throw new CommandException(fault.Reason);
        }
        await ConsoleCaller.Tell(target.ConnectionString, new(AuditKind.DatabaseRestored, target.Database, After: new { file = Path.GetFullPath(file), replace }), cancel);
        output.Answer(new { database = target.Database, seconds = clock.Elapsed.TotalSeconds });
        output.Say(
            string.Create(CultureInfo.InvariantCulture, $"数据库 {target.Database} 已按备份恢复（{clock.Elapsed.TotalSeconds:N0} 秒）。"),
            string.Create(CultureInfo.InvariantCulture, $"The database {target.Database} is as the backup holds it ({clock.Elapsed.TotalSeconds:N0} s)."));
        return ExitCode.Done;
    }

    static NpgsqlConnectionStringBuilder Target(string own, string? into)
    {
        try
        {
            return into is null ? new(own) : into.Contains('=', StringComparison.Ordinal) ? new(into) : new(own) { Database = into };
        }
        catch (ArgumentException fault)
        {
            throw new CommandException(new($"--into 不是数据库名称或连接字符串：{fault.Message}", $"--into is neither the name of a database nor a connection string: {fault.Message}"));
        }
    }
}
