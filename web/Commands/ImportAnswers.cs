using System.Globalization;
using CityOps.Gis.Layers;
using CityOps.Gis.SurveyImport.Checking;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.SurveyImport.Mapping;

namespace CityOps.Gis.Web.Commands;

/// <summary>What <c>inspect</c>, <c>check</c> and <c>import</c> say at their end.</summary>
static class ImportAnswers
{
    const int MostNames = 40;

    public static int Inspected(Output output, ImportResult result)
    {
        output.Answer(new { layers = result.Layers.Select(Machine), faults = result.Faults, questions = result.Reasons });
        foreach (var layer in result.Layers)
            Describe(output, layer);
        Problems(output, result);
        return result.Reasons.Count > 0 ? ExitCode.WrongInput : result.Faults.Any(IsTrouble) ? ExitCode.DoneWithIssues : ExitCode.Done;
    }

    public static async Task<int> Ended(Output output, Workspace workspace, ImportResult result, string? reportFolder, CancellationToken cancel)
    {
        output.Answer(new
        {
            outcome = result.Outcome, batch = result.Batch?.Id, state = result.Batch?.State, counts = result.Batch?.Counts, faults = result.Faults, reasons = result.Reasons,
            seconds = result.Seconds.ToDictionary(one => one.Step, one => Math.Round(one.Seconds, 3)),
        });
        Problems(output, result);
        if (result.Batch is not { } batch)
            return ExitCode.WrongInput;
        Numbers(output, result);
        Issues(output, batch.Counts.Issues);
        output.Say(Sentence(result, zh: true), Sentence(result, zh: false));
        if (reportFolder is not null)
            await ImportReports.Write(output, workspace, result, reportFolder, cancel);
        var isClean = batch.Counts.Refused == 0 && !batch.Counts.Issues.Any(one => IsAtLeastWarning(one.Key)) && !result.Faults.Any(IsTrouble) && result.Reasons.Count == 0;
        return isClean ? ExitCode.Done : ExitCode.DoneWithIssues;
    }

    public static bool IsAtLeastWarning(string code) => Enum.TryParse<IssueCode>(code, out var known) && Rules.Of(known).Severity >= Severity.Warning;

    static bool IsTrouble(SurveyImport.Sources.SourceFault fault) => fault.Code != "NOT_DATA";

    static void Describe(Output output, LayerInspection layer)
    {
        var source = layer.Source;
        output.Say($"{source.File}  {source.Name}（{source.Format}，{Name(source.Geometry)}，{Count(source.RowCount)} 行）", $"{source.File}  {source.Name} ({source.Format}, {Name(source.Geometry)}, {Count(source.RowCount)} rows)");
        foreach (var evidence in layer.Evidence)
            output.Say("  · " + evidence.Zh, "  · " + evidence.En);
        output.Table(
            [Texts.Both("交付字段", "Column"), Texts.Both("图层字段", "Field"), Texts.Both("依据", "By")],
            layer.Mapping.Fields.Where(field => field.Column is not null)
                .Select(field => (IReadOnlyList<string>)[layer.Mapping.DeliveredName(field), $"{field.Field.Name}  {field.Field.Title.In(output.Language)}", Name(field.By)]));
        var (left, more) = (layer.Mapping.Unmapped.Take(MostNames), layer.Mapping.Unmapped.Count - MostNames);
        if (layer.Mapping.Unmapped.Count > 0)
            output.Say($"  未对应的字段：{string.Join("、", left)}{(more > 0 ? $" 等，另有 {more} 个" : "")}", $"  Columns that go nowhere: {string.Join(", ", left)}{(more > 0 ? $" and {more} more" : "")}");
    }

    static object Machine(LayerInspection layer) => new
    {
        file = layer.Source.File, name = layer.Source.Name, format = layer.Source.Format, geometry = layer.Source.Geometry, rows = layer.Source.RowCount, encoding = layer.Source.Encoding,
        crs = layer.Crs?.Crs?.ToString(), certainty = layer.Crs?.Certainty, swapAxes = layer.Crs?.SwapAxes, codeLayout = layer.CodeLayout, classTable = layer.ClassTable,
        fields = layer.Mapping.Fields.Where(field => field.Column is not null).ToDictionary(field => field.Field.Name, field => layer.Mapping.DeliveredName(field)),
        unmapped = layer.Mapping.Unmapped, evidence = layer.Evidence, questions = layer.Questions.Select(question => question.Sentence),
    };

