using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Checking;
using CityOps.Gis.SurveyImport.Reporting;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components.Imports;

/// <summary>How often each rule was broken, errors first; a rule that is chosen narrows the list and the map to its faults.</summary>
public sealed partial class RuleTable(IStringLocalizer<ImportText> texts)
{
    IReadOnlyList<(string Code, Rule? Rule, Severity Severity, long Count)> _rules = [];

    [Parameter, EditorRequired]
    public required BatchCounts Counts { get; set; }

    /// <summary>The chosen rule; null = all.</summary>
    [Parameter]
    public string? Code { get; set; }

    [Parameter]
    public EventCallback<string?> CodeChanged { get; set; }

    IStringLocalizer<ImportText> Text => texts;

    protected override void OnParametersSet() => _rules =
    [
        .. Counts.Issues.Select(one => (Code: one.Key, Rule: ImportReport.RuleOf(one.Key), Severity: ImportReport.RuleOf(one.Key)?.Severity ?? Severity.Note, Count: one.Value))
            .OrderByDescending(one => one.Severity).ThenByDescending(one => one.Count).ThenBy(one => one.Code, StringComparer.Ordinal),
    ];
}
