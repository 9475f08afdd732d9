using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Cases;

/// <summary>A case in a list: what it is, how much time is left, at which stage and whose it is.</summary>
public sealed partial class CaseRow(IStringLocalizer<CaseText> texts, CaseWords words)
{
    [Parameter, EditorRequired]
    public required CaseTask Task { get; set; }

    /// <summary>How many departments are still at their part.</summary>
    [Parameter]
    public int OpenParts { get; set; }

    /// <summary>The moment it is looked at.</summary>
    [Parameter, EditorRequired]
    public required DateTimeOffset Now { get; set; }

    /// <summary>It stands open beside the list.</summary>
    [Parameter]
    public bool IsOpen { get; set; }

    [Parameter]
    public EventCallback OnOpen { get; set; }

    IStringLocalizer<CaseText> Text => texts;
}
