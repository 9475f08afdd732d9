using System.CommandLine;
using System.Globalization;
using CityOps.Gis.PostGis.Audit;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Loading;

namespace CityOps.Gis.Web.Commands;

/// <summary><c>cityops batches</c> and <c>rollback</c>.</summary>
static class BatchCommands
{
    /// <exception cref="CommandException">There is none of this number.</exception>
    public static async Task<Batch> Need(Workspace workspace, long number, CancellationToken cancel)
        => await new BatchStore(workspace.Source).Find(number, cancel)
            ?? throw new CommandException(new($"没有批次 {number}；./cityops batches 列出全部批次。", $"There is no batch {number}; ./cityops batches lists them."));

    public static Command Batches()
    {
        var report = new Option<string>("--report") { HelpName = "folder", Description = Texts.Both("写到此文件夹", "folder to write to"), DefaultValueFactory = _ => "." };
        var (dropped, reported) = (Number(), Number());
        return new Command("batches", Texts.Both("列出批次；放弃批次；重新出具报告", "list the batches; give one up; write its report again"))
        {
            new Command("drop", Texts.Both("放弃未发布的批次", "give up a batch that is not published")) { dropped }
                .DoesInPerson((parsed, output, cancel) => Drop(parsed, output, parsed.GetValue(dropped), cancel)).WithExamples("./cityops batches drop 12"),
            new Command("report", Texts.Both("出具批次的质量报告和被拒行文件", "write the quality report of a batch and the file of its refused rows")) { reported, report }
                .Does((parsed, output, cancel) => Report(parsed, output, parsed.GetValue(reported), parsed.GetValue(report)!, cancel)).WithExamples("./cityops batches report 12 --report reports/"),
        }.Does(List).WithExamples("./cityops batches", "./cityops batches report 12 --report reports/", "./cityops batches drop 12");
    }

    public static Command Rollback()
    {
        var number = Number();
        return new Command("rollback", Texts.Both("撤回已发布的批次，恢复发布前的数据", "take back a published batch: the layer is as it was before")) { number }
            .DoesInPerson((parsed, output, cancel) => RollBack(parsed, output, parsed.GetValue(number), cancel))
            .WithExamples("./cityops rollback 12");
    }

    static Argument<long> Number() => new("batch") { Description = Texts.Both("批次号", "number of the batch") };

    static async Task<int> List(ParseResult parsed, Output output, CancellationToken cancel)
    {
        await using var workspace = await Workspace.Open(parsed, cancel);
        var batches = await new BatchStore(workspace.Source).List(50, cancel);
        output.Answer(batches.Select(one => new { one.Id, one.LayerId, one.State, one.Path, one.FileHash, one.Counts, one.CreatedAt, one.PublishedAt }));
        if (batches.Count == 0)
            output.Say("还没有批次。导入示例：./cityops import 部件普查.zip", "There are no batches yet. Import one: ./cityops import survey.zip");
        else
            output.Table(
                [Texts.Both("批次", "Batch"), Texts.Both("图层", "Layer"), Texts.Both("状态", "State"), Texts.Both("时间", "Time"), Texts.Both("交付", "Delivered"), Texts.Both("被拒", "Refused"), Texts.Both("文件", "File")],
                batches.Select(one => (IReadOnlyList<string>)
                [
                    Text(one.Id), one.LayerId, Name(one.State), one.CreatedAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), Text(one.Counts.Delivered), Text(one.Counts.Refused), Path.GetFileName(one.Path),
                ]));
        return ExitCode.Done;
    }

    static async Task<int> Drop(ParseResult parsed, Output output, long number, CancellationToken cancel)
    {
        await using var workspace = await Workspace.Open(parsed, cancel);
        var batch = await Need(workspace, number, cancel);
        if (batch.State is BatchState.Published)
            throw new CommandException(new($"批次 {number} 已发布；请用 rollback {number} 撤回。", $"Batch {number} is published; take it back with rollback {number}."));
        await new Importer(workspace.Source, workspace.Catalog).Drop(batch, cancel);
        await new AuditLog(workspace.Source).Write(new(AuditKind.DeliveryDropped, Path.GetFileName(batch.Path), After: new { batch = number }), cancel);
        output.Say($"批次 {number} 已放弃。", $"Batch {number} is given up.");
        return ExitCode.Done;
    }

    static async Task<int> Report(ParseResult parsed, Output output, long number, string folder, CancellationToken cancel)
    {
        await using var workspace = await Workspace.Open(parsed, cancel);
        await ImportReports.Write(output, workspace, await Need(workspace, number, cancel), folder, cancel);
        return ExitCode.Done;
    }

    static async Task<int> RollBack(ParseResult parsed, Output output, long number, CancellationToken cancel)
    {
        await using var workspace = await Workspace.Open(parsed, cancel);
        var batch = await Need(workspace, number, cancel);
        if (batch.State != BatchState.Published)
            throw new CommandException(new($"批次 {number} 没有发布，无需撤回。", $"Batch {number} is not published, so there is nothing to take back."));
        var layer = workspace.Catalog.Find(batch.LayerId) ?? throw new CommandException(new($"图层“{batch.LayerId}”已没有定义。", $"The layer '{batch.LayerId}' is no longer defined."));
        var publication = new Publication(workspace.Source, workspace.Catalog);
        if (await publication.ChangedSince(layer, number, cancel) is > 0 and var changed)
            throw new CommandException(new(
                $"批次 {number} 的 {changed} 个要素此后又有变更，请先撤回后来的批次（./cityops batches）。",
                $"{changed} features of batch {number} were changed since; roll back the later batches first (./cityops batches)."));
        var (restored, takenOut) = await publication.RollBack(layer, number, cancel);
        await new AuditLog(workspace.Source).Write(new(AuditKind.DeliveryRolledBack, Path.GetFileName(batch.Path), After: new { batch = number, restored, takenOut }), cancel);
        output.Answer(new { batch = number, restored, takenOut });
        output.Say($"批次 {number} 已撤回：取出 {takenOut:N0} 个要素，恢复 {restored:N0} 个。", $"Batch {number} is rolled back: {takenOut:N0} features taken out, {restored:N0} restored.");
        return ExitCode.Done;
    }

    static string Name(BatchState state) => state switch
    {
        BatchState.Created => Texts.Both("已创建", "created"),
        BatchState.Staging => Texts.Both("读取中", "staging"),
        BatchState.Staged => Texts.Both("待确认", "waits"),
        BatchState.Published => Texts.Both("已发布", "published"),
        BatchState.RolledBack => Texts.Both("已撤回", "rolled back"),
        _ => Texts.Both("已放弃", "dropped"),
    };

    static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
