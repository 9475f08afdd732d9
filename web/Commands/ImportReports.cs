using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.SurveyImport.Reporting;

namespace CityOps.Gis.Web.Commands;

/// <summary>Writes a batch's report and its refused rows, and says where they are.</summary>
static class ImportReports
{
    public static async Task Write(Output output, Workspace workspace, ImportResult result, string folder, CancellationToken cancel)
        => Write(output, await ImportReport.Of(workspace.Source, workspace.Catalog, result, cancel), folder);

    public static async Task Write(Output output, Workspace workspace, Batch batch, string folder, CancellationToken cancel)
        => Write(output, await ImportReport.Of(workspace.Source, workspace.Catalog, batch, cancel), folder);

    static void Write(Output output, ImportReport report, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in ReportFiles.WriteAll(report, output.Language, folder))
            output.Say(file, file);
    }
}
