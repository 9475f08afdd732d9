using System.Globalization;
using CityOps.Gis.Leaflet;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.Web.Components;
using CityOps.Gis.Web.Components.Imports;
using CityOps.Gis.Web.Imports;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Pages;

/// <summary>
/// A delivery on its way to a batch: its upload, what was detected, the questions and the mapping, and the run of the check. Decisions are kept with the job at once;
/// when the check is through, the page goes on to the batch.
/// </summary>
public sealed partial class ImportsJobPage(
    IStringLocalizer<ImportText> texts, ImportJobStore jobs, UploadStore uploads, ImportDrafts drafts, ImportFolder folder, NavigationManager navigation) : IDisposable
{
    const string Preview = "preview";
    static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);
    static readonly Dictionary<string, string> Colors = new() { ["sound"] = "#2f7d6b", ["noted"] = "#d98200", ["refused"] = "#b3261e" };

    readonly CancellationTokenSource _closing = new();
    readonly Answering _trying = new();
    ImportJob? _job;
    ImportDraft? _draft;
    DeliveryMap? _map;
    IReadOnlyList<MapOverlay> _overlays = [];
    MapBounds? _bounds;
    string? _gone, _said, _clicked, _lost;
    long _received, _size;
    int _at, _version, _undone;
    DeliverySettings? _wanted;

    [Parameter]
    public long JobId { get; set; }

    IStringLocalizer<ImportText> Text => texts;
    bool CanForget => _job is { IsAtWork: false, State: not (ImportJobState.Staged or ImportJobState.Ended) };

    // Not disposed: an answer that is still on its way looks at the token.
    public void Dispose()
    {
        _closing.Cancel();
        _trying.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        await Look();
        _ = Watch.Run(Between, () => InvokeAsync(Look), Answers, _closing.Token);
    }

    Task Answers(bool answers) => InvokeAsync(() =>
    {
        _lost = answers ? null : Text["NoDatabase"].Value;
        StateHasChanged();
    });

    async Task Look()
    {
        var job = await jobs.Find(JobId, _closing.Token);
        if (job is null)
        {
            _gone = Text["JobGone"];
            StateHasChanged();
            return;
        }
        if (job.State is ImportJobState.Staged or ImportJobState.Ended && job.BatchId is { } batch)
        {
            navigation.NavigateTo($"/imports/{batch}", replace: true);
            return;
        }
        var isSame = _job is { } before && before with { InStep = default } == job with { InStep = default };
        if (isSame && !job.IsAtWork && job.State != ImportJobState.Uploading)
            return;
        // Somebody else may have decided something on another page.
        if (!job.IsAtWork && job.State != ImportJobState.Uploading && (_draft is null || job.Settings != _job?.Settings || _job?.State != job.State))
            await Take(await drafts.Find(JobId, _closing.Token));
        if (job.State == ImportJobState.Uploading)
        {
            var files = await uploads.OfJob(JobId, _closing.Token);
            (_received, _size) = (files.Sum(file => file.Received), files.Sum(file => file.Size));
        }
        _job = job;
        StateHasChanged();
    }

    async Task Take(ImportDraft? draft)
    {
        if (draft is not null && _draft?.Layer.Id != draft.Layer.Id)
            _bounds = null;
        (_draft, _version) = (draft, _version + 1);
        _at = Math.Min(_at, Math.Max(0, (draft?.Trials.Count ?? 1) - 1));
        _overlays = [new MapOverlay(Preview, $"/api/imports/{JobId}/preview.geojson", Colors["sound"]) { ColorProperty = "state", Colors = Colors, Version = _version }];
        var bounds = draft is null ? null : PreviewFeatures.BoundsOf(draft) is { } box ? new MapBounds(box.West, box.South, box.East, box.North) : null;
        if (bounds is not null && bounds != _bounds && _map is not null)
            await _map.Fit(bounds);
        _bounds = bounds;
    }

    async Task Decide(DeliverySettings settings)
    {
        if (_draft is null)
            return;
        var (before, trying) = (_draft, _trying.Ask(async cancel => await Take(await drafts.Decide(_draft, _wanted = settings, cancel))));
        StateHasChanged();
        if (!await trying)
            await Undo(before);
        // What was written is read back, so that the next look finds nothing new.
        _job = await jobs.Find(JobId, _closing.Token);
        _clicked = null;
    }

    // A trial that was stopped leaves everything as it was decided before; the forms forget what was chosen.
    async Task Undo(ImportDraft before)
    {
        if (_trying.Halt == AnswerHalt.None)
            return;
        await drafts.Keep(before, _closing.Token);
        _undone++;
    }

    // What was mapped belongs to the fields of the layer before.
    Task ForLayer(string layerId) => Decide(_draft!.Settings with { LayerId = layerId, Mapping = new(), ClassTable = null, CodeLayout = null });

    async Task Reread(DeliverySettings settings)
    {
        await Decide(settings);
        _draft = null;
        await Queue(ImportTask.Inspect);
    }

    async Task Queue(ImportTask task)
    {
        _said = await jobs.Queue(JobId, task, _closing.Token) ? null : Text["BusyElsewhere"].Value;
        await Look();
    }

    async Task Cancel()
    {
        await jobs.Cancel(JobId, _closing.Token);
        await Look();
    }

    async Task Forget()
    {
        if (!await jobs.Delete(JobId, _closing.Token))
            await jobs.Queue(JobId, ImportTask.Drop, _closing.Token);
        else if (_job is { Folder: { } name })
            folder.Delete(name);
        navigation.NavigateTo("/imports");
    }

    async Task Clicked(OverlayClick click)
    {
        if (_draft is null || click.FeatureId.Split(':') is not [var layer, var row] || !int.TryParse(layer, NumberStyles.None, CultureInfo.InvariantCulture, out var at))
            return;
        _at = at;
        _clicked = Text["ClickedRow", _draft.Trials[at].Inspection.Source.Name, row];
        if (_map is not null)
            await _map.Mark(Preview, click.FeatureId);
    }

    static string Megabytes(long bytes) => (bytes / 1e6).ToString("N1", CultureInfo.CurrentCulture) + " MB";
}
