using System.Text.Json;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.SurveyImport.Sources;
using CityOps.Gis.Web.Telemetry;
using Npgsql;

namespace CityOps.Gis.Web.Imports;

/// <summary>Does what is next with an import job; which that is, a person has said on a page.</summary>
public sealed class ImportRunner(NpgsqlDataSource source, LayerCatalog catalog, ImportJobStore jobs, BatchStore batches, ImportFolder folder, DeliveryScanner scanner, GisMeters meters)
{
    readonly Importer _importer = new(source, catalog);

    /// <returns>Where the job stands then.</returns>
    /// <exception cref="SourceException">The delivery cannot be read, or the batch cannot be taken back; the fault says why.</exception>
    public Task<ImportJobState> Run(ImportJob job, IProgress<ImportStep> progress, CancellationToken cancel) => job.Task switch
    {
        ImportTask.Inspect => Inspect(job, progress, cancel),
        ImportTask.Import => Import(job, progress, cancel),
        ImportTask.Publish => Publish(job, progress, cancel),
        ImportTask.RollBack => RollBack(job, cancel),
        _ => Drop(job, cancel),
    };

    /// <summary>Where a job stands when what was to be done was stopped by a person or a fault.</summary>
    public static ImportJobState Undone(ImportTask task, ImportJobState ended) => task switch
    {
        ImportTask.Inspect or ImportTask.Import => ended,
        ImportTask.RollBack => ImportJobState.Ended,
        _ => ImportJobState.Staged,
    };

    /// <summary>Gives up the batch of an import that a person has stopped.</summary>
    public async Task GiveUp(ImportJob job)
    {
        if (job.Task == ImportTask.Import && await jobs.Find(job.Id) is { BatchId: { } id } && await batches.Find(id) is { } batch && IsOpen(batch))
            await _importer.Drop(batch);
    }

    static bool IsOpen(Batch batch) => batch.State is BatchState.Created or BatchState.Staging or BatchState.Staged;

    async Task<ImportJobState> Inspect(ImportJob job, IProgress<ImportStep> progress, CancellationToken cancel)
    {
        progress.Report(new("inspect", 0, null));
        await scanner.Require(PathOf(job), job, cancel);
        var encoding = job.Settings is { } text ? Parse(text).Encoding : null;
        // Opening unpacks archives, which takes its time and knows no token.
        var sample = await Task.Run(() =>
        {
            using var delivery = Delivery.Open(PathOf(job), new() { Encoding = encoding });
            return DeliverySample.Of(delivery, cancel);
        }, cancel);
        await jobs.SetSample(job.Id, sample.ToJson(), cancel);
        await jobs.Propose(job.Id, JsonSerializer.Serialize(new DeliverySettings { LayerId = LayerGuess.Of(sample.Layers[0].Source, job.Maker.LayersOf(catalog))[0].Layer.Id }, Importer.SettingsFormat), cancel);
        return ImportJobState.Found;
    }

    async Task<ImportJobState> Import(ImportJob job, IProgress<ImportStep> progress, CancellationToken cancel)
    {
        var settings = Parse(job.Settings!);
        var earlier = job.BatchId is { } id ? await batches.Find(id, cancel) : null;
        if (earlier is not null && IsOpen(earlier) && earlier.Settings == job.Settings && Equals(earlier.Maker.Scope, job.Maker.Scope))
        {
            await _importer.Stage(earlier, progress, cancel);
            return ImportJobState.Staged;
        }
        if (earlier is not null && IsOpen(earlier))
            await _importer.Drop(earlier, cancel);
        var result = await _importer.Stage(PathOf(job), settings, job.Maker, batch => jobs.SetBatch(job.Id, batch.Id, cancel), progress, cancel);
        if (result.Batch is { } staged)
            meters.Imported(staged.Counts);
        return result.Outcome == ImportOutcome.Asked ? throw new SourceException(new("ASKED", job.Name, result.Reasons[0])) : ImportJobState.Staged;
    }

    async Task<ImportJobState> Publish(ImportJob job, IProgress<ImportStep> progress, CancellationToken cancel)
    {
        var batch = await BatchOf(job, cancel);
        if (IsOpen(batch))
            await _importer.Resume(batch, accept: true, progress, cancel);
        return ImportJobState.Ended;
    }

    async Task<ImportJobState> RollBack(ImportJob job, CancellationToken cancel)
    {
        var batch = await BatchOf(job, cancel);
        var layer = catalog.Find(batch.LayerId) ?? throw new SourceException(new("LAYER_GONE", job.Name, new($"图层“{batch.LayerId}”已没有定义。", $"The layer '{batch.LayerId}' is no longer defined.")));
        var publication = new Publication(source, catalog);
        if (batch.State != BatchState.Published)
            return ImportJobState.Ended;
        if (await publication.ChangedSince(layer, batch.Id, cancel) is > 0 and var changed)
            throw new SourceException(new("CHANGED_SINCE", job.Name, new(
                $"本批次的 {changed:N0} 个要素此后又有变更，请先撤回后来的批次。", $"{changed:N0} features of this batch were changed since; roll back the later batches first.")));
        await publication.RollBack(layer, batch.Id, cancel);
        return ImportJobState.Ended;
    }

    async Task<ImportJobState> Drop(ImportJob job, CancellationToken cancel)
    {
        var batch = await BatchOf(job, cancel);
        if (IsOpen(batch))
            await _importer.Drop(batch, cancel);
        return ImportJobState.Ended;
    }

    async Task<Batch> BatchOf(ImportJob job, CancellationToken cancel)
        => job.BatchId is { } id && await batches.Find(id, cancel) is { } batch ? batch : throw new InvalidOperationException($"Import job {job.Id} is to {job.Task}, and has no batch.");

    string PathOf(ImportJob job) => folder.DeliveryOf(job) ?? throw new SourceException(new("FILES_GONE", job.Name, new(
        $"“{job.Name}”的文件已从服务器清除，请重新上传。", $"The files of '{job.Name}' were cleared away from the server; bring them again.")));

    static DeliverySettings Parse(string settings) => JsonSerializer.Deserialize<DeliverySettings>(settings, Importer.SettingsFormat)!;
}
