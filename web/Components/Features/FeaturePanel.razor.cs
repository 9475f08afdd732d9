using CityOps.Gis.Features;
using CityOps.Gis.Layers;
using CityOps.Gis.Leaflet;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Cameras;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.PostGis.Detections;
using CityOps.Gis.PostGis.Devices;
using CityOps.Gis.Web.Api.Ogc;
using CityOps.Gis.Web.Api.Ogc.Editing;
using CityOps.Gis.Web.Pages;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components.Features;

/// <summary>
/// What is known of a feature, in tabs: of a thing its fields, what lies near it and its history; of an area what is in it, its fields, its people, its neighbours and
/// its history. A feature of a layer that may be changed is changed here.
/// </summary>
public sealed partial class FeaturePanel(IStringLocalizer<FeatureText> texts, FieldText values, OgcOptions options)
{
    const string MovesColor = "#e8590c";
    FeatureForm? _form;
    (string LayerId, long Fid) _shown;
    IReadOnlyList<string> _notice = [];
    bool _isEditing;
    bool _isSaved;
    bool _showsMoves;

    [Parameter, EditorRequired]
    public required LayerDefinition Layer { get; set; }

    [Parameter, EditorRequired]
    public required Feature Feature { get; set; }

    [Parameter, EditorRequired]
    public required JurisdictionNames.Names Names { get; set; }

    /// <summary>The feature is no longer in its layer; this is its last version.</summary>
    [Parameter]
    public bool IsGone { get; set; }

    /// <summary>Id of the tab; null = the first one.</summary>
    [Parameter]
    public string? Tab { get; set; }

    [Parameter]
    public EventCallback<string?> TabChanged { get; set; }

    /// <summary>Metres within which things are near; null = the usual.</summary>
    [Parameter]
    public int? Within { get; set; }

    [Parameter]
    public EventCallback<int?> WithinChanged { get; set; }

    /// <summary>Where people have dragged the handle to, degrees (EPSG:4490).</summary>
    [Parameter]
    public MapPlace? HandleMoved { get; set; }

    /// <summary>Puts a handle on the map, or takes it away.</summary>
    [Parameter]
    public EventCallback<MapPlace?> HandleChanged { get; set; }

    /// <summary>Puts the corners of a line or polygon on the map, or takes them away.</summary>
    [Parameter]
    public EventCallback<MapCorners?> CornersChanged { get; set; }

    /// <summary>What the panel draws on the map; null = nothing.</summary>
    [Parameter]
    public EventCallback<MapOverlay?> OverlayChanged { get; set; }

    /// <summary>Another feature is wanted.</summary>
    [Parameter]
    public EventCallback<FeatureId> OnGo { get; set; }

    /// <summary>The map shall show this area alone; its code.</summary>
    [Parameter]
    public EventCallback<string> OnShowArea { get; set; }

    /// <summary>The feature was changed.</summary>
    [Parameter]
    public EventCallback OnEdited { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    IStringLocalizer<FeatureText> Text => texts;
    FieldText Values => values;
    LayerField KeyField => Layer.Find(Layer.Key)!;
    string AreaCode => Feature.Values.GetValueOrDefault(Layer.Key) as string ?? "";
    bool IsArea => !IsGone && SpineTree.LayerOf(AreaCode) == Layer.Id;
    bool IsEditable => !IsGone && EditingEndpoints.IsEditable(Layer, options) && (Layer.RemovedStatus is null || Feature.Values.GetValueOrDefault("status") as string != Layer.RemovedStatus);
    string Chosen => Tabs.Any(one => one.Id == Tab) ? Tab! : Tabs[0].Id;

    IReadOnlyList<(string Id, string Title)> Tabs
    {
        get
        {
            string[] ids = IsGone ? ["history", "facts"]
                : Layer.Id == CaseTables.LayerId ? ["case", "facts", "near", "history"]
                : Layer.Id == CameraTables.LayerId ? ["camera", "facts", "near", "history"]
                : Layer.Id == DetectionTables.LayerId ? ["detection", "facts", "near", "history"]
                : Layer.Id == DeviceTables.LayerId ? ["device", "facts", "near", "history"]
                : IsArea ? ["contents", "facts", "people", "neighbours", "history"]
                : Feature.Geometry is { IsEmpty: false } && MapQuestion.Concerns(Layer) ? ["facts", "near", "history"]
                : ["facts", "history"];
            return [.. ids.Select(id => (id, Text["tab." + id].Value))];
        }
    }

    /// <summary>May the panel show something else, or go away? Where there are unsaved changes the person is asked.</summary>
    public async Task<bool> MayLeave()
    {
        if (_isEditing && _form is not null && !await _form.MayLeave())
            return false;
        await LeaveForm();
        return true;
    }

    /// <summary>A step that was made with a corner on the map.</summary>
    public Task Change(CornerChange change) => _form?.Change(change) ?? Task.CompletedTask;

    /// <summary>Takes the last step with a corner back.</summary>
    public Task Undo() => _form?.Undo() ?? Task.CompletedTask;

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == (Layer.Id, Feature.Fid))
            return;
        _shown = (Layer.Id, Feature.Fid);
        _isSaved = false;
        await LeaveForm();
        await ShowMoves(false);
    }

    async Task Choose(string tab)
    {
        _isSaved = false;
        if (tab != "history")
            await ShowMoves(false);
        await TabChanged.InvokeAsync(tab == Tabs[0].Id ? null : tab);
    }

    async Task Edit()
    {
        (_isEditing, _isSaved) = (true, false);
        await ShowMoves(false);
    }

    async Task Saved(IReadOnlyList<string> warnings)
    {
        await LeaveForm();
        (_isSaved, _notice) = (true, warnings);
        await OnEdited.InvokeAsync();
    }

    async Task Cancelled()
    {
        if (await MayLeave())
            StateHasChanged();
    }

    // The page asks before it closes: it may be closed in other ways too.
    Task Close() => OnClose.InvokeAsync();

    async Task LeaveForm()
    {
        if (!_isEditing)
            return;
        (_isEditing, _form) = (false, null);
        await HandleChanged.InvokeAsync(null);
        await CornersChanged.InvokeAsync(null);
    }

    async Task ShowMoves(bool areShown)
    {
        if (areShown == _showsMoves)
            return;
        _showsMoves = areShown;
        await OverlayChanged.InvokeAsync(areShown
            ? new MapOverlay("moves", $"/api/layers/{Layer.Id}/features/{Feature.Fid}/moves", MovesColor) { Arrows = true, Version = (int)(Feature.ValidFrom.ToUnixTimeMilliseconds() & int.MaxValue) }
            : null);
    }
}
