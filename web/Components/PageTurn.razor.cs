using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components;

/// <summary>Turns the pages of a list; nothing where there is one.</summary>
public sealed partial class PageTurn(IStringLocalizer<UiText> texts)
{
    /// <summary>The one that is shown, from 1 on.</summary>
    [Parameter, EditorRequired]
    public required int Page { get; set; }

    [Parameter, EditorRequired]
    public required long Pages { get; set; }

    /// <summary>Address of a page.</summary>
    [Parameter, EditorRequired]
    public required Func<int, string> Address { get; set; }

    IStringLocalizer<UiText> Text => texts;
}
