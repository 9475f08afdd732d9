using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace CityOps.Gis.Web.Components;

/// <summary>Counts as bars, drawn by ECharts: lying beside their names, or upright along a time.</summary>
public sealed partial class BarChart(IJSRuntime script) : IAsyncDisposable
{
    const int BarPixels = 24, UprightPixels = 150;
    ElementReference _element;
    IJSObjectReference? _module;
    IJSObjectReference? _chart;
    IReadOnlyList<(string Name, long Count)>? _drawn;
    bool _isDisposed;

    [CascadingParameter(Name = "AssetRoot")]
    public string AssetRoot { get; set; } = "";

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<(string Name, long Count)> Counts { get; set; }

    [Parameter]
    public bool IsUpright { get; set; }

    int Height => IsUpright ? UprightPixels : Counts.Count * BarPixels + 4;

    // What a screen reader says in place of the picture.
    string Spoken => $"{Title}: {string.Join(", ", Counts.Select(one => $"{one.Name} {one.Count.ToString("N0", CultureInfo.CurrentCulture)}"))}";

    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        StopWaiting();
        await _module.GiveUp(_chart, "dispose");
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            var module = await script.InvokeAsync<IJSObjectReference>("import", $"{AssetRoot}/Components/BarChart.razor.js");
            if (_isDisposed)
            {
                await module.DisposeAsync();
                return;
            }
            _module = module;
            _chart = await module.InvokeAsync<IJSObjectReference>("create", _element);
            // The page may have been left while the browser was at it.
            if (_isDisposed)
                await module.GiveUp(_chart, "dispose");
        }
        if (_chart is null || _isDisposed || (_drawn is not null && _drawn.SequenceEqual(Counts)))
            return;
        _drawn = Counts;
        await _chart.InvokeVoidAsync("draw", Counts.Select(one => one.Name), Counts.Select(one => one.Count), IsUpright, UiLanguage.Current);
    }
}
