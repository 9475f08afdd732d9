using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace CityOps.Gis.Web.Cameras;

/// <summary>Keys of a page that press its buttons, wherever the focus is but in a field; a button that cannot be pressed now is not.</summary>
public sealed partial class Shortcuts(IJSRuntime script) : IAsyncDisposable
{
    IJSObjectReference? _module, _keys;
    bool _isDisposed;

    [CascadingParameter(Name = "AssetRoot")]
    public string AssetRoot { get; set; } = "";

    /// <summary>Key (UI Events, <c>KeyboardEvent.key</c>) → CSS selector of the button.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<string, string> Keys { get; set; }

    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        try
        {
            if (_keys is not null)
                await _keys.InvokeVoidAsync("dispose");
            if (_module is not null)
                await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and its keys with it.
            _module = null;
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        var module = await script.InvokeAsync<IJSObjectReference>("import", $"{AssetRoot}/Cameras/Shortcuts.razor.js");
        if (_isDisposed)
        {
            await module.DisposeAsync();
            return;
        }
        _module = module;
        _keys = await module.InvokeAsync<IJSObjectReference>("create", Keys);
    }
}
