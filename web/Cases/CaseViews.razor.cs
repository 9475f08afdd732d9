using CityOps.Gis.Web.Emergencies;
using CityOps.Gis.Web.Resources;
using CityOps.Gis.Web.SpecialTasks;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Cases;

/// <summary>Leads from one page of cases to the others: tasks, board, special tasks, emergencies.</summary>
public sealed partial class CaseViews(IStringLocalizer<CaseText> texts)
{
    static readonly (string Address, string Name)[] Views = [(TasksAddress.Path, "MyTasks"), (BoardAddress.Path, "Board"), (SpecialAddress.Path, "SpecialTasks"), (CommandAddress.Path, "Command")];

    /// <summary>Path of the page this is.</summary>
    [Parameter, EditorRequired]
    public required string Current { get; set; }

    IStringLocalizer<CaseText> Text => texts;
}
