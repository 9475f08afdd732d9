using Microsoft.JSInterop;

namespace CityOps.Gis.Web.Components;

/// <summary>How components give up what they have in the browser.</summary>
public static class BrowserObjects
{
    /// <summary>Says farewell to what a script made for a component, then gives the script up. A browser that is gone, or has stopped to answer, has lost both already.</summary>
    /// <param name="farewell">Function of <paramref name="made"/> that takes away what it did to the page.</param>
    public static async Task GiveUp(this IJSObjectReference? script, IJSObjectReference? made = null, string farewell = "remove")
    {
        try
        {
            if (made is not null)
                await made.InvokeVoidAsync(farewell);
            if (script is not null)
                await script.DisposeAsync();
        }
        catch (Exception fault) when (fault is JSDisconnectedException or OperationCanceledException)
        {
            return;
        }
    }
}
