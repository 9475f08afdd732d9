using CityOps.Gis.Devices;
using CityOps.Gis.PostGis.Devices;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace CityOps.Gis.Web.Devices;

/// <summary>A quantity over a time as a line, drawn by ECharts, with the thresholds of its alarms.</summary>
public sealed partial class ReadingChart(IJSRuntime script, IStringLocalizer<DeviceText> texts, DeviceWords words, GisWebOptions options) : IAsyncDisposable
{
    ElementReference _element;
    IJSObjectReference? _module, _chart;
    DeviceCurve? _drawn;
    bool _isDisposed;

    [CascadingParameter(Name = "AssetRoot")]
    public string AssetRoot { get; set; } = "";

    [Parameter, EditorRequired]
    public required Quantity Quantity { get; set; }

    [Parameter, EditorRequired]
    public required DeviceCurve Curve { get; set; }

    [Parameter, EditorRequired]
    public required DateTimeOffset From { get; set; }

    [Parameter, EditorRequired]
    public required DateTimeOffset To { get; set; }

    /// <summary>Where the device was silent for longer, the line is broken.</summary>
    [Parameter, EditorRequired]
    public required TimeSpan Quiet { get; set; }

    // What a screen reader says in place of the picture.
    string Spoken => Curve.Steps.Count == 0 ? texts["NoReadings"]
        : texts["ChartSpoken", Quantity.Title.In(UiLanguage.Current), words.Value(Quantity, Curve.Steps.Min(one => one.Least)), words.Value(Quantity, Curve.Steps.Max(one => one.Most)), words.Value(Quantity, Curve.Steps[^1].Mean)];

    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        try
        {
            if (_chart is not null)
                await _chart.InvokeVoidAsync("dispose");
            if (_module is not null)
                await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and the chart with it.
            _module = null;
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            var module = await script.InvokeAsync<IJSObjectReference>("import", $"{AssetRoot}/Devices/ReadingChart.razor.js");
            if (_isDisposed)
            {
                await module.DisposeAsync();
                return;
            }
            _module = module;
            _chart = await module.InvokeAsync<IJSObjectReference>("create", _element);
        }
        if (_chart is null || _isDisposed || ReferenceEquals(_drawn, Curve))
            return;
        _drawn = Curve;
        await _chart.InvokeVoidAsync("draw", new
        {
            points = Points(), from = From.ToUnixTimeMilliseconds(), to = To.ToUnixTimeMilliseconds(), digits = Quantity.Digits, unit = Quantity.Unit, language = UiLanguage.Current, zone = options.TimeZone,
            limits = Quantity.Alarms.Select(rule => new { value = rule.Raise, title = rule.Title.In(UiLanguage.Current) }),
        });
    }

    // Time in milliseconds, and value or null for a break.
    IEnumerable<double?[]> Points()
    {
        var gap = Math.Max(Quiet.TotalMilliseconds, 3 * Curve.Step.TotalMilliseconds);
        for (var at = 0; at < Curve.Steps.Count; at++)
        {
            var (step, time) = (Curve.Steps[at], (double)Curve.Steps[at].At.ToUnixTimeMilliseconds());
            if (at > 0 && time - Curve.Steps[at - 1].At.ToUnixTimeMilliseconds() > gap)
                yield return [time - 1, null];
            yield return [time, step.Mean];
        }
    }
}
