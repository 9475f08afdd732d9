using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Cases;

/// <summary>What a case has gone through, the latest first: who did what and when, with notes and photos.</summary>
public sealed partial class CaseTimeline(IStringLocalizer<CaseText> texts, CaseWords words)
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<MadeMove> Moves { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<(string Code, string Name)> Departments { get; set; }

    IStringLocalizer<CaseText> Text => texts;

    string NameOf(string code) => Departments.FirstOrDefault(one => one.Code == code).Name ?? code;
}
