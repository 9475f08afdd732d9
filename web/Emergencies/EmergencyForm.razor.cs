using CityOps.Gis.Leaflet;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.PostGis.Emergencies;
using CityOps.Gis.Web.Cases;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Emergencies;

/// <summary>The switch: an emergency is opened by its title and an area of the spine, or one that is drawn.</summary>
public sealed partial class EmergencyForm(IStringLocalizer<CommandText> texts, CommandDesk desk) : IDisposable
{
    readonly CancellationTokenSource _closing = new();
    readonly Guid _token = Guid.NewGuid();
    CaseRefusal? _refusal;
    string? _title, _area;
    bool _isBusy;

    /// <summary>The polygon that was drawn; null for none.</summary>
    [Parameter]
    public DrawnShape? Shape { get; set; }

    [Parameter]
    public bool IsDrawing { get; set; }

    /// <summary>Drawing shall begin, or what was drawn be dropped.</summary>
    [Parameter]
    public EventCallback<bool> OnDraw { get; set; }

    [Parameter]
    public EventCallback<long> OnOpened { get; set; }

    [Parameter]
    public EventCallback OnCancel { get; set; }

    IStringLocalizer<CommandText> Text => texts;

    public void Dispose() => _closing.Cancel();

    async Task Send()
    {
        (_isBusy, _refusal) = (true, null);
        try
        {
            var outcome = await desk.Open(new(_title ?? "") { Area = Shape is null ? _area : null, Polygon = AreaChoice.PolygonOf(Shape), Token = _token }, _closing.Token);
            _refusal = outcome.Refusal;
            if (outcome.Emergency is { } opened)
                await OnOpened.InvokeAsync(opened);
        }
        finally
        {
            _isBusy = false;
        }
    }
}
