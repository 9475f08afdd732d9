using System.Globalization;
using CityOps.Gis.Devices;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Devices;
using CityOps.Gis.Web.Pages;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace CityOps.Gis.Web.Devices;

/// <summary>Devices by state, kind and place with their last values, or their alarms; the one that is open beside them. All of it stands in the address, and is read anew while it is looked at.</summary>
public sealed partial class DevicesPage(
    IStringLocalizer<DeviceText> texts, NavigationManager navigation, DeviceList list, DeviceAlarms alarms, DeviceKinds kinds, DeviceWords words, SpineTree spine, IJSRuntime browser)
{
    static readonly (DeviceState? State, string Key)[] States = [(null, ""), (DeviceState.Alarm, "alarm"), (DeviceState.Offline, "offline"), (DeviceState.Online, "online")];
    readonly AddressBar _bar = new(browser);
    DevicesAddress _address = new(new DeviceQuestion());
    IReadOnlyDictionary<string, long> _counts = new Dictionary<string, long>();
    IReadOnlyList<DeviceNow>? _devices;
    IReadOnlyList<DeviceAlarm>? _alarms;
    IReadOnlyList<AreaChoice> _areas = [];
    string? _title;

    /// <summary>The areas of a level below one, and the one that is chosen.</summary>
    sealed record AreaChoice(string Above, IReadOnlyList<SpineNode> Below, string? Chosen);

    IStringLocalizer<DeviceText> Text => texts;
    long Total => _address.Question.State is { } state ? _counts.GetValueOrDefault(DeviceStates.Code(state)) : _counts.Values.Sum();

    protected override TimeSpan Interval => TimeSpan.FromSeconds(10);

    protected override void Leave() => navigation.LocationChanged -= AddressChanged;

    protected override async Task OnInitializedAsync()
    {
        navigation.LocationChanged += AddressChanged;
        _address = DevicesAddress.Parse(navigation.Uri);
        await Read();
    }

    protected override async Task Look()
    {
        await Read();
        StateHasChanged();
    }

    async Task Read()
    {
        var address = _address;
        if (address.ShowsAlarms)
            _alarms = await alarms.List(!address.ShowsClosed, cancel: Closing);
        else
        {
            _counts = await list.Counts(address.Question, Closing);
            var (devices, areas) = (await list.Page(address.Question, address.Page - 1, Closing), await Areas(address.Question.Area));
            if (address == _address)
                (_devices, _areas) = (devices, areas);
        }
        _title = address.Device is { } fid && await list.Find(fid, Closing) is { } device ? device.Name ?? device.DeviceId : null;
    }

    // From the district down to below the one that is chosen.
    async Task<IReadOnlyList<AreaChoice>> Areas(string? chosen)
    {
        var (path, choices, above) = (chosen is null ? [] : await spine.PathTo(chosen, Closing), new List<AreaChoice>(), (string?)null);
        foreach (var one in path.Select(node => node.Code).Append(null))
        {
            if (await spine.Below(above, Closing) is { Count: > 0 } below)
                choices.Add(new(above ?? "", below, one));
            above = one;
        }
        return choices;
    }

    string CountOf(string key) => (key == "" ? _counts.Values.Sum() : _counts.GetValueOrDefault(key)).ToString("#,0", CultureInfo.CurrentCulture);

    Task ChooseKind(ChangeEventArgs change) => Go(_address.Question with { Kind = TextOf(change) });

    Task ChooseText(ChangeEventArgs change) => Go(_address.Question with { Text = TextOf(change)?.Trim() });

    // "All" of a level is what is chosen above it.
    Task ChooseArea(int level, ChangeEventArgs change) => Go(_address.Question with { Area = TextOf(change) ?? (level == 0 ? null : _areas[level - 1].Chosen) });

    // The next choice may come before the browser has confirmed this one.
    async Task Go(DeviceQuestion question)
    {
        _address = _address.Asking(question);
        _bar.Write(_address.ToString(), isStep: true);
        await Read();
    }

    static string? TextOf(ChangeEventArgs change) => change.Value as string is { Length: > 0 } text ? text : null;

    void AddressChanged(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(async () =>
    {
        var address = DevicesAddress.Parse(change.Location);
        if (new Uri(change.Location).AbsolutePath != DevicesAddress.Path || _bar.IsOwn(address.ToString()))
            return;
        _address = address;
        StateHasChanged();
        await Read();
        StateHasChanged();
    });
}
