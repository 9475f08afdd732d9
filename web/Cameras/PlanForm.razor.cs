using CityOps.Gis.PostGis.Cameras;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Cameras;

/// <summary>Makes a plan or changes one: its name, its cameras in their order and how long each is shown. Cameras are added from the list beside it.</summary>
public sealed partial class PlanForm(IStringLocalizer<CameraText> texts, NavigationManager navigation, CameraPlans plans, CameraList list)
{
    const int UsualSeconds = 15;
    readonly List<Stop> _stops = [];
    CameraPlan? _plan;
    string _name = "";
    string? _fault;
    int _atOnce = 1;
    bool _isBusy, _isMissing, _isAskedToDrop;

    /// <summary>A row of the form.</summary>
    sealed class Stop(long camera, string title, int seconds)
    {
        public long Camera => camera;
        public string Title => title;
        public int Seconds { get; set; } = seconds;
    }

    /// <summary>Its number; 0 for a new one.</summary>
    [Parameter, EditorRequired]
    public required long Plan { get; set; }

    IStringLocalizer<CameraText> Text => texts;

    /// <summary>Adds a camera at the end; one may stand in a plan more than once.</summary>
    public void Add(CameraNow camera)
    {
        if (_isMissing)
            return;
        _fault = _stops.Count == CameraPlan.MostStops ? "MostStops" : null;
        if (_fault is null)
            _stops.Add(new(camera.Fid, camera.Title, UsualSeconds));
        StateHasChanged();
    }

    protected override async Task OnInitializedAsync()
    {
        _plan = Plan == 0 ? null : await plans.Find(Plan);
        _isMissing = Plan != 0 && (_plan is null || !CameraPlans.MayChange(_plan));
        if (_plan is not { } plan)
            return;
        var seen = (await list.Find([.. plan.Stops.Select(stop => stop.Camera).Distinct()])).ToDictionary(camera => camera.Fid);
        (_name, _atOnce) = (plan.Name, plan.AtOnce);
        // One that is gone, or that this person does not see, keeps its place.
        _stops.AddRange(plan.Stops.Select(stop => new Stop(stop.Camera, seen.TryGetValue(stop.Camera, out var camera) ? camera.Title : texts["UnseenCamera"], stop.Seconds)));
    }

    void Move(int at, int by) => (_stops[at], _stops[at + by]) = (_stops[at + by], _stops[at]);

    async Task Save()
    {
        _fault = string.IsNullOrWhiteSpace(_name) ? "NeedsName" : _stops.Count == 0 ? "NeedsStops" : _stops.Any(stop => stop.Seconds is < CameraPlan.LeastSeconds or > CameraPlan.MostSeconds) ? "BadSeconds" : null;
        if (_fault is not null)
            return;
        _isBusy = true;
        try
        {
            if (await plans.Save(new(Plan, _name.Trim(), null, "", [.. _stops.Select(stop => new PlanStop(stop.Camera, stop.Seconds))], _atOnce)) is null)
                _isMissing = true;
            else
                navigation.NavigateTo(CamerasAddress.Path + "?view=plans");
        }
        finally
        {
            _isBusy = false;
        }
    }

    // The first press asks.
    async Task Drop()
    {
        if (!_isAskedToDrop)
        {
            _isAskedToDrop = true;
            return;
        }
        await plans.Drop(_plan!);
        navigation.NavigateTo(CamerasAddress.Path + "?view=plans");
    }
}
