using System.Globalization;
using CityOps.Gis.Layers;
using CityOps.Gis.Leaflet;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.Web.Api.Imports;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using Npgsql;

namespace CityOps.Gis.Web.Components.Imports;

/// <summary>What a census adds, changes, moves and removes: on the map in colours, moved things as arrows, and as a list of one kind.</summary>
public sealed partial class DifferenceView(IStringLocalizer<ImportText> texts, NpgsqlDataSource source, IJSRuntime script) : IAsyncDisposable
{
    /// <summary>Height of a row; the style sheet says the same.</summary>
    const float RowPixels = 44;

    static readonly DifferenceKind[] Kinds = [DifferenceKind.Added, DifferenceKind.Changed, DifferenceKind.Moved, DifferenceKind.Removed];
    static readonly Dictionary<DifferenceKind, string> Colors = new()
    {
        [DifferenceKind.Added] = "#2e8b57", [DifferenceKind.Changed] = "#2563a8", [DifferenceKind.Moved] = "#7a4fa3", [DifferenceKind.Removed] = "#b3261e",
    };

    ElementReference _element;
    BatchDifference? _difference;
    Virtualize<DifferenceRow>? _list;
    DeliveryMap? _map;
    IJSObjectReference? _module;
    IReadOnlyList<MapOverlay> _overlays = [];
    MapBounds? _bounds;
    MapViewport? _viewport;
    BatchState? _shown;
    DifferenceKind? _drawn;
    (DifferenceKind Kind, string? Row)? _revealed;

    [Parameter, EditorRequired]
    public required Batch Batch { get; set; }

    [Parameter, EditorRequired]
    public required LayerDefinition Layer { get; set; }

    [CascadingParameter(Name = "AssetRoot")]
    public string AssetRoot { get; set; } = "";

    /// <summary>What the list holds.</summary>
    [Parameter, EditorRequired]
    public DifferenceKind Kind { get; set; }

    /// <summary>Id of what is chosen in it; null = nothing.</summary>
    [Parameter]
    public string? Row { get; set; }

    /// <summary>Another kind is wanted, or something of it is chosen.</summary>
    [Parameter]
    public EventCallback<(DifferenceKind Kind, string? Row)> OnChosen { get; set; }

    IStringLocalizer<ImportText> Text => texts;
    bool HasMap => Layer.Geometry != GeometryKind.None;

    public async ValueTask DisposeAsync()
    {
        StopWaiting();
        await _module.GiveUp();
    }

    protected override async Task OnParametersSetAsync()
    {
        _difference = new(source, Layer, Batch);
        if (_drawn != Kind && _list is not null)
        {
            _drawn = Kind;
            await _list.RefreshDataAsync();
        }
        if (_shown == Batch.State)
            return;
        _shown = Batch.State;
        if (!HasMap || !_difference.IsThere)
            return;
        _bounds = await _difference.Extent() is { } box ? new(box.West, box.South, box.East, box.North) : null;
        Draw(null);
    }

    // The list goes to what the address names, whether it came from the map, the list or a colleague.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_list is null || _revealed == (Kind, Row))
            return;
        _revealed = (Kind, Row);
        if (!long.TryParse(Row, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return;
        _module ??= await script.InvokeAsync<IJSObjectReference>("import", $"{AssetRoot}/Components/Imports/FaultList.razor.js");
        await _module.InvokeVoidAsync("reveal", _element, await _difference!.Before(Kind, id) * RowPixels, RowPixels);
    }

    // Arrows lie above, so that what moved is not hidden by what stayed near.
    void Draw(MapBox? box) => _overlays =
    [
        .. new[] { DifferenceKind.Removed, DifferenceKind.Added, DifferenceKind.Changed, DifferenceKind.Moved }.Where(kind => CountOf(kind) > 0)
            .Select(kind => new MapOverlay(BatchDifference.Name(kind), UrlOf(kind, box), Colors[kind]) { Arrows = kind == DifferenceKind.Moved, Version = (int)Batch.State }),
    ];

    string UrlOf(DifferenceKind kind, MapBox? box)
        => $"/api/imports/batches/{Batch.Id}/difference.geojson?kind={BatchDifference.Name(kind)}" + (CountOf(kind) > BatchEndpoints.MostFeatures && box is not null ? "&box=" + ViewBox.Text(box) : "");

    // A map that has just come is led to what the address names.
    async Task Moved(MapViewport viewport)
    {
        var isNew = _viewport is null;
        _viewport = viewport;
        if (Kinds.Any(kind => CountOf(kind) > BatchEndpoints.MostFeatures))
            Draw(ViewBox.Around(viewport));
        if (isNew && Row is not null && _map is not null)
            await _map.Mark(BatchDifference.Name(Kind), Row);
    }

    Task Choose(DifferenceKind kind) => OnChosen.InvokeAsync((kind, null));

    async ValueTask<ItemsProviderResult<DifferenceRow>> Provide(ItemsProviderRequest request)
        => new(await _difference!.Page(Kind, request.StartIndex, request.Count, request.CancellationToken), (int)Math.Min(CountOf(Kind), int.MaxValue));

    async Task Select(DifferenceRow row)
    {
        await OnChosen.InvokeAsync((Kind, row.Id));
        if (_map is null || row is not { Longitude: { } longitude, Latitude: { } latitude })
            return;
        if (ViewBox.Close(_viewport, longitude, latitude) is { } close)
            await _map.Fit(close);
        await _map.Mark(BatchDifference.Name(Kind), row.Id);
    }

    async Task Clicked(OverlayClick click)
    {
        if (!Enum.TryParse<DifferenceKind>(click.OverlayId, ignoreCase: true, out var kind))
            return;
        await OnChosen.InvokeAsync((kind, click.FeatureId));
        if (_map is not null)
            await _map.Mark(click.OverlayId, click.FeatureId);
    }

    long CountOf(DifferenceKind kind) => kind switch
    {
        DifferenceKind.Added => Batch.Counts.Added,
        DifferenceKind.Changed => Batch.Counts.Changed,
        DifferenceKind.Moved => Batch.Counts.Moved,
        _ => Batch.Counts.Removed,
    };

    bool IsSelected(DifferenceRow row) => row.Id == Row;

    string WhatOf(DifferenceRow row)
    {
        var fields = row.Fields.Select(one => $"{Layer.Find(one.Key)?.Title.In(UiLanguage.Current) ?? one.Key} {one.Value.Before ?? "—"} → {one.Value.After ?? "—"}");
        return UiLanguage.Parts(row.Kind == DifferenceKind.Moved && row.Meters is { } meters ? fields.Prepend(Text["MovedBy", meters.ToString("N1", CultureInfo.CurrentCulture)].Value) : fields);
    }

    static string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);
}
