using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Checking;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.SurveyImport.Sources;

namespace CityOps.Gis.SurveyImport.Reporting;

/// <summary>What the page and the workbook both say about a delivery, in words.</summary>
static class ReportFacts
{
    /// <summary>Label and value of what the delivery is.</summary>
    public static IEnumerable<(string Label, string Value)> Delivery(ImportReport report, ReportText text)
    {
        var batch = report.Batch;
        yield return (text["Fact.Name"], report.DeliveryName);
        yield return (text["Fact.Layer"], $"{text[report.Layer.Title]} · {report.Layer.Id}");
        yield return (text["Fact.Batch"], $"{batch.Id}");
        yield return (text["Fact.State"], text["State." + (report.Outcome == ImportOutcome.Checked ? "Checked" : batch.State)]);
        yield return (text["Fact.CreatedAt"], text.Time(batch.CreatedAt));
        if (batch.PublishedAt is { } published)
            yield return (text["Fact.PublishedAt"], text.Time(published));
        yield return (text["Fact.Hash"], batch.FileHash);
        if (!string.IsNullOrWhiteSpace(batch.Note))
            yield return (text["Fact.Note"], batch.Note);
    }

    public static IEnumerable<(string Name, long Number)> Numbers(BatchCounts counts) =>
    [
        ("Delivered", counts.Delivered), ("Accepted", counts.Accepted), ("Refused", counts.Refused), ("Added", counts.Added),
        ("Changed", counts.Changed), ("Moved", counts.Moved), ("Removed", counts.Removed), ("Unchanged", counts.Unchanged),
    ];

    /// <summary>How it ended, in one sentence.</summary>
    public static string Outcome(ImportReport report, ReportText text)
    {
        var counts = report.Batch.Counts;
        return text.Of("Outcome." + OutcomeName(report), ReportText.Number(counts.Delivered), ReportText.Number(counts.Accepted), ReportText.Number(counts.Refused));
    }

    /// <summary>What is to be done next: why the batch waits, and how to mend what was refused.</summary>
    public static IEnumerable<string> Next(ImportReport report, ReportText text)
    {
        foreach (var reason in report.Reasons)
            yield return text[reason];
        if (report.Quarantine.Count > 0)
            yield return text.Of("Mend", ReportText.Number(report.Quarantine.Count), report.Batch.Id);
        if (report.IssueCount == 0)
            yield return text["NoFaults"];
    }

    static string OutcomeName(ImportReport report)
    {
        var counts = report.Batch.Counts;
        return report.Batch.State switch
        {
            BatchState.Published => counts.Added + counts.Changed + counts.Moved + counts.Removed > 0 ? "Published" : "Unchanged",
            BatchState.RolledBack => "RolledBack",
            BatchState.Dropped => report.Outcome == ImportOutcome.Checked ? "Checked" : "Dropped",
            BatchState.Staged => "Waits",
            _ => "Open",
        };
    }

    public static string Severity(Severity severity, ReportText text) => text["Severity." + severity.ToString().ToLowerInvariant()];

    /// <summary>The clauses of a rule, one by one, in the words of the language.</summary>
    public static IEnumerable<string> Clauses(Rule? rule, ReportText text) => rule?.ClausesIn(text.Tag) ?? [];

    /// <summary>File and layer, once where they are called the same.</summary>
    public static string Name(SourceLayer layer) => Path.GetFileNameWithoutExtension(layer.File) == layer.Name ? layer.File : $"{layer.File} › {layer.Name}";

    public static string Geometry(GeometryKind? kind, ReportText text) => text["Geometry." + (kind ?? GeometryKind.None)];

    public static string Crs(LayerInspection layer, ReportText text)
        => layer.Crs is not { } finding ? text["Source.NoCrs"]
            : finding.Crs is not { } crs ? text["Source.Unknown"]
            : finding.SwapAxes ? text.Of("Source.Swapped", crs) : crs.ToString();

    public static string Codes(LayerInspection layer, ReportText text) => $"{text["Layout." + layer.CodeLayout]} · {layer.ClassTable}";

    public static bool HasCodes(ImportReport report) => report.Layer.Class?.FromIdentificationCode == true;

    /// <summary>Row of the delivery, or that the whole layer is meant.</summary>
    public static string Row(StoredIssue issue, ReportText text) => issue.Row == 0 ? text["Fault.WholeLayer"] : ReportText.Number(issue.Row);
}
