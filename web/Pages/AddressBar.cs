using Microsoft.JSInterop;

namespace CityOps.Gis.Web.Pages;

/// <summary>
/// Where a page keeps its state. What it writes goes to the browser and comes back as a change of the location; by then it is older than the page's own state and must change
/// nothing. It is written where the browser still shows the page (<c>address.js</c>): who has gone on to another one meanwhile is not brought back. Belongs to one page and its circuit.
/// </summary>
sealed class AddressBar(IJSRuntime browser)
{
    readonly List<string> _written = [];

    /// <param name="isStep">A step can be gone back; otherwise the step that is there is rewritten.</param>
    public void Write(string address, bool isStep)
    {
        _written.Add(address);
        _ = Send(browser, address, isStep);
    }

    /// <summary>For a page that takes every change of its address alike.</summary>
    public static async Task Send(IJSRuntime browser, string address, bool isStep)
    {
        try
        {
            await browser.InvokeVoidAsync("cityopsAddress.write", address, isStep);
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException)
        {
            // Nobody looks at the page any more.
            return;
        }
    }

    /// <summary>Is it the page's own writing that comes back, and not what people did?</summary>
    public bool IsOwn(string address)
    {
        var at = _written.IndexOf(address);
        if (at >= 0)
            _written.RemoveRange(0, at + 1);
        return at >= 0;
    }
}
