using System.Text.Encodings.Web;
using System.Text.Json;
using CityOps.Gis.PostGis.Batches;

namespace CityOps.Gis.SurveyImport.Reporting;

/// <summary>The faults that have a position, as a GeoJSON FeatureCollection (longitude and latitude, CGCS2000) for any map program.</summary>
public static class GeoJsonReport
{
    internal static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(ImportReport report, string language, string file)
    {
        var text = new ReportText(language);
        var placed = report.Issues.Where(issue => issue is { X: not null, Y: not null }).ToList();
        using var stream = File.Create(file);
        using var writer = new Utf8JsonWriter(stream, Format);
        writer.WriteStartObject();
        writer.WriteString("type", "FeatureCollection");
        writer.WriteString("name", text.Of("TitleOf", report.DeliveryName, report.Batch.Id));
        writer.WriteNumber("batch", report.Batch.Id);
        writer.WriteNumber("faults", report.IssueCount);
        writer.WriteNumber("withoutPosition", report.Issues.Count - placed.Count);
        writer.WriteStartArray("features");
        foreach (var issue in placed)
            Write(writer, issue);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    static void Write(Utf8JsonWriter writer, StoredIssue issue)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "Feature");
        writer.WriteStartObject("geometry");
        writer.WriteString("type", "Point");
        writer.WriteStartArray("coordinates");
        writer.WriteNumberValue(issue.X!.Value);
        writer.WriteNumberValue(issue.Y!.Value);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteStartObject("properties");
        writer.WriteString("layer", issue.SourceLayer);
        writer.WriteNumber("row", issue.Row);
        writer.WriteString("code", issue.Code);
        writer.WriteString("severity", issue.Severity);
        writer.WriteString("field", issue.Field);
        writer.WriteString("value", issue.Value);
        writer.WriteString("expected", issue.Expected);
        var rule = ImportReport.RuleOf(issue.Code);
        writer.WriteString("message_zh", rule?.Text.Zh);
        writer.WriteString("message_en", rule?.Text.En);
        writer.WriteString("clause", rule?.Clause);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
