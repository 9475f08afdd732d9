using CityOps.Gis.PostGis.Cameras;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace CityOps.Gis.Web.Cameras;

/// <summary>Plays a camera's stream (HLS through hls.js) from this server; where there is none that a browser can play, its last picture. One element is of one camera: give it a key.</summary>
public sealed partial class CameraPlayer(IJSRuntime script, IStringLocalizer<CameraText> texts, CameraWords words) : IAsyncDisposable
{
    ElementReference _element;
    IJSObjectReference? _module, _player;
    bool _isDisposed, _isAsked, _isBegun;

    [CascadingParameter(Name = "AssetRoot")]
    public string AssetRoot { get; set; } = "";

    [Parameter, EditorRequired]
    public required CameraNow Camera { get; set; }

    /// <summary>With the browser's own controls: pause, full screen.</summary>
    [Parameter]
    public bool HasControls { get; set; }

    /// <summary>Plays without being asked; to watch is written down, so where a camera is only looked up it is not.</summary>
    [Parameter]
    public bool StartsAtOnce { get; set; }

    IStringLocalizer<CameraText> Text => texts;
    bool Plays => Camera.IsPlayable && (StartsAtOnce || _isAsked);

    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        try
        {
            if (_player is not null)
                await _player.InvokeVoidAsync("dispose");
            if (_module is not null)
                await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and the video with it.
            _module = null;
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!Plays || _isBegun)
            return;
        _isBegun = true;
        var module = await script.InvokeAsync<IJSObjectReference>("import", $"{AssetRoot}/Cameras/CameraPlayer.razor.js");
        if (_isDisposed)
        {
            await module.DisposeAsync();
            return;
        }
        _module = module;
        _player = await module.InvokeAsync<IJSObjectReference>("create", _element, $"/api/cameras/{Camera.Fid}/stream/");
    }
}
