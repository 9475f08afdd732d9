using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Cameras;
using CityOps.Gis.Web.Pages;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace CityOps.Gis.Web.Cameras;

/// <summary>Shows the cameras of a plan in turn, one or four at a time, and goes on by itself; where it is and whether it pauses stand in the address.</summary>
public sealed partial class PlanPlayer(IStringLocalizer<CameraText> texts, IJSRuntime browser, CameraPlans plans, CameraList list, CameraWords words, TimeProvider clock) : IDisposable
{
    static readonly TimeSpan s_step = TimeSpan.FromSeconds(1);
    static readonly Dictionary<string, string> Keys = new() { ["ArrowLeft"] = "[data-back]", ["ArrowRight"] = "[data-next]", [" "] = "[data-pause]" };
    readonly CancellationTokenSource _closing = new();
    IReadOnlyDictionary<long, CameraNow> _cameras = new Dictionary<long, CameraNow>();
    IReadOnlyList<PlanStop> _stops = [];
    CameraPlan? _plan;
    TimeSpan _time = s_step, _spent;
    int _shown = -1;
    bool _isRead;

    [Parameter, EditorRequired]
    public required long Plan { get; set; }

    [Parameter, EditorRequired]
    public required CamerasAddress Address { get; set; }

    [CascadingParameter]
    public Caller? Caller { get; set; }

    IStringLocalizer<CameraText> Text => texts;

    // From 0 on; an address may say more than there are.
    int At => _plan is null ? 0 : (Address.At - 1) % Math.Max(_plan.Screens, 1);

    public void Dispose() => _closing.Cancel();

    protected override async Task OnInitializedAsync()
    {
        if (Caller?.May(Permission.WatchCameras) == true && await plans.Find(Plan, _closing.Token) is { } plan)
            (_plan, _cameras) = (plan, (await list.Find([.. plan.Stops.Select(stop => stop.Camera).Distinct()], _closing.Token)).ToDictionary(camera => camera.Fid));
        _isRead = true;
        Show();
    }

    protected override void OnParametersSet() => Show();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            _ = GoOn();
    }

    void Show()
    {
        if (_plan is not { } plan || _shown == At)
            return;
        (_shown, _spent) = (At, TimeSpan.Zero);
        (_stops, _time) = plan.Screen(At);
    }

    async Task GoOn()
    {
        using var timer = new PeriodicTimer(s_step, clock);
        while (await timer.Next(_closing.Token))
            await InvokeAsync(Tick);
    }

    void Tick()
    {
        if (_plan is null || Address.IsPaused)
            return;
        _spent += s_step;
        if (_spent >= _time)
            Go(At + 1);
        else
            StateHasChanged();
    }

    // A plan of one picture begins it anew. Steps of a plan are no steps back for the browser.
    void Go(int screen)
    {
        _spent = TimeSpan.Zero;
        var screens = Math.Max(_plan!.Screens, 1);
        _ = AddressBar.Send(browser, (Address with { At = (screen + screens) % screens + 1 }).ToString(), isStep: false);
    }

    Task Pause() => AddressBar.Send(browser, (Address with { IsPaused = !Address.IsPaused }).ToString(), isStep: false);
}
