using System.Globalization;
using CityOps.Gis.Access;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Audit;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.Web.Access;
using CityOps.Gis.Web.Imports;
using Npgsql;

namespace CityOps.Gis.Web.Api.Imports;

/// <summary>
/// What the import pages show on their maps, straight from the server to the browser, and the files people take away: the report of a batch and its refused rows.
/// </summary>
public static class BatchEndpoints
{
    /// <summary>Features that a map gets at a time, unless it asks for fewer.</summary>
    public const int MostFeatures = 5_000;

    public static IEndpointRouteBuilder MapBatches(this IEndpointRouteBuilder routes)
    {
        var imports = routes.MapGroup("/api/imports").RequireAuthorization(Permissions.Policy(Permission.Import));
        imports.MapGet("/{jobId:long}/preview.geojson", Preview);
        imports.MapGet("/batches/{batchId:long}/faults.geojson", Faults);
        imports.MapGet("/batches/{batchId:long}/difference.geojson", Difference);
        imports.MapGet("/batches/{batchId:long}/report.{format}", Report);
        imports.MapGet("/batches/{batchId:long}/quarantine.{format}", Quarantine);
        return routes;
    }

    static async Task<IResult> Preview(long jobId, int? layer, ImportDrafts drafts, CancellationToken cancel)
        => await drafts.Find(jobId, cancel) is { } draft ? new FeatureStream(PreviewFeatures.Of(draft, layer, MostFeatures), MostFeatures) : NoSuch("job", jobId);

    static async Task<IResult> Faults(long batchId, string? code, string? severity, string? layer, string? words, string? box, int? limit, BatchStore batches, FaultPages faults, CancellationToken cancel)
    {
        if (await batches.Find(batchId, cancel) is null)
            return NoSuch("batch", batchId);
        if (!TryRead(box, out var edges))
            return BadBox();
        var most = Math.Clamp(limit ?? MostFeatures, 1, MostFeatures);
        return new FeatureStream(faults.GeoJson(batchId, new(code, severity, layer, null, words), edges, most, cancel), most);
    }

    static async Task<IResult> Difference(long batchId, string kind, string? box, int? limit, BatchStore batches, LayerCatalog layers, NpgsqlDataSource source, CancellationToken cancel)
    {
        if (await batches.Find(batchId, cancel) is not { } batch || layers.Find(batch.LayerId) is not { } definition)
            return NoSuch("batch", batchId);
        if (!Enum.TryParse<DifferenceKind>(kind, ignoreCase: true, out var known) || !Enum.IsDefined(known))
            return UploadEndpoints.Problem(StatusCodes.Status400BadRequest, "bad-question", new($"kind“{kind}”应为 added、changed、moved 或 removed。", $"kind '{kind}' should be added, changed, moved or removed."));
        if (!TryRead(box, out var edges))
            return BadBox();
        var most = Math.Clamp(limit ?? MostFeatures, 1, MostFeatures);
        return new FeatureStream(new BatchDifference(source, definition, batch).GeoJson(known, edges, most, cancel), most);
    }

    static async Task<IResult> Report(long batchId, string format, ReportDownloads downloads, AuditLog audit, CancellationToken cancel)
        => await downloads.Report(batchId, format, UiLanguage.Current, cancel) is { } file ? await Download(file, batchId, audit, cancel) : NoSuch("report", batchId);

    static async Task<IResult> Quarantine(long batchId, string format, ReportDownloads downloads, AuditLog audit, CancellationToken cancel)
        => await downloads.Quarantine(batchId, format, cancel) is { } file ? await Download(file, batchId, audit, cancel) : NoSuch("report", batchId);

    // Rows of features are in it, as in an export.
    static async Task<IResult> Download(ReportDownload file, long batchId, AuditLog audit, CancellationToken cancel)
    {
        await audit.Write(new(AuditKind.FileTaken, file.Name, After: new { batch = batchId }), cancel);
        return Results.Stream(file.Content, file.Type, file.IsPage ? null : file.Name);
    }

    static IResult NoSuch(string what, long number)
        => UploadEndpoints.Problem(StatusCodes.Status404NotFound, "no-such-" + what, new($"没有编号为 {number} 的内容，/imports 列出全部交付。", $"There is no {what} {number}; /imports lists the deliveries."));

    static IResult BadBox() => UploadEndpoints.Problem(StatusCodes.Status400BadRequest, "bad-question", new("box 应为 西,南,东,北（度）。", "box should be west,south,east,north in degrees."));

    static bool TryRead(string? text, out MapBox? box)
    {
        var edges = (text ?? "").Split(',').Select(part => double.TryParse(part, CultureInfo.InvariantCulture, out var edge) ? edge : double.NaN).ToArray();
        box = edges.Length == 4 && edges.All(double.IsFinite) ? new(edges[0], edges[1], edges[2], edges[3]) : null;
        return box is not null || string.IsNullOrEmpty(text);
    }
}
