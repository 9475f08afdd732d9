using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Devices;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Devices;

/// <summary>An alarm: what, when, how bad, what became of it; who may says that he knows of it.</summary>
public sealed partial class AlarmItem(IStringLocalizer<DeviceText> texts, DeviceWords words, DeviceAlarms alarms)
{
    string _note = "";
    bool _isAsking, _isBusy;

    [Parameter, EditorRequired]
    public required DeviceAlarm Alarm { get; set; }

    /// <summary>It stands among those of other devices.</summary>
    [Parameter]
    public bool ShowsDevice { get; set; }

    /// <summary>Somebody has acknowledged it.</summary>
    [Parameter]
    public EventCallback OnAcknowledged { get; set; }

    /// <summary>Address of the page with the alarm's device open.</summary>
    [Parameter]
    public string DeviceAddress { get; set; } = "";

    [CascadingParameter]
    public Caller? Caller { get; set; }

    IStringLocalizer<DeviceText> Text => texts;

    async Task Send()
    {
        _isBusy = true;
        try
        {
            // Where somebody was faster, the list says so when it is read again.
            await alarms.Acknowledge(Alarm.Id, _note);
            _isAsking = false;
            await OnAcknowledged.InvokeAsync();
        }
        finally
        {
            _isBusy = false;
        }
    }
}
