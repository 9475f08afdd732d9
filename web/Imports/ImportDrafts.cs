using System.Text.Json;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.SurveyImport.Mapping;
using Npgsql;

namespace CityOps.Gis.Web.Imports;

/// <summary>Makes drafts of imports. What a person decides is kept with the job at once, so that a reload, a colleague and the map see the same.</summary>
public sealed class ImportDrafts(NpgsqlDataSource source, LayerCatalog catalog, ImportJobStore jobs)
{
    readonly DeliveryTrials _trials = new(source, catalog);

    /// <summary>Null where there is no such job, or where it is not inspected yet.</summary>
    public async Task<ImportDraft?> Find(long jobId, CancellationToken cancel = default)
        => await jobs.Find(jobId, cancel) is { Settings: not null } job && await jobs.Sample(jobId, cancel) is { } sample ? await Of(job, DeliverySample.Parse(sample), cancel) : null;

    /// <summary>The draft with other settings, which are kept.</summary>
    public async Task<ImportDraft> Decide(ImportDraft draft, DeliverySettings settings, CancellationToken cancel = default)
    {
        var json = JsonSerializer.Serialize(settings, Importer.SettingsFormat);
        await jobs.SetSettings(draft.Job.Id, json, cancel);
        return new(draft.Job with { Settings = json }, catalog.Find(settings.LayerId)!, draft.Sample, settings, await _trials.Try(draft.Sample, settings, cancel));
    }

    /// <summary>Keeps the settings of a draft again, after others were decided and given up.</summary>
    public Task Keep(ImportDraft draft, CancellationToken cancel = default) => jobs.SetSettings(draft.Job.Id, draft.Job.Settings!, cancel);

    async Task<ImportDraft?> Of(ImportJob job, DeliverySample sample, CancellationToken cancel)
    {
        var settings = JsonSerializer.Deserialize<DeliverySettings>(job.Settings!, Importer.SettingsFormat)!;
        return catalog.Find(settings.LayerId) is { } layer ? new(job, layer, sample, settings, await _trials.Try(sample, settings, cancel)) : null;
    }
}
