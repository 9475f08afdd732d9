using System.Globalization;
using System.Text.Json;
using CityOps.Gis.Access;
using CityOps.Gis.Layers;
using CityOps.Gis.Leaflet;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.Web.Api.Imports;
using CityOps.Gis.Web.Components.Imports;
using CityOps.Gis.Web.Imports;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Pages;

/// <summary>
/// The quality of a batch: its numbers and decisions, rules by count, faults in a list and on the map, error rates by class, the difference to what was known. What is
/// looked at stands in the address.
/// </summary>
public sealed partial class BatchPage(
    IStringLocalizer<ImportText> texts, BatchStore batches, ImportJobStore jobs, FaultPages faults, QuarantineStore quarantine, ImportFolder folder, LayerCatalog layers, FieldText values,
    NavigationManager navigation) : IDisposable
{
    const string Faults = "faults";
    static readonly string[] Tabs = [Faults, "classes", "difference"];
    static readonly TimeSpan Between = TimeSpan.FromMilliseconds(700);
    static readonly Dictionary<string, string> Colors = new() { ["error"] = "#b3261e", ["warning"] = "#d98200", ["note"] = "#7b8794" };

    readonly CancellationTokenSource _closing = new();
    Batch? _batch;
    ImportJob? _job;
    LayerDefinition? _layer;
    FaultList? _list;
    RowPanel? _row;
    DeliveryMap? _map;
    IReadOnlyList<MapOverlay> _overlays = [];
    IReadOnlyDictionary<string, long> _quarantined = new Dictionary<string, long>();
    FaultFilter _filter = new();
    FaultFilter? _drawn;
    DifferenceKind _kind;
    MapBounds? _bounds;
    MapBox? _box;
    MapViewport? _viewport;
    StoredIssue? _selected;
    long? _revealed;
    string? _gone, _lost;
    long _placed;

    [Parameter]
    public long BatchId { get; set; }

    [SupplyParameterFromQuery]
    public string? Tab { get; set; }

    [SupplyParameterFromQuery]
    public string? Code { get; set; }

    [SupplyParameterFromQuery]
    public string? Severity { get; set; }

    [SupplyParameterFromQuery]
    public string? Words { get; set; }

    [SupplyParameterFromQuery]
    public string? Kind { get; set; }

    [SupplyParameterFromQuery]
    public long? Fault { get; set; }

    /// <summary>Id of what is chosen in the difference.</summary>
    [SupplyParameterFromQuery]
    public string? Row { get; set; }

    IStringLocalizer<ImportText> Text => texts;
    FieldText Values => values;
    string Name => _job?.Name ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(_batch!.Path));

    // Not disposed: an answer that is still on its way looks at the token.
    public void Dispose() => _closing.Cancel();

    protected override async Task OnInitializedAsync()
    {
        await Look();
        _ = Watch.Run(Between, () => InvokeAsync(Look), Answers, _closing.Token);
    }

    protected override async Task OnParametersSetAsync()
    {
        _filter = new(Code, Severity, Words: Words);
        _kind = Enum.TryParse<DifferenceKind>(Kind, ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : FirstKind();
        await Draw();
        if (Fault is null)
            _selected = null;
        else if (_batch is not null && _selected?.Id != Fault)
            _selected = await faults.Find(BatchId, Fault.Value, _closing.Token);
    }

    // The list goes to the fault of the address, whether it came from the map, the list or a colleague.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_selected?.Id == _revealed || _list is null)
            return;
        _revealed = _selected?.Id;
        if (_revealed is { } id)
            await _list.Reveal(id);
    }

    // What a person most wants to see before publishing.
    DifferenceKind FirstKind() => _batch?.Counts switch
    {
        { Removed: > 0 } => DifferenceKind.Removed,
        { Moved: > 0 } => DifferenceKind.Moved,
        { Changed: > 0 } => DifferenceKind.Changed,
        _ => DifferenceKind.Added,
    };

    Task Answers(bool answers) => InvokeAsync(() =>
    {
        _lost = answers ? null : Text["NoDatabase"].Value;
        StateHasChanged();
    });

    async Task Look()
    {
        var job = await jobs.OfBatch(BatchId, _closing.Token);
        var isSame = _batch is not null && (job is null ? _job is null : _job is { } before && before with { InStep = default } == job with { InStep = default });
        if (isSame && job is not { IsAtWork: true } && _batch!.State is not (BatchState.Created or BatchState.Staging))
            return;
        var batch = await batches.Find(BatchId, _closing.Token);
        if (batch is null || layers.Find(batch.LayerId) is not { } layer)
        {
            _gone = batch is null ? Text["BatchGone", BatchId] : Text["LayerGone", batch.LayerId];
            StateHasChanged();
            return;
        }
        var isElsewhere = _batch?.State != batch.State;
        (_batch, _job, _layer) = (batch, job, layer);
        if (isElsewhere)
        {
            _drawn = null;
            if (Kind is null)
                _kind = FirstKind();
            await Count();
            await Draw();
        }
        StateHasChanged();
    }

    async Task Count() => _quarantined = await quarantine.Counts(BatchId, _closing.Token);

    // Only where the faults that are meant are others than those on the map.
    async Task Draw()
    {
        if (_batch is null || _drawn == _filter || _layer?.Geometry == GeometryKind.None)
            return;
        _drawn = _filter;
        (_, _placed) = await faults.Count(BatchId, _filter, _closing.Token);
        Overlay();
        var bounds = await faults.Extent(BatchId, _filter, _closing.Token) is { } box ? new MapBounds(box.West, box.South, box.East, box.North) : null;
        if (bounds is not null && bounds != _bounds && _map is not null)
            await _map.Fit(bounds);
        _bounds = bounds ?? _bounds;
    }

    void Overlay()
    {
        var query = new Dictionary<string, string?> { ["code"] = _filter.Code, ["severity"] = _filter.Severity, ["words"] = _filter.Words, ["box"] = _placed > BatchEndpoints.MostFeatures && _box is not null ? ViewBox.Text(_box) : null };
        var url = QueryHelpers.AddQueryString($"/api/imports/batches/{BatchId}/faults.geojson", query.Where(one => !string.IsNullOrEmpty(one.Value)));
        _overlays = [new MapOverlay(Faults, url, Colors["error"]) { ColorProperty = "severity", Colors = Colors }];
    }

    // A map that has just come is led to the fault of the address.
    async Task Moved(MapViewport viewport)
    {
        var isNew = _viewport is null;
        (_viewport, _box) = (viewport, ViewBox.Around(viewport));
        if (_placed > BatchEndpoints.MostFeatures)
            Overlay();
        if (isNew && _selected is { } issue)
            await Show(issue, isFromMap: false);
    }

    async Task Clicked(OverlayClick click)
    {
        if (!long.TryParse(click.FeatureId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || await faults.Find(BatchId, id, _closing.Token) is not { } issue)
            return;
        await Select(issue, isFromMap: true);
    }

    async Task Select(StoredIssue issue, bool isFromMap)
    {
        if ((_selected?.SourceLayer, _selected?.Row) != (issue.SourceLayer, issue.Row) && !await MayLeaveRow())
            return;
        _selected = issue;
        await Go(_filter, _kind, issue.Id);
        await Show(issue, isFromMap);
    }

    // What was typed into a row and is not kept is asked about.
    Task<bool> MayLeaveRow() => _selected is null || _row is null ? Task.FromResult(true) : _row.MayLeave();

    async Task Show(StoredIssue issue, bool isFromMap)
    {
        if (_map is null || issue is not { X: { } longitude, Y: { } latitude })
            return;
        if (!isFromMap && ViewBox.Close(_viewport, longitude, latitude) is { } close)
            await _map.Fit(close);
        await _map.Mark(Faults, issue.Id.ToString(CultureInfo.InvariantCulture));
    }

    async Task Deselect()
    {
        if (!await MayLeaveRow())
            return;
        await Go(_filter, _kind, null);
        if (_map is not null)
            await _map.Mark(Faults, null);
    }

    string AddressOf(FaultFilter filter, DifferenceKind kind, string tab, long? fault = null, string? row = null)
    {
        var query = new Dictionary<string, string?>
        {
            ["tab"] = tab, ["code"] = filter.Code, ["severity"] = filter.Severity, ["words"] = filter.Words, ["kind"] = tab == "difference" ? BatchDifference.Name(kind) : null,
            ["fault"] = fault?.ToString(CultureInfo.InvariantCulture), ["row"] = tab == "difference" ? row : null,
        };
        return QueryHelpers.AddQueryString($"/imports/{BatchId}", query.Where(one => !string.IsNullOrEmpty(one.Value)));
    }

    // What is chosen next builds on this at once; the address comes back by way of the browser.
    // Another filter or kind is a step that can be gone back; going from fault to fault is none.
    async Task Go(FaultFilter filter, DifferenceKind kind, long? fault, string? row = null)
    {
        if (fault is null && !await MayLeaveRow())
            return;
        var isStep = filter != _filter || kind != _kind;
        (_filter, _kind) = (filter, kind);
        navigation.NavigateTo(AddressOf(filter, kind, Tab ?? Tabs[0], fault, row), replace: !isStep);
    }

    async Task Do(ImportTask task)
    {
        // The buttons are not there; a page that was open before the right was taken away has them still.
        if (task is ImportTask.Publish or ImportTask.RollBack && !Caller.Current.May(Permission.Publish))
            return;
        if (!await MayLeaveRow())
            return;
        var job = _job ?? await jobs.Create(Name, null, _batch!.Settings, BatchId, _closing.Token);
        await jobs.Queue(job.Id, task, _closing.Token);
        await Look();
    }

    async Task Cancel()
    {
        if (_job is { } job)
            await jobs.Cancel(job.Id, _closing.Token);
        await Look();
    }

    // Mended rows become a delivery of their own, which is checked and compared as any other.
    async Task SendMended()
    {
        if (!await MayLeaveRow())
            return;
        var name = ImportFolder.NewName();
        await MendedDelivery.Write(quarantine.All(BatchId, "mended", _closing.Token), folder.PathOf(name), _closing.Token);
        var settings = JsonSerializer.Serialize(MendedDelivery.SettingsOf(_batch!, _layer!), Importer.SettingsFormat);
        var job = await jobs.Create(Text["MendsOf", Name, BatchId], name, settings, null, _closing.Token);
        await jobs.Queue(job.Id, ImportTask.Import, _closing.Token);
        navigation.NavigateTo($"/imports/deliveries/{job.Id}");
    }

    void Uploaded(long jobId) => navigation.NavigateTo($"/imports/deliveries/{jobId}");

    static string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);
}
