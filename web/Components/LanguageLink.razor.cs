using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components;

/// <summary>Leads to this page with all its state in the other language. It alone is rendered when the page's address changes.</summary>
public sealed partial class LanguageLink(IStringLocalizer<UiText> texts, NavigationManager navigation) : IDisposable
{
    /// <summary>Address of the page in the other language; null = the page's own address, which the link follows.</summary>
    [Parameter]
    public string? Url { get; set; }

    IStringLocalizer<UiText> Text => texts;
    string Other => UiLanguage.Current == "zh" ? "en" : "zh";
    string Address => Url ?? UiLanguage.In(navigation.Uri, Other);

    public void Dispose() => navigation.LocationChanged -= Follow;

    protected override void OnInitialized()
    {
        if (Url is null)
            navigation.LocationChanged += Follow;
    }

    void Follow(object? sender, LocationChangedEventArgs change) => InvokeAsync(StateHasChanged);
}
