namespace CityOps.Gis.SurveyImport.Reporting;

/// <summary>All files of a report in one folder.</summary>
public static class ReportFiles
{
    /// <returns><c>report-N.html</c>, <c>.xlsx</c> and <c>.geojson</c>, and <c>quarantine-N.geojson</c> where rows were refused; N is the batch.</returns>
    public static IReadOnlyList<string> WriteAll(ImportReport report, string language, string folder)
    {
        Directory.CreateDirectory(folder);
        var stem = Path.Combine(folder, $"report-{report.Batch.Id}");
        HtmlReport.Write(report, language, stem + ".html");
        ExcelReport.Write(report, language, stem + ".xlsx");
        GeoJsonReport.Write(report, language, stem + ".geojson");
        var files = new List<string> { stem + ".html", stem + ".xlsx", stem + ".geojson" };
        if (report.Quarantine.Count > 0)
            files.AddRange(QuarantineFile.Write(report, Path.Combine(folder, $"quarantine-{report.Batch.Id}.geojson")));
        return files;
    }
}
