using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Access;

/// <summary>Shows how strong a password is that is about to be chosen, and says it in words. On a page without a circuit <c>password-strength.js</c> fills it in; without scripts it stays empty.</summary>
public sealed partial class PasswordMeter(IStringLocalizer<AccessText> texts)
{
    [Parameter]
    public int Level { get; set; }

    /// <summary>Null where nothing was typed.</summary>
    [Parameter]
    public string? Words { get; set; }

    IStringLocalizer<AccessText> Text => texts;
}
