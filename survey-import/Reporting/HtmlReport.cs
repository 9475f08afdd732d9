using System.Text;
using System.Xml.Linq;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Checking;

namespace CityOps.Gis.SurveyImport.Reporting;

/// <summary>The report as one page that stands alone and prints on A4: no scripts, no links, nothing to fetch.</summary>
public static class HtmlReport
{
    /// <summary>Faults the page lists; the other files have them all.</summary>
    public const int MostFaults = 200;

    const int MostFiles = 200;
    const int MostCharacters = 120;

    public static void Write(ImportReport report, string language, string file)
        => File.WriteAllText(file, "<!DOCTYPE html>\n" + Page(report, new(language)) + "\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));

    static XElement Page(ImportReport report, ReportText text) => Html.Closed(new("html", new XAttribute("lang", text.Tag),
        new XElement("head",
            new XElement("meta", new XAttribute("charset", "utf-8")),
            new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
            Html.Of("title", null, text.Of("TitleOf", report.DeliveryName, report.Batch.Id)),
            new XElement("style", ReportStyle.Css)),
        new XElement("body",
            new XElement("header", Html.Of("h1", null, text["Title"]), Html.Of("p", null, text.Of("Subtitle", report.Batch.Id, text[report.Layer.Title]))),
            Outcome(report, text),
            Delivery(report, text),
            Numbers(report.Batch.Counts, text),
            ByRule(report, text),
            FaultMap.Of(report, text) is { } map ? Html.Section(text["Section.Map"], map) : null,
            Faults(report, text),
            Files(report, text),
            HtmlLayers.Of(report, text),
            new XElement("footer", text.Of("Footer", report.Batch.Id)))));

    static XElement Outcome(ImportReport report, ReportText text)
    {
        var mood = report.Batch.State == BatchState.Published && report.Batch.Counts.Refused == 0 ? "good" : report.Batch.State == BatchState.Published ? "mixed" : "open";
        return new("section", new XAttribute("class", "outcome " + mood),
            Html.Of("p", "sentence", ReportFacts.Outcome(report, text)),
            ReportFacts.Next(report, text).Select(sentence => Html.Of("p", null, sentence)));
    }

    static XElement Delivery(ImportReport report, ReportText text) => Html.Section(text["Section.Delivery"],
        Html.Table("facts", null, [.. ReportFacts.Delivery(report, text).Select(fact => new[] { Html.Of("th", null, fact.Label), Html.Of("td", null, fact.Value) })]));

    static XElement Numbers(BatchCounts counts, ReportText text) => Html.Section(text["Section.Numbers"],
        new XElement("dl", new XAttribute("class", "numbers"), ReportFacts.Numbers(counts).Select(one =>
            new XElement("div", one is { Name: "Refused", Number: > 0 } ? new XAttribute("class", "error") : null,
                Html.Of("dt", null, text["Count." + one.Name]), Html.Of("dd", null, ReportText.Number(one.Number))))),
        Html.Of("p", "note", text["NumbersNote"]));

    static XElement? ByRule(ImportReport report, ReportText text)
    {
        var rules = report.ByRule();
        if (rules.Count == 0)
            return null;
        string[] headings = [text["Rule.Severity"], text["Rule.Text"], text["Rule.Clause"], text["Rule.Count"], text["Rule.Listed"]];
        return Html.Section(text["Section.Rules"],
            Html.Table("rules", headings, [.. rules.Select(one => new[]
            {
                Badge(one.Severity, text),
                new XElement("td", one.Rule is { } rule ? Html.Of("div", null, text[rule.Text]) : null, Html.Of("code", null, one.Code)),
                new XElement("td", new XAttribute("class", "clause"), ReportFacts.Clauses(one.Rule, text).Select(clause => Html.Of("div", null, clause))),
                Html.Of("td", "number", ReportText.Number(one.Count)),
                Html.Of("td", "number", ReportText.Number(one.Listed)),
            })]),
            Html.Of("p", "note", text["SeverityNote"]));
    }

    static XElement? Faults(ImportReport report, ReportText text)
    {
        if (report.Issues.Count == 0)
            return null;
        string[] headings = [text["Rule.Severity"], text["Fault.Layer"], text["Fault.Row"], text["Fault.Field"], text["Fault.Value"], text["Fault.Expected"], text["Rule.Text"]];
        var shown = report.Issues.Take(MostFaults).ToList();
        return Html.Section(text["Section.Faults"],
            Html.Of("p", "note", text.Of("Listed", ReportText.Number(shown.Count), ReportText.Number(report.IssueCount))
                + (shown.Count < report.Issues.Count ? " " + text["ListedElsewhere"] : "")),
            Html.Table("faults", headings, [.. shown.Select(issue => Fault(issue, text))]));
    }

    static XElement[] Fault(StoredIssue issue, ReportText text) =>
    [
        Badge(ImportReport.SeverityOf(issue.Severity), text),
        Html.Of("td", null, issue.SourceLayer),
        Html.Of("td", "number", ReportFacts.Row(issue, text)),
        Html.Of("td", null, issue.Field),
        Html.Of("td", "value", Html.Short(issue.Value, MostCharacters)),
        Html.Of("td", "value", Html.Short(issue.Expected, MostCharacters)),
        Html.Of("td", null, ImportReport.RuleOf(issue.Code) is { } rule ? text[rule.Text] : issue.Code),
    ];

    static XElement? Files(ImportReport report, ReportText text)
    {
        if (report.Faults.Count == 0)
            return null;
        var refused = report.Faults.Where(fault => fault.Code != "NOT_DATA").ToList();
        var beside = report.Faults.Where(fault => fault.Code == "NOT_DATA").Select(fault => fault.File).ToList();
        var names = text.List(beside.Take(20)) + (beside.Count > 20 ? " …" : "");
        return Html.Section(text["Section.Files"],
            refused.Count == 0 ? null : Html.Table("files", [text["Files.Name"], text["Files.Why"]], [.. refused.Take(MostFiles).Select(fault => new[]
            {
                new XElement("td", Html.Of("div", null, fault.File), Html.Of("code", null, fault.Code)),
                Html.Of("td", null, text[fault.Message]),
            })]),
            refused.Count > MostFiles ? Html.Of("p", "note", text.Of("Listed", ReportText.Number(MostFiles), ReportText.Number(refused.Count))) : null,
            beside.Count == 0 ? null : Html.Of("p", "note", text.Of("Files.Beside", beside.Count, names)));
    }

    static XElement Badge(Severity severity, ReportText text)
        => new("td", new XElement("span", new XAttribute("class", "badge " + severity.ToString().ToLowerInvariant()), ReportFacts.Severity(severity, text)));
}
