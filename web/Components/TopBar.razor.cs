using CityOps.Gis.Access;
using CityOps.Gis.Web.Access;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components;

/// <summary>The bar with the product's name, the fold of the layer list and the language switch.</summary>
public sealed partial class TopBar(IStringLocalizer<UiText> texts, IStringLocalizer<ViewText> viewTexts, IStringLocalizer<CaseText> caseTexts, IStringLocalizer<AssessmentText> assessmentTexts,
    IStringLocalizer<DeviceText> deviceTexts)
{
    Caller _caller = Caller.Nobody;

    [Parameter]
    public bool LayersOpen { get; set; }

    [Parameter]
    public EventCallback OnToggleLayers { get; set; }

    /// <summary>Address of this page with all its state, in the other language; null = the page's own address, which the link follows.</summary>
    [Parameter]
    public string? LanguageUrl { get; set; }

    /// <summary>Which page this is: <c>map</c>, <c>grids</c>, <c>tasks</c>, <c>devices</c>, <c>assessment</c>, <c>analysis</c> or <c>imports</c>.</summary>
    [Parameter]
    public string Page { get; set; } = "map";

    [CascadingParameter]
    public Task<AuthenticationState>? Authentication { get; set; }

    IStringLocalizer<UiText> Text => texts;
    IStringLocalizer<ViewText> ViewTexts => viewTexts;
    IStringLocalizer<CaseText> CaseTexts => caseTexts;
    IStringLocalizer<AssessmentText> AssessmentTexts => assessmentTexts;
    IStringLocalizer<DeviceText> DeviceTexts => deviceTexts;
    string ToggleText => LayersOpen ? Text["FoldLayers"] : Text["UnfoldLayers"];

    protected override async Task OnParametersSetAsync()
    {
        if (Authentication is not null)
            _caller = CallerIdentity.CallerOf((await Authentication).User);
    }
}
