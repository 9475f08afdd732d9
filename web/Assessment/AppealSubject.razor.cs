using CityOps.Gis.PostGis.Assessment;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Assessment;

/// <summary>What an appeal is about.</summary>
public sealed partial class AppealSubject(IStringLocalizer<AssessmentText> texts, AssessmentWords words)
{
    [Parameter, EditorRequired]
    public required AppealMatter Matter { get; set; }

    IStringLocalizer<AssessmentText> Text => texts;
}
