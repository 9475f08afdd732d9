using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace CityOps.Gis.Web.Components;

/// <summary>Light, dark, or as the system is; the browser keeps the choice (<c>wwwroot/theme.js</c>).</summary>
public sealed partial class ThemeSwitch(IStringLocalizer<MapText> texts, IJSRuntime script)
{
    static readonly string[] Choices = ["system", "light", "dark"];
    string _choice = Choices[0];

    IStringLocalizer<MapText> Text => texts;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        _choice = await script.InvokeAsync<string>("cityopsTheme.chosen") is { } known && Choices.Contains(known) ? known : Choices[0];
        StateHasChanged();
    }

    async Task Choose(ChangeEventArgs change)
    {
        _choice = change.Value as string ?? Choices[0];
        await script.InvokeVoidAsync("cityopsTheme.choose", _choice);
    }
}
