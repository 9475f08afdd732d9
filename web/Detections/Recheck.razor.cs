using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Detections;
using CityOps.Gis.Web.Cameras;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Detections;

/// <summary>Whether the camera still sees what a case is about: without that it is not closed. Who has looked says so.</summary>
public sealed partial class Recheck(IStringLocalizer<CameraText> texts, DetectionDesk desk, CameraWords words)
{
    bool _isBusy;

    [Parameter, EditorRequired]
    public required SeenScene Scene { get; set; }

    /// <summary>With a link to the scene and its pictures.</summary>
    [Parameter]
    public bool LinksScene { get; set; }

    /// <summary>Somebody has said that it is gone.</summary>
    [Parameter]
    public EventCallback OnChecked { get; set; }

    [CascadingParameter]
    public Caller? Caller { get; set; }

    IStringLocalizer<CameraText> Text => texts;

    async Task Check()
    {
        _isBusy = true;
        try
        {
            await desk.Check(Scene.Fid);
            await OnChecked.InvokeAsync();
        }
        finally
        {
            _isBusy = false;
        }
    }
}
