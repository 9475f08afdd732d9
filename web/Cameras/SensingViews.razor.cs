using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Cameras;

/// <summary>The way between the pages of what senses the city: devices, their alarms, cameras, plans to watch them, what recognisers see, where grid staff were.</summary>
public sealed partial class SensingViews(IStringLocalizer<CameraText> texts, IStringLocalizer<DeviceText> deviceTexts)
{
    /// <summary>Which page this is: <c>devices</c>, <c>alarms</c>, <c>cameras</c>, <c>plans</c>, <c>detections</c> or <c>patrols</c>.</summary>
    [Parameter, EditorRequired]
    public required string Current { get; set; }

    /// <summary>The list of devices as it was left; null: from its beginning.</summary>
    [Parameter]
    public string? DevicesUrl { get; set; }

    [Parameter]
    public string? AlarmsUrl { get; set; }

    IStringLocalizer<CameraText> Text => texts;
    IStringLocalizer<DeviceText> DeviceTexts => deviceTexts;

    string? At(string view) => view == Current ? "true" : null;
}
