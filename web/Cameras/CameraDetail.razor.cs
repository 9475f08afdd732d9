using CityOps.Gis.Access;
using CityOps.Gis.Detections;
using CityOps.Gis.PostGis.Cameras;
using CityOps.Gis.PostGis.Detections;
using CityOps.Gis.Web.Pages;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Cameras;

/// <summary>A camera: its picture, what is known of it, and what it sees, layer by layer.</summary>
public sealed partial class CameraDetail(IStringLocalizer<CameraText> texts, NavigationManager navigation, CameraList list, DetectionList detections, CameraWords words) : IDisposable
{
    readonly CancellationTokenSource _closing = new();
    CameraNow? _camera;
    long _shown, _waiting;
    bool _isRead;

    [Parameter, EditorRequired]
    public required long Fid { get; set; }

    /// <summary>The picture as large as the page, what is known beside it.</summary>
    [Parameter]
    public bool IsLarge { get; set; }

    /// <summary>Another feature is wanted; without it the map shows it.</summary>
    [Parameter]
    public EventCallback<FeatureId> OnGo { get; set; }

    [CascadingParameter]
    public Caller? Caller { get; set; }

    IStringLocalizer<CameraText> Text => texts;

    // Not disposed: an answer that is still on its way looks at the token.
    public void Dispose() => _closing.Cancel();

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Fid)
            return;
        (_shown, _camera, _isRead) = (Fid, null, false);
        var camera = await list.Find(Fid, _closing.Token);
        var counts = await detections.Counts(new(Camera: Fid), _closing.Token);
        (_camera, _waiting, _isRead) = (camera, counts.GetValueOrDefault(DetectionState.Waiting), true);
    }

    async Task Go(FeatureId feature)
    {
        if (OnGo.HasDelegate)
            await OnGo.InvokeAsync(feature);
        else
            navigation.NavigateTo($"/?feature={feature.LayerId}/{feature.Fid}");
    }
}
