using CityOps.Gis.Assessment;
using CityOps.Gis.PostGis.Assessment;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Assessment;

/// <summary>The cases behind a figure of somebody's own, with the way to appeal.</summary>
public sealed partial class OwnCaseList(IStringLocalizer<AssessmentText> texts, FieldText values)
{
    /// <summary>Null while they are looked for.</summary>
    [Parameter, EditorRequired]
    public required OwnCases? Behind { get; set; }

    [Parameter, EditorRequired]
    public required string Indicator { get; set; }

    [Parameter, EditorRequired]
    public required AssessmentPeriod Period { get; set; }

    /// <summary>False where the figures are kept.</summary>
    [Parameter, EditorRequired]
    public required bool MayAppeal { get; set; }

    /// <summary>Id of whose they are.</summary>
    [Parameter, EditorRequired]
    public required string? Me { get; set; }

    IStringLocalizer<AssessmentText> Text => texts;
}
