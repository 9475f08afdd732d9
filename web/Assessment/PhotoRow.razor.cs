using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Assessment;

/// <summary>Photos of a check on the spot or of an appeal, small, each a link to the whole one.</summary>
public sealed partial class PhotoRow(IStringLocalizer<CaseText> texts)
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<Guid> Photos { get; set; }

    IStringLocalizer<CaseText> Text => texts;
}
