using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace CityOps.Gis.Web.Components.Features;

/// <summary>The tabs of a panel (WAI-ARIA 1.2, "tab"): one can be reached by Tab, the arrows go to the others.</summary>
public sealed partial class PanelTabs
{
    readonly Dictionary<string, ElementReference> _buttons = [];
    bool _isFocusWanted;

    /// <summary>Id and title, in their order.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<(string Id, string Title)> Tabs { get; set; }

    [Parameter, EditorRequired]
    public required string Chosen { get; set; }

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter]
    public EventCallback<string> OnChoose { get; set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_isFocusWanted)
            return;
        _isFocusWanted = false;
        await _buttons[Chosen].FocusAsync(preventScroll: true);
    }

    async Task Key(KeyboardEventArgs key)
    {
        var at = Tabs.Index().First(one => one.Item.Id == Chosen).Index;
        int? next = key.Key switch { "ArrowRight" => at + 1, "ArrowLeft" => at - 1, "Home" => 0, "End" => Tabs.Count - 1, _ => null };
        if (next is not { } there)
            return;
        _isFocusWanted = true;
        await OnChoose.InvokeAsync(Tabs[(there + Tabs.Count) % Tabs.Count].Id);
    }
}
