using System.Text.RegularExpressions;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.SurveyImport.Sources;
using CityOps.Gis.Web.Imports;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components.Imports;

/// <summary>What was found in a delivery, layer by layer, and how that is known. Sentences that differ in their numbers alone are said once.</summary>
public sealed partial class DeliveryFindings(IStringLocalizer<ImportText> texts)
{
    const int Most = 8, MostFaults = 50;
    bool _all;

    [Parameter, EditorRequired]
    public required ImportDraft Draft { get; set; }

    IStringLocalizer<ImportText> Text => texts;
    IEnumerable<LayerInspection> Shown => Draft.Trials.Take(_all ? int.MaxValue : Most).Select(trial => trial.Inspection);
    List<SourceFault> Faults => [.. Draft.Sample.Faults.Where(fault => fault.Code != "NOT_DATA")];

    IEnumerable<(string Sentence, string Layers)> Evidence
        => Draft.Trials.SelectMany(trial => trial.Inspection.Evidence.Select(one => (Sentence: one.In(UiLanguage.Current), trial.Inspection.Source.Name)))
            .GroupBy(one => Numbers().Replace(one.Sentence, "#"))
            .Select(group => (group.First().Sentence, Named([.. group.Select(one => one.Name).Distinct()])));

    string Named(List<string> names) => names.Count == 1 ? names[0] : Text["AndOthers", names[0], names.Count - 1];

    static string NameOf(LayerInspection one) => Path.GetFileNameWithoutExtension(one.Source.File) == one.Source.Name ? one.Source.File : $"{one.Source.File} › {one.Source.Name}";

    string CrsOf(LayerInspection one) => one.Crs switch
    {
        null => "—",
        { Crs: null } => Text["CrsUnknown"],
        { SwapAxes: true, Crs: { } crs } => Text["CrsSwapped", crs],
        { Crs: { } crs } => crs.ToString(),
    };

    [GeneratedRegex(@"\d[\d.,]*")]
    private static partial Regex Numbers();
}
