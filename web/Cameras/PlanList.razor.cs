using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Cameras;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Cameras;

/// <summary>The plans by which cameras are looked at in turn: start one, change one, make one.</summary>
public sealed partial class PlanList(IStringLocalizer<CameraText> texts, CameraPlans plans, CameraWords words)
{
    IReadOnlyList<CameraPlan>? _plans;

    [CascadingParameter]
    public Caller? Caller { get; set; }

    IStringLocalizer<CameraText> Text => texts;

    protected override async Task OnInitializedAsync() => _plans = await plans.All();
}
