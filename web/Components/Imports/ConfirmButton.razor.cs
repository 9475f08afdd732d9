using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components.Imports;

/// <summary>A button that asks once more, in its place, before it does what cannot be undone by another click.</summary>
public sealed partial class ConfirmButton(IStringLocalizer<ImportText> texts)
{
    bool _asks;

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter, EditorRequired]
    public required string Question { get; set; }

    [Parameter]
    public bool IsMain { get; set; }

    [Parameter]
    public bool Disabled { get; set; }

    [Parameter]
    public EventCallback OnConfirmed { get; set; }

    [Parameter(CaptureUnmatchedValues = true)]
    public IReadOnlyDictionary<string, object>? Attributes { get; set; }

    IStringLocalizer<ImportText> Text => texts;

    Task Yes()
    {
        _asks = false;
        return OnConfirmed.InvokeAsync();
    }
}
