using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Reporting;
using Npgsql;

namespace CityOps.Gis.Web.Imports;

/// <summary>Makes the report of a batch, or the file of its refused rows, when somebody asks for it.</summary>
public sealed class ReportDownloads(NpgsqlDataSource source, LayerCatalog catalog, BatchStore batches)
{
    static readonly Dictionary<string, string> Types = new()
    {
        ["html"] = "text/html; charset=utf-8", ["xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ["geojson"] = "application/geo+json", ["csv"] = "text/csv; charset=utf-8",
    };

    /// <summary>The report as <c>html</c>, <c>xlsx</c> or <c>geojson</c>; null where there is no such batch or format.</summary>
    public Task<ReportDownload?> Report(long batchId, string format, string language, CancellationToken cancel) => Make(batchId, "report", format, (report, file) =>
    {
        switch (format)
        {
            case "html":
                HtmlReport.Write(report, language, file);
                return [file];
            case "xlsx":
                ExcelReport.Write(report, language, file);
                return [file];
            case "geojson":
                GeoJsonReport.Write(report, language, file);
                return [file];
            default:
                return [];
        }
    }, cancel);

    /// <summary>The refused rows that wait, as <c>geojson</c>, <c>csv</c> or <c>xlsx</c>; a zip where they need several files.</summary>
    public Task<ReportDownload?> Quarantine(long batchId, string format, CancellationToken cancel)
        => Make(batchId, "quarantine", format, (report, file) => format is "geojson" or "csv" or "xlsx" ? QuarantineFile.Write(report, file) : [], cancel);

    async Task<ReportDownload?> Make(long batchId, string stem, string format, Func<ImportReport, string, IReadOnlyList<string>> write, CancellationToken cancel)
    {
        if (!Types.TryGetValue(format, out var type) || await batches.Find(batchId, cancel) is not { } batch || catalog.Find(batch.LayerId) is null)
            return null;
        var folder = Directory.CreateTempSubdirectory("cityops-report-");
        try
        {
            var report = await ImportReport.Of(source, catalog, batch, cancel);
            var files = await Task.Run(() => write(report, Path.Combine(folder.FullName, $"{stem}-{batchId}.{format}")), cancel);
            if (files.Count == 0)
                return null;
            return files.Count == 1
                ? new(Open(files[0]), Path.GetFileName(files[0]), Types.GetValueOrDefault(Path.GetExtension(files[0])[1..], type), format == "html")
                : new(Open(Zipped(folder, files)), $"{stem}-{batchId}.zip", "application/zip", false);
        }
        finally
        {
            // An open file lives on without its name.
            folder.Delete(recursive: true);
        }
    }

    static string Zipped(DirectoryInfo folder, IReadOnlyList<string> files)
    {
        var zip = Path.Combine(folder.FullName, "files.zip");
        using var archive = System.IO.Compression.ZipFile.Open(zip, System.IO.Compression.ZipArchiveMode.Create);
        foreach (var file in files)
            System.IO.Compression.ZipFileExtensions.CreateEntryFromFile(archive, file, Path.GetFileName(file));
        return zip;
    }

    static FileStream Open(string file) => new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 << 10, useAsync: true);
}
