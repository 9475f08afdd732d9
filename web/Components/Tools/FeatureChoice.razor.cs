using CityOps.Gis.Layers;
using CityOps.Gis.Leaflet;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components.Tools;

/// <summary>Where several features lie under the pointer: the list of them, to choose one by pointer or arrows and Enter. Escape closes it.</summary>
public sealed partial class FeatureChoice(IStringLocalizer<MapText> texts, LayerCatalog layers)
{
    ElementReference[] _buttons = [];
    FeaturesClick? _shown;
    int _at;

    [Parameter, EditorRequired]
    public required FeaturesClick Click { get; set; }

    [Parameter]
    public EventCallback<FoundFeature> OnChoose { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    IStringLocalizer<MapText> Text => texts;
    LayerCatalog Layers => layers;
    string Title => Text["SeveralHere", Click.Features.Count];

    protected override void OnParametersSet()
    {
        if (_buttons.Length != Click.Features.Count)
            _buttons = new ElementReference[Click.Features.Count];
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (ReferenceEquals(_shown, Click))
            return;
        (_shown, _at) = (Click, 0);
        await _buttons[0].FocusAsync(preventScroll: true);
    }

    async Task Key(KeyboardEventArgs key)
    {
        var step = key.Key switch { "ArrowDown" => 1, "ArrowUp" => -1, _ => 0 };
        if (step != 0)
            await _buttons[Math.Clamp(_at + step, 0, _buttons.Length - 1)].FocusAsync();
        else if (key.Key == "Escape")
            await OnClose.InvokeAsync();
    }
}
