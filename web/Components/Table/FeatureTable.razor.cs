using CityOps.Gis.Layers;
using CityOps.Gis.Queries;
using CityOps.Gis.Web.Api.Table;
using CityOps.Gis.Web.Pages;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace CityOps.Gis.Web.Components.Table;

/// <summary>
/// The table of what is in view, below the map. The rows go from <c>/api/layers/{id}/rows</c> to the browser and are linked with the map there
/// (<c>FeatureTable.razor.js</c>); the circuit carries the choice of layer, columns and order, and the row that was chosen.
/// </summary>
public sealed partial class FeatureTable(IStringLocalizer<MapText> texts, IStringLocalizer<UiText> fieldTexts, IJSRuntime script) : IAsyncDisposable
{
    ElementReference _root;
    IReadOnlyList<TableColumn> _all = [];
    LayerDefinition? _layer;
    IJSObjectReference? _module;
    IJSObjectReference? _table;
    DotNetObjectReference<FeatureTable>? _self;
    string? _sent;
    bool _isDisposed;

    [CascadingParameter(Name = "AssetRoot")]
    public string AssetRoot { get; set; } = "";

    /// <summary>Layers to choose from; what is drawn first.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<LayerDefinition> Layers { get; set; }

    [Parameter, EditorRequired]
    public required TableAddress Address { get; set; }

    [Parameter]
    public EventCallback<TableAddress> AddressChanged { get; set; }

    /// <summary>What is asked of the layer, beside the box of the view.</summary>
    [Parameter, EditorRequired]
    public required MapQuestion Question { get; set; }

    /// <summary>Another number asks for the rows again: something was changed here.</summary>
    [Parameter]
    public int Version { get; set; }

    /// <summary>The feature whose row is marked.</summary>
    [Parameter]
    public FeatureId? Selected { get; set; }

    [Parameter]
    public EventCallback<FeatureId> OnChoose { get; set; }

    [Parameter]
    public EventCallback OnFold { get; set; }

    IStringLocalizer<MapText> Text => texts;

    // Columns of an address that the layer does not have are passed over.
    List<string> Shown => Address.Columns?.Where(name => _all.Any(column => column.Name == name)).ToList() is { Count: > 0 } chosen ? chosen : [.. TableColumn.Usual(_layer!, _all)];

    [JSInvokable]
    public Task RowChosen(long fid) => OnChoose.InvokeAsync(new(Address.LayerId, fid));

    /// <summary>Upwards, downwards, and back to the order of the numbers.</summary>
    [JSInvokable]
    public Task SortBy(string column)
        => AddressChanged.InvokeAsync(Address with { Sort = Address.Sort == column ? "-" + column : Address.Sort == "-" + column ? null : column });

    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        StopWaiting();
        await _module.GiveUp(_table);
        _self?.Dispose();
    }

    protected override void OnParametersSet()
    {
        var layer = Layers.First(one => one.Id == Address.LayerId);
        if (!ReferenceEquals(layer, _layer))
            (_layer, _all) = (layer, TableColumn.Of(layer, fieldTexts));
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && !await Create() || _table is null)
            return;
        var question = FeatureQueryText.Format(Question.Of(_layer!));
        var (columns, selected) = (Shown, Selected?.LayerId == Address.LayerId ? Selected.Fid : (long?)null);
        var state = string.Join('|', Address.LayerId, string.Join(',', columns), Address.Sort, question, selected, Version);
        if (state == _sent)
            return;
        _sent = state;
        await _table.InvokeVoidAsync("show", new
        {
            Layer = Address.LayerId, Title = _layer!.Title.In(UiLanguage.Current), Columns = columns.Select(name => _all.First(column => column.Name == name)), Address.Sort, Question = question, Selected = selected, Version,
        });
    }

    Task Show(string column, bool isShown)
    {
        var shown = Shown;
        // A column that is added stands where it stands among all.
        IEnumerable<string> columns = isShown ? _all.Select(one => one.Name).Where(name => name == column || shown.Contains(name)) : shown.Where(name => name != column);
        return AddressChanged.InvokeAsync(Address with { Columns = [.. columns] });
    }

    async Task<bool> Create()
    {
        var module = await script.InvokeAsync<IJSObjectReference>("import", $"{AssetRoot}/Components/Table/FeatureTable.razor.js");
        if (_isDisposed)
        {
            await module.DisposeAsync();
            return false;
        }
        (_module, _self) = (module, DotNetObjectReference.Create(this));
        _table = await module.InvokeAsync<IJSObjectReference>("create", _root, _self, Words());
        // The page may have been left while the browser was at it.
        if (_isDisposed)
            await module.GiveUp(_table);
        return !_isDisposed;
    }

    object Words() => new
    {
        Language = UiLanguage.Current, Count = Text["TableCount"].Value, Estimate = Text["TableEstimate"].Value, Empty = Text["TableEmpty"].Value, Failed = Text["TableFailed"].Value,
        Again = Text["Again"].Value, Stopped = Text["Stopped"].Value, TooManyToSort = Text["TooManyToSort", TablePages.MostSorted].Value, NotSorted = Text["NotSorted", TablePages.MostSorted].Value,
        EndOfRows = Text["EndOfRows"].Value,
    };
}
