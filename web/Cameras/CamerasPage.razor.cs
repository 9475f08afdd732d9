using CityOps.Gis.PostGis.Cameras;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Cameras;

/// <summary>Cameras by state and words with the one that is open beside them, or the plans by which they are looked at in turn. All of it stands in the address.</summary>
public sealed partial class CamerasPage(IStringLocalizer<CameraText> texts, NavigationManager navigation, CameraList list, CameraWords words) : IDisposable
{
    static readonly string?[] States = [null, "online", "offline", "fault"];
    readonly CancellationTokenSource _closing = new();
    CamerasAddress _address = new(new CameraQuestion());
    IReadOnlyDictionary<string, long> _counts = new Dictionary<string, long>();
    IReadOnlyList<CameraNow>? _cameras;
    PlanForm? _form;
    string? _title;

    IStringLocalizer<CameraText> Text => texts;
    long Total => _address.Question.State is { } state ? _counts.GetValueOrDefault(state) : _counts.Values.Sum();

    public void Dispose()
    {
        navigation.LocationChanged -= AddressChanged;
        _closing.Cancel();
    }

    protected override async Task OnInitializedAsync()
    {
        navigation.LocationChanged += AddressChanged;
        _address = CamerasAddress.Parse(navigation.Uri);
        await Read();
    }

    async Task Read()
    {
        var address = _address;
        if (address.Plan is not null || address is { ShowsPlans: true, Edited: null })
            return;
        var (counts, cameras) = (await list.Counts(address.Question, _closing.Token), await list.Page(address.Question, address.Page - 1, _closing.Token));
        var title = address.Camera is { } fid ? (await list.Find(fid, _closing.Token))?.Title : null;
        if (address == _address)
            (_counts, _cameras, _title) = (counts, cameras, title);
    }

    void ChooseText(ChangeEventArgs change)
        => navigation.NavigateTo(_address.Asking(_address.Question with { Text = (change.Value as string)?.Trim() is { Length: > 0 } text ? text : null }).ToString());

    void AddressChanged(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(async () =>
    {
        if (new Uri(change.Location).AbsolutePath != CamerasAddress.Path)
            return;
        _address = CamerasAddress.Parse(change.Location);
        StateHasChanged();
        await Read();
        StateHasChanged();
    });
}
