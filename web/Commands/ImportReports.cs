using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Loading;

namespace CityOps.Gis.Web.Commands;

static class ImportReports
{
    public static Task Write(Output output, Workspace workspace, ImportResult result, string folder, CancellationToken cancel) => Task.CompletedTask;
    public static Task Write(Output output, Workspace workspace, Batch batch, string folder, CancellationToken cancel) => Task.CompletedTask;
}
