using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Detections;
using CityOps.Gis.Web.Cameras;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Detections;

/// <summary>A scene: its picture with the box over it, what is known of it, and the decision of whoever may decide.</summary>
public sealed partial class SceneView(IStringLocalizer<CameraText> texts, DetectionList list, DetectionDesk desk, CameraWords words) : IDisposable
{
    readonly CancellationTokenSource _closing = new();
    SeenScene? _scene;
    DetectionRefusal? _refusal;
    string _note = "";
    long _shown;
    bool _isRead, _isBusy, _showsLast;

    [Parameter, EditorRequired]
    public required long Fid { get; set; }

    /// <summary>Somebody has decided; the scene as it stands then.</summary>
    [Parameter]
    public EventCallback<SeenScene> OnDecided { get; set; }

    [CascadingParameter]
    public Caller? Caller { get; set; }

    IStringLocalizer<CameraText> Text => texts;
    bool MayDecide => Caller?.May(DetectionDesk.Decides) == true;
    ScenePicture? Picture => _scene is null ? null : _showsLast ? _scene.Pictures.FirstOrDefault(picture => picture.IsLast) ?? _scene.Surest : _scene.Surest;

    // Not disposed: an answer that is still on its way looks at the token.
    public void Dispose() => _closing.Cancel();

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Fid)
            return;
        (_shown, _scene, _isRead, _refusal, _note, _showsLast) = (Fid, null, false, null, "", false);
        await Read();
    }

    async Task Read()
    {
        var fid = Fid;
        var scene = await list.Find(fid, _closing.Token);
        if (fid == Fid)
            (_scene, _isRead) = (scene, true);
    }

    Task Confirm() => Decide(() => desk.Confirm(Fid, _note, cancel: _closing.Token));

    Task Reject() => Decide(() => desk.Reject(Fid, _note, _closing.Token));

    async Task Decide(Func<Task<DetectionRefusal?>> decide)
    {
        _isBusy = true;
        try
        {
            _refusal = await decide();
            await Read();
            if (_refusal is null && _scene is { } scene)
                await OnDecided.InvokeAsync(scene);
        }
        finally
        {
            _isBusy = false;
        }
    }
}
