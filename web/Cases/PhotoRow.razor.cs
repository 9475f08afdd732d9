using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Cases;

/// <summary>Photos that belong together, small, each a link to the whole one.</summary>
public sealed partial class PhotoRow(IStringLocalizer<CaseText> texts)
{
    [Parameter, EditorRequired]
    public required IEnumerable<Guid> Photos { get; set; }

    /// <summary>Address that the photos lie under.</summary>
    [Parameter, EditorRequired]
    public required string Under { get; set; }

    IStringLocalizer<CaseText> Text => texts;
}
