using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components;

/// <summary>The bar with the product's name, the fold of the layer list and the language switch.</summary>
public sealed partial class TopBar(IStringLocalizer<UiText> texts, IStringLocalizer<ViewText> viewTexts, IStringLocalizer<CaseText> caseTexts, NavigationManager navigation) : IDisposable
{
    [Parameter]
    public bool LayersOpen { get; set; }

    [Parameter]
    public EventCallback OnToggleLayers { get; set; }

    /// <summary>Address of this page with all its state, in the other language; null = the page's own address, which the link follows.</summary>
    [Parameter]
    public string? LanguageUrl { get; set; }

    /// <summary>Which page this is: <c>map</c>, <c>grids</c>, <c>tasks</c>, <c>analysis</c> or <c>imports</c>.</summary>
    [Parameter]
    public string Page { get; set; } = "map";

    IStringLocalizer<UiText> Text => texts;
    IStringLocalizer<ViewText> ViewTexts => viewTexts;
    IStringLocalizer<CaseText> CaseTexts => caseTexts;
    string Other => UiLanguage.Current == "zh" ? "en" : "zh";
    string LanguageLink => LanguageUrl ?? UiLanguage.In(navigation.Uri, Other);
    string ToggleText => LayersOpen ? Text["FoldLayers"] : Text["UnfoldLayers"];

    public void Dispose() => navigation.LocationChanged -= Follow;

    protected override void OnInitialized()
    {
        if (LanguageUrl is null)
            navigation.LocationChanged += Follow;
    }

    void Follow(object? sender, LocationChangedEventArgs change) => InvokeAsync(StateHasChanged);
}
