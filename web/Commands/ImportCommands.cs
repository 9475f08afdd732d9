using System.CommandLine;
using CityOps.Gis.PostGis.Audit;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Loading;

namespace CityOps.Gis.Web.Commands;

/// <summary><c>cityops inspect</c>, <c>check</c> and <c>import</c>.</summary>
static class ImportCommands
{
    public static Command Inspect()
    {
        var (path, options) = (Path(ArgumentArity.ExactlyOne), new DeliveryOptions());
        var command = new Command("inspect", Texts.Both("说明交付数据是什么：图层、字段、编码、坐标系，并给出依据", "say what a delivery is, with the evidence: layers, fields, encoding, reference system")) { path };
        options.AddTo(command);
        return command
            .Does(async (parsed, output, cancel) =>
            {
                await using var workspace = await Workspace.Open(parsed, cancel);
                var result = await new Importer(workspace.Source, workspace.Catalog).Inspect(parsed.GetValue(path)!, await options.Read(parsed, workspace, cancel), cancel);
                return ImportAnswers.Inspected(output, result);
            })
            .WithExamples("./cityops inspect 部件普查.zip", "./cityops inspect survey.gdb --layer components --json");
    }

    public static Command Check()
    {
        var (path, options, report) = (Path(ArgumentArity.ExactlyOne), new DeliveryOptions(), Report());
        var command = new Command("check", Texts.Both("检查交付数据，并与库中数据比较；不入库", "check a delivery and compare it with the layer; nothing is imported")) { path, report };
        options.AddTo(command);
        return command
            .Does(async (parsed, output, cancel) =>
            {
                await using var workspace = await Workspace.Open(parsed, cancel);
                var settings = await options.Read(parsed, workspace, cancel);
                var result = await output.WithProgress(progress => new Importer(workspace.Source, workspace.Catalog)
                    .Import(parsed.GetValue(path)!, settings, checkOnly: true, progress: new Steps(progress), cancel: cancel));
                return await ImportAnswers.Ended(output, workspace, result, parsed.GetValue(report), cancel);
            })
            .WithExamples("./cityops check 部件普查.zip", "./cityops check 部件普查.zip --report reports/");
    }

    public static Command Import()
    {
        var (path, options, report) = (Path(ArgumentArity.ZeroOrOne), new DeliveryOptions(), Report());
        var accept = new Option<bool>("--accept") { Description = Texts.Both("被拒或移除的比例超过上限也发布", "publish even where more rows are refused or removed than the limits allow") };
        var resume = new Option<long?>("--resume") { HelpName = "batch", Description = Texts.Both("继续被中断的或待确认的批次", "take up a batch that was interrupted or waits for you") };
        var command = new Command("import", Texts.Both("导入交付数据：检查、比较、发布", "import a delivery: check, compare, publish")) { path, accept, resume, report };
        options.AddTo(command);
        return command
            .DoesInPerson(async (parsed, output, cancel) =>
            {
                await using var workspace = await Workspace.Open(parsed, cancel);
                var importer = new Importer(workspace.Source, workspace.Catalog);
                var isAccepted = parsed.GetValue(accept);
                if (parsed.GetValue(resume) is { } number)
                {
                    var batch = await BatchCommands.Need(workspace, number, cancel);
                    if (batch.State is BatchState.Published or BatchState.RolledBack or BatchState.Dropped)
                        throw new CommandException(new($"批次 {number} 已结束，不能继续。", $"Batch {number} has ended and cannot be resumed."));
                    var resumed = await output.WithProgress(progress => importer.Resume(batch, isAccepted, new Steps(progress), cancel));
                    await Tell(workspace, batch.Path, resumed, cancel);
                    return await ImportAnswers.Ended(output, workspace, resumed, parsed.GetValue(report), cancel);
                }
                if (parsed.GetValue(path) is not { } delivery)
                    throw new CommandException(new("请给出交付文件、文件夹或 zip，或用 --resume 批次号。", "Name a file, a folder or a zip, or a batch with --resume."));
                var settings = await options.Read(parsed, workspace, cancel);
                var result = await output.WithProgress(progress => importer.Import(delivery, settings, accept: isAccepted, progress: new Steps(progress), cancel: cancel));
                await Tell(workspace, delivery, result, cancel);
                return await ImportAnswers.Ended(output, workspace, result, parsed.GetValue(report), cancel);
            })
            .WithExamples(
                "./cityops import 部件普查.zip",
                "./cityops import spine/unit_grids.shp --layer unit_grids",
                "./cityops import trees.csv --code-rule local --map TreeID=code --set status=完好",
                "./cityops import quarantine-12.geojson --mends 12",
                "./cityops import --resume 12 --accept");
    }

    // As the pages do when a person decides.
    static Task Tell(Workspace workspace, string delivery, ImportResult result, CancellationToken cancel)
        => result.Batch is not { } batch ? Task.CompletedTask : new AuditLog(workspace.Source).Write(
            new(result.Outcome is ImportOutcome.Published or ImportOutcome.Unchanged ? AuditKind.DeliveryPublished : AuditKind.DeliveryChecked,
                System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(delivery)), After: new { batch = batch.Id, counts = batch.Counts.Figures() }), cancel);

    static Argument<string?> Path(ArgumentArity arity) => new("delivery") { Arity = arity, Description = Texts.Both("交付的文件、文件夹或压缩包（zip）", "file, folder or zip that was delivered") };

    static Option<string?> Report() => new("--report") { HelpName = "folder", Description = Texts.Both("把质量报告（HTML、xlsx、GeoJSON）写到此文件夹", "write the quality report (HTML, xlsx, GeoJSON) to this folder") };

    /// <summary>Hands an import's steps to the console's progress.</summary>
    internal sealed class Steps(IProgress<Output.Step> target) : IProgress<ImportStep>
    {
        public void Report(ImportStep value) => target.Report(new(value.Name, value.Done, value.Total));
    }
}
