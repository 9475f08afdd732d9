using System.Globalization;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components.Imports;

/// <summary>The share of refused rows by class beside the limit of the batch, the worst first.</summary>
public sealed partial class ClassTable(IStringLocalizer<ImportText> texts, LayerCatalog layers)
{
    IReadOnlyList<(string Code, string Name, long Delivered, long Refused, double Rate)> _classes = [];
    double _widest = 1;

    [Parameter, EditorRequired]
    public required Batch Batch { get; set; }

    IStringLocalizer<ImportText> Text => texts;
    double Limit { get; set; }

    protected override void OnParametersSet()
    {
        Limit = Importer.SettingsOf(Batch).MostRefused;
        var layer = layers.Find(Batch.LayerId);
        var edition = layer is null ? null : StoredInspection.Parse(Batch.Inspection, layer).Layers.FirstOrDefault()?.ClassTable;
        _classes = [.. Batch.Counts.Classes.Select(one => (one.Key, NameOf(layer, edition, one.Key), one.Value.Delivered, one.Value.Refused, Rate: one.Value.Refused / (double)Math.Max(1, one.Value.Delivered)))
            .OrderByDescending(one => one.Rate).ThenByDescending(one => one.Delivered)];
        _widest = Math.Max(_classes.Select(one => one.Rate).DefaultIfEmpty(0).Max(), Math.Min(1, Limit * 1.5));
    }

    string NameOf(LayerDefinition? layer, string? edition, string code)
    {
        if (code.Length == 0)
            return Text["WithoutClass"];
        if (layer?.Class is not { } classes || layers.Lists.Find(classes.CodeList) is not { } list)
            return code;
        var entry = list.Tables.OrderBy(table => table != edition).Select(table => classes.Find(layers.Lists, table, code)).FirstOrDefault(found => found is not null);
        return entry?.Name.In(UiLanguage.Current) ?? Text["UnknownClass"];
    }

    string Width(double rate) => string.Create(CultureInfo.InvariantCulture, $"width:{rate / _widest * 100:0.##}%");

    string Left(double rate) => string.Create(CultureInfo.InvariantCulture, $"left:{Math.Min(1, rate / _widest) * 100:0.##}%");

    static string Percent(double share) => (share * 100).ToString("0.##", CultureInfo.CurrentCulture) + " %";

    static string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);
}
