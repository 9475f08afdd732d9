using CityOps.Gis.Devices;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Devices;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Npgsql;

namespace CityOps.Gis.Web.Devices;

/// <summary>A device: its state and since when, its last values, a curve of one of them, and its alarms; read anew while it is looked at.</summary>
public sealed partial class DeviceView(IStringLocalizer<DeviceText> texts, DeviceList list, DeviceHistory history, DeviceAlarms alarms, DeviceKinds kinds, DeviceWords words, TimeProvider clock) : IDisposable
{
    const int Steps = 240, MostAlarms = 10;
    static readonly int[] Periods = [1, 24, 168];
    static readonly TimeSpan s_again = TimeSpan.FromSeconds(10);
    readonly CancellationTokenSource _closing = new();
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

    public void Dispose() => _closing.Cancel();

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Fid)
            return;
        (_shown, _device, _quantity, _isRead) = (Fid, null, null, false);
        await Read();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            _ = ReadAgain();
    }

    async Task ReadAgain()
    {
        using var rounds = new PeriodicTimer(s_again, clock);
        while (await rounds.Next(_closing.Token))
            await InvokeAsync(Look);
    }

    async Task Look()
    {
        try
        {
            await Read();
            StateHasChanged();
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            return;
        }
        catch (NpgsqlException fault) when (fault.IsAway())
        {
            WaitForDatabase();
        }
    }

    async Task Read()
    {
        var fid = Fid;
        var (device, found) = (await list.Find(fid, _closing.Token), await alarms.List(null, fid, MostAlarms, _closing.Token));
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
        (_from, _to) = (clock.GetUtcNow().AddHours(-_hours), clock.GetUtcNow());
        _curve = await history.Curve(device.Fid, quantity.Name, _from, _to, Steps, _closing.Token);
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
