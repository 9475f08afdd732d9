using CityOps.Gis.SurveyImport.Checking;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components.Imports;

/// <summary>The first rows of a delivery as they would be stored, with what is wrong in them: some from the beginning, then those that have faults.</summary>
public sealed partial class PreviewTable(IStringLocalizer<ImportText> texts)
{
    const int FirstRows = 10, MostRows = 30;
    ILookup<long, RowIssue>? _faults;

    [Parameter, EditorRequired]
    public required LayerTrial Trial { get; set; }

    IStringLocalizer<ImportText> Text => texts;

    List<(int At, FieldMapping Field)> Filled
        => [.. Trial.Inspection.Mapping.Fields.Select((mapped, at) => (At: at, Field: mapped)).Where(one => one.Field.Column is not null || one.Field.Constant is not null)];

    protected override void OnParametersSet() => _faults = Trial.Rows?.Issues.ToLookup(issue => issue.Row);

    IEnumerable<int> Shown(CheckedChunk rows)
        => Enumerable.Range(0, rows.Source.Count).Where(row => row < FirstRows || _faults!.Contains(rows.Source.FirstRow + row)).Take(MostRows);

    RowIssue? IssueAt(long row, FieldMapping field)
        => _faults![row].Where(issue => issue.Field == Trial.Inspection.Mapping.DeliveredName(field)).OrderByDescending(issue => issue.Severity).Select(issue => (RowIssue?)issue).FirstOrDefault();

    static string TextOf(RowIssue issue) => Rules.Of(issue.Code).Text.In(UiLanguage.Current);
}
