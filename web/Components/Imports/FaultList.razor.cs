using System.Globalization;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Reporting;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace CityOps.Gis.Web.Components.Imports;

/// <summary>The faults of a batch in the order of the delivery; only the rows in sight are fetched.</summary>
public sealed partial class FaultList(IStringLocalizer<ImportText> texts, FaultPages faults, IJSRuntime script) : IAsyncDisposable
{
    /// <summary>Height of a row; the style sheet says the same.</summary>
    const float RowPixels = 48;

    readonly Answering _answering = new();
    ElementReference _element;
    Virtualize<StoredIssue>? _list;
    IJSObjectReference? _module;
    FaultFilter? _shown;
    long _all;

    [Parameter, EditorRequired]
    public required long BatchId { get; set; }

    [Parameter, EditorRequired]
    public required FaultFilter Filter { get; set; }

    [Parameter]
    public EventCallback<FaultFilter> FilterChanged { get; set; }

    [CascadingParameter(Name = "AssetRoot")]
    public string AssetRoot { get; set; } = "";

    /// <summary>Number of the fault that is selected.</summary>
    [Parameter]
    public long? Selected { get; set; }

    [Parameter]
    public EventCallback<StoredIssue> OnSelected { get; set; }

    IStringLocalizer<ImportText> Text => texts;

    /// <summary>Scrolls so that a fault is in sight.</summary>
    public async Task Reveal(long id)
    {
        var before = await faults.Before(BatchId, Filter, id);
        _module ??= await script.InvokeAsync<IJSObjectReference>("import", $"{AssetRoot}/Components/Imports/FaultList.razor.js");
        await _module.InvokeVoidAsync("reveal", _element, before * RowPixels, RowPixels);
    }

    public async ValueTask DisposeAsync()
    {
        StopWaiting();
        _answering.Dispose();
        await _module.GiveUp();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Filter)
            return;
        _shown = Filter;
        await Count();
    }

    async Task Count()
    {
        if (await _answering.Ask(async cancel => (_all, _) = await faults.Count(BatchId, Filter, cancel)) && _list is not null)
            await _list.RefreshDataAsync();
    }

    async ValueTask<ItemsProviderResult<StoredIssue>> Provide(ItemsProviderRequest request)
        => new(await faults.Page(BatchId, Filter, request.StartIndex, request.Count, request.CancellationToken), (int)Math.Min(_all, int.MaxValue));

    Task Change(FaultFilter filter) => FilterChanged.InvokeAsync(filter);

    static string? Chosen(ChangeEventArgs change) => change.Value as string is { Length: > 0 } text ? text.Trim() : null;

    static string TextOf(StoredIssue issue) => ImportReport.RuleOf(issue.Code)?.Text.In(UiLanguage.Current) ?? issue.Code;

    static string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);
}
