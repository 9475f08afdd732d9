using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Cameras;
using CityOps.Gis.Web.Pages;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Cameras;

/// <summary>What a camera sees, layer by layer, the nearest first.</summary>
public sealed partial class SeenList(IStringLocalizer<CameraText> texts, LayerCatalog catalog, CameraSight sight, CameraWords words) : IDisposable
{
    const int Rows = 5;
    readonly CancellationTokenSource _closing = new();
    readonly List<SeenLayer> _seen = [];
    CameraNow? _shown;
    bool _isBusy;

    [Parameter, EditorRequired]
    public required CameraNow Camera { get; set; }

    /// <summary>Another feature is wanted.</summary>
    [Parameter]
    public EventCallback<FeatureId> OnGo { get; set; }

    IStringLocalizer<CameraText> Text => texts;

    // Not disposed: an answer that is still on its way looks at the token.
    public void Dispose() => _closing.Cancel();

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Camera)
            return;
        _shown = Camera;
        _seen.Clear();
        if (Camera.View is not { } view)
            return;
        _isBusy = true;
        foreach (var layer in CameraEndpoints.LayersOf(catalog).ToList())
        {
            var seen = await sight.Sees(view, Camera.Fid, layer, Rows, _closing.Token);
            if (_shown != Camera)
                return;
            if (seen.Found.Count > 0)
                _seen.Add(seen);
            StateHasChanged();
        }
        _isBusy = false;
    }
}
