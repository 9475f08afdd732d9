using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components.Imports;

/// <summary>A word for where a delivery stands.</summary>
public sealed partial class StateBadge(IStringLocalizer<ImportText> texts)
{
    [Parameter, EditorRequired]
    public ImportMood Mood { get; set; }

    IStringLocalizer<ImportText> Text => texts;
}
