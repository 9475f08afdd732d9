using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Loading;

namespace CityOps.Gis.Web.Imports;

/// <summary>Registers what imports from the page need beside layers and database.</summary>
public static class ImportServices
{
    public static IServiceCollection AddImports(this IServiceCollection services, ImportOptions options)
        => services.AddSingleton(options).AddSingleton<ImportFolder>()
            .AddSingleton<BatchStore>().AddSingleton<ImportJobStore>().AddSingleton<ImportListings>().AddSingleton<UploadStore>().AddSingleton<IssueStore>().AddSingleton<MappingProfileStore>()
            .AddSingleton<FaultPages>().AddSingleton<QuarantineStore>().AddSingleton<ImportDrafts>().AddSingleton<RowMender>().AddSingleton<ReportDownloads>().AddSingleton<UploadWriter>().AddSingleton<DeliveryScanner>().AddSingleton<ImportRunner>().AddSingleton<TaskEnds>()
            .AddHostedService<ImportWorker>().AddSingleton<ImportSweeper>().AddHostedService(services => services.GetRequiredService<ImportSweeper>());
}
