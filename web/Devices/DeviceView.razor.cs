using CityOps.Gis.Devices;
using CityOps.Gis.PostGis.Devices;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Devices;

/// <summary>A device: its state and since when, its last values, a curve of one of them, and its alarms; read anew while it is looked at.</summary>
public sealed partial class DeviceView(IStringLocalizer<DeviceText> texts, DeviceList list, DeviceHistory history, DeviceAlarms alarms, DeviceKinds kinds, DeviceWords words)
{
    const int Steps = 240, MostAlarms = 10;
    static readonly int[] Periods = [1, 24, 168];
    IReadOnlyList<DeviceAlarm> _alarms = [];
    DateTimeOffset _from, _to;
    DeviceNow? _device;
    DeviceKind? _kind;
    Quantity? _quantity;
    DeviceCurve? _curve;
    long _shown;
    int _hours = 24;
    bool _isRead;

    [Parameter, EditorRequired]
    public required long Fid { get; set; }

    /// <summary>Somebody has acknowledged an alarm.</summary>
    [Parameter]
    public EventCallback OnAcknowledged { get; set; }

    IStringLocalizer<DeviceText> Text => texts;

    protected override TimeSpan Interval => TimeSpan.FromSeconds(10);

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Fid)
            return;
        (_shown, _device, _quantity, _isRead) = (Fid, null, null, false);
        await Read();
    }

    protected override async Task Look()
    {
        await Read();
        StateHasChanged();
    }

    async Task Read()
    {
        var fid = Fid;
        var (device, found) = (await list.Find(fid, Closing), await alarms.List(null, fid, MostAlarms, Closing));
        if (fid != Fid)
            return;
        (_device, _alarms, _isRead, _kind) = (device, found, true, kinds.Find(device?.Kind));
        _quantity ??= _kind?.Quantities.FirstOrDefault(one => device!.Readings.ContainsKey(one.Name) && one.Alarms.Count > 0) ?? _kind?.Quantities.FirstOrDefault();
        await Draw();
    }

    async Task Draw()
    {
        if (_quantity is not { } quantity || _device is not { } device)
            return;
        (_from, _to) = (Clock.GetUtcNow().AddHours(-_hours), Clock.GetUtcNow());
        _curve = await history.Curve(device.Fid, quantity.Name, _from, _to, Steps, Closing);
    }

    Task ChooseQuantity(ChangeEventArgs change)
    {
        _quantity = _kind?.Find((string)change.Value!);
        return Draw();
    }

    Task ChoosePeriod(int hours)
    {
        _hours = hours;
        return Draw();
    }

    async Task Acknowledged()
    {
        await Read();
        await OnAcknowledged.InvokeAsync();
    }
}
