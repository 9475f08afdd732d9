using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using CityOps.Gis.PostGis.Audit;
using CityOps.Gis.PostGis.Backups;

namespace CityOps.Gis.Web.Commands;

/// <summary><c>cityops backup</c>: the whole database in one file.</summary>
static class BackupCommand
{
    public static Command Make()
    {
        var file = new Argument<string>("file") { Description = Texts.Both("写到此文件；不覆盖已有文件", "file to write; one that is there already is left alone") };
        return new Command("backup", Texts.Both("备份整个数据库到一个文件（pg_dump 自定义格式）；平台可继续运行", "back up the whole database into one file (pg_dump's custom format), while it is used")) { file }
            .DoesInPerson((parsed, output, cancel) => Write(parsed, parsed.GetValue(file)!, output, cancel))
            .WithExamples("./cityops backup backups/cityops-2026-11-26.dump");
    }

    static async Task<int> Write(ParseResult parsed, string file, Output output, CancellationToken cancel)
    {
        // Not migrated first: a backup is what one makes before an update.
        await using var database = await parsed.Database(cancel);
        var clock = Stopwatch.StartNew();
        try
        {
            var bytes = await output.WithProgress(progress => new DatabaseBackup(database.ConnectionString).Write(file, new Steps(progress), cancel));
            await ConsoleCaller.Tell(database.ConnectionString, new(AuditKind.BackupMade, Path.GetFullPath(file), After: new { bytes }), cancel);
            var (path, seconds) = (Path.GetFullPath(file), clock.Elapsed.TotalSeconds);
            output.Answer(new { file = path, checksum = path + BackupFile.ChecksumEnding, bytes, seconds });
            output.Say(
                string.Create(CultureInfo.InvariantCulture, $"备份已写入 {path}（{bytes / 1e6:N1} MB，{seconds:N0} 秒），校验和在 {Path.GetFileName(path)}{BackupFile.ChecksumEnding}。恢复：./cityops restore {file}"),
                string.Create(CultureInfo.InvariantCulture, $"The backup is in {path} ({bytes / 1e6:N1} MB, {seconds:N0} s), its checksum in {Path.GetFileName(path)}{BackupFile.ChecksumEnding}. Restore it with ./cityops restore {file}"));
            return ExitCode.Done;
        }
        catch (BackupException fault)
        {
            throw new CommandException(fault.Reason);
        }
    }

    /// <summary>Hands a backup's steps to the console's progress.</summary>
    internal sealed class Steps(IProgress<Output.Step> target) : IProgress<BackupStep>
    {
        public void Report(BackupStep value) => target.Report(new(value.Name, value.Done, value.Total));
    }
}
