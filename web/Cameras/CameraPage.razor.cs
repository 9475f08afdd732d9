using CityOps.Gis.PostGis.Cameras;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Cameras;

/// <summary>One camera to be watched, large.</summary>
public sealed partial class CameraPage(IStringLocalizer<CameraText> texts, CameraList list)
{
    CameraNow? _camera;

    [Parameter]
    public long Fid { get; set; }

    IStringLocalizer<CameraText> Text => texts;

    protected override async Task OnParametersSetAsync() => _camera = await list.Find(Fid);
}
