using System.Data;

namespace CityOps.Gis.SurveyImport.Reporting;

/// <summary>The report as a workbook: summary, counts by rule, faults, and the refused rows beside what was found in them.</summary>
public static class ExcelReport
{
    public static void Write(ImportReport report, string language, string file)
    {
        var text = new ReportText(language);
        DataTable[] tables = [Summary(report, text), ByRule(report, text), Faults(report, text)];
        Workbooks.Write([.. tables.Select(table => (table.TableName, (object)table)), (text["Sheet.Quarantine"], Quarantine(report, text))], file);
    }

    static DataTable Summary(ImportReport report, ReportText text)
    {
        var sheet = Workbooks.Sheet(text["Sheet.Summary"], text["Item"], text["Value"]);
        sheet.Rows.Add(text["Section.Outcome"], ReportFacts.Outcome(report, text));
        foreach (var sentence in ReportFacts.Next(report, text))
            sheet.Rows.Add("", sentence);
        foreach (var (label, value) in ReportFacts.Delivery(report, text))
            sheet.Rows.Add(label, value);
        foreach (var (name, number) in ReportFacts.Numbers(report.Batch.Counts))
            sheet.Rows.Add(text["Count." + name], number);
        sheet.Rows.Add(text["Section.Faults"], text.Of("Listed", ReportText.Number(report.Issues.Count), ReportText.Number(report.IssueCount)));
        foreach (var layer in report.Layers)
            sheet.Rows.Add(ReportFacts.Name(layer.Source), text.List(new[]
            {
                layer.Source.Format, ReportFacts.Geometry(layer.Source.Geometry, text),
                $"{text["Source.Rows"]} {(layer.Source.RowCount is { } rows ? ReportText.Number(rows) : text["Source.Unknown"])}",
                layer.Source.Encoding ?? "", ReportFacts.Crs(layer, text),
            }.Where(word => word.Length > 0)));
        foreach (var fault in report.Faults)
            sheet.Rows.Add(fault.File, text[fault.Message]);
        return sheet;
    }

    static DataTable ByRule(ImportReport report, ReportText text)
    {
        var sheet = Workbooks.Sheet(text["Sheet.Rules"],
            text["Rule.Severity"], text["Rule.Code"], text["Rule.Text"], text["Rule.Clause"], text["Rule.Count"], text["Rule.Listed"]);
        foreach (var one in report.ByRule())
            sheet.Rows.Add(ReportFacts.Severity(one.Severity, text), one.Code, one.Rule is { } rule ? text[rule.Text] : "", string.Join("; ", ReportFacts.Clauses(one.Rule, text)), one.Count, one.Listed);
        return sheet;
    }

    static DataTable Faults(ImportReport report, ReportText text)
    {
        var sheet = Workbooks.Sheet(text["Sheet.Faults"],
            text["Rule.Severity"], text["Rule.Code"], text["Fault.Layer"], text["Fault.Row"], text["Fault.Field"], text["Fault.Value"],
            text["Fault.Expected"], text["Rule.Text"], text["Rule.Clause"], text["Fault.Longitude"], text["Fault.Latitude"]);
        foreach (var issue in report.Issues.Take(Workbooks.MostRows))
        {
            var rule = ImportReport.RuleOf(issue.Code);
            sheet.Rows.Add(
                ReportFacts.Severity(ImportReport.SeverityOf(issue.Severity), text), issue.Code, issue.SourceLayer,
                issue.Row == 0 ? text["Fault.WholeLayer"] : issue.Row, issue.Field, issue.Value, issue.Expected,
                rule is null ? "" : text[rule.Text], string.Join("; ", ReportFacts.Clauses(rule, text)), issue.X, issue.Y);
        }
        return sheet;
    }

    // Rows of all layers in one sheet; a column that a row's layer does not have stays empty.
    static object Quarantine(ImportReport report, ReportText text)
    {
        var tables = RefusedTable.Of(report);
        var columns = tables.SelectMany(table => table.Columns).Distinct().ToList();
        string[] own = [text["Fault.Layer"], text["Fault.Row"], text["Fault.Faults"]];
        var messages = Messages(report, text);
        return Workbooks.Rows(
            [.. own, .. columns.Select(column => own.Contains(column) ? column + " 2" : column)],
            tables.SelectMany(table => table.Rows.Select(row => Cells(table, row, columns, string.Join(text.IsChinese ? "；" : "; ", messages[(row.SourceLayer, row.Number)].Distinct())))));
    }

    static IEnumerable<object?> Cells(RefusedTable table, RefusedTable.Row row, List<string> columns, string messages)
    {
        var cells = new object?[columns.Count];
        for (var at = 0; at < table.Columns.Count; at++)
            cells[columns.IndexOf(table.Columns[at])] = row.Values[at];
        return [row.SourceLayer, row.Number, messages, .. cells];
    }

    static ILookup<(string, long), string> Messages(ImportReport report, ReportText text) => report.Issues.ToLookup(
        issue => (issue.SourceLayer, issue.Row),
        issue => (issue.Field is { } field ? $"{field}: " : "") + (ImportReport.RuleOf(issue.Code) is { } rule ? text[rule.Text] : issue.Code));
}