    static void Problems(Output output, ImportResult result)
    {
        foreach (var fault in result.Faults.Where(IsTrouble))
            output.Fault(fault.Message);
        foreach (var reason in result.Reasons)
            output.Fault(reason);
    }

    static void Numbers(Output output, ImportResult result)
    {
        var counts = result.Batch!.Counts;
        output.Table(
            [Texts.Both("交付", "delivered"), Texts.Both("接受", "accepted"), Texts.Both("被拒", "refused"), Texts.Both("新增", "added"), Texts.Both("变更", "changed"), Texts.Both("移位", "moved"), Texts.Both("移除", "removed"), Texts.Both("未变", "unchanged")],
            [[Count(counts.Delivered), Count(counts.Accepted), Count(counts.Refused), Count(counts.Added), Count(counts.Changed), Count(counts.Moved), Count(counts.Removed), Count(counts.Unchanged)]]);
    }

    static void Issues(Output output, IReadOnlyDictionary<string, long> issues)
    {
        if (issues.Count == 0)
            return;
        output.Table(
            [Texts.Both("检查", "Check"), Texts.Both("级别", "Severity"), Texts.Both("数量", "Count"), Texts.Both("说明", "What")],
            issues.OrderByDescending(one => one.Value).Where(one => Enum.TryParse<IssueCode>(one.Key, out _)).Select(one =>
            {
                var rule = Rules.Of(Enum.Parse<IssueCode>(one.Key));
                return (IReadOnlyList<string>)[one.Key, Name(rule.Severity), Count(one.Value), rule.Text.In(output.Language)];
            }));
    }

    static string Name(GeometryKind? kind) => kind switch
    {
        GeometryKind.Point => Texts.Both("点", "points"),
        GeometryKind.Line => Texts.Both("线", "lines"),
        GeometryKind.Polygon => Texts.Both("面", "polygons"),
        GeometryKind.Any => Texts.Both("点线面混合", "mixed geometry"),
        _ => Texts.Both("无图形", "no geometry"),
    };

    static string Name(MappedBy by) => by switch
    {
        MappedBy.Profile => Texts.Both("方案指定", "profile"),
        MappedBy.CutName => Texts.Both("截断的名称", "cut name"),
        _ => Texts.Both("名称", "name"),
    };

    static string Name(Severity severity) => severity switch
    {
        Severity.Error => Texts.Both("错误", "error"),
        Severity.Warning => Texts.Both("警告", "warning"),
        _ => Texts.Both("提示", "note"),
    };

    static string Sentence(ImportResult result, bool zh)
    {
        var (id, seconds) = (result.Batch!.Id, result.Seconds.Sum(one => one.Seconds).ToString("0.0", CultureInfo.InvariantCulture));
        return (result.Outcome, zh) switch
        {
            (ImportOutcome.Published, true) => $"批次 {id} 已发布，用时 {seconds} 秒。撤回：./cityops rollback {id}",
            (ImportOutcome.Published, false) => $"Batch {id} is published, after {seconds} s. Take it back with ./cityops rollback {id}",
            (ImportOutcome.Unchanged, true) => $"批次 {id}：库中已有全部内容，没有变化（{seconds} 秒）。",
            (ImportOutcome.Unchanged, false) => $"Batch {id}: the layer holds all of it already; nothing changed ({seconds} s).",
            (ImportOutcome.Checked, true) => $"已检查，未入库（{seconds} 秒）。",
            (ImportOutcome.Checked, false) => $"Checked; nothing was imported ({seconds} s).",
            (_, true) => $"批次 {id} 已暂存，等待确认。",
            _ => $"Batch {id} is staged and waits for you.",
        };
    }

    static string Count(long? number) => number?.ToString("N0", CultureInfo.InvariantCulture) ?? "?";
}
