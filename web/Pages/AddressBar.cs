using Microsoft.AspNetCore.Components;

namespace CityOps.Gis.Web.Pages;

/// <summary>
/// Where a page keeps its state. What it writes goes to the browser and comes back as a change of the location; by then it is older than the page's own state and must change
/// nothing. Belongs to one page and its circuit.
/// </summary>
sealed class AddressBar(NavigationManager navigation)
{
    readonly List<string> _written = [];

    /// <param name="isStep">A step can be gone back; otherwise the step that is there is rewritten.</param>
    public void Write(string address, bool isStep)
    {
        _written.Add(address);
        navigation.NavigateTo(address, new NavigationOptions { ReplaceHistoryEntry = !isStep });
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
