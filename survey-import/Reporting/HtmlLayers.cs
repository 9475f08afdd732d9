using System.Text.RegularExpressions;
using System.Xml.Linq;
using CityOps.Gis.Codes;
using CityOps.Gis.Crs;
using CityOps.Gis.Layers;
using CityOps.Gis.SurveyImport.Mapping;

namespace CityOps.Gis.SurveyImport.Reporting;

/// <summary>
/// The page's part on what was delivered: a line for each layer, then the evidence and the field mapping, each said once for all layers it holds for,
/// since a census comes as sixty files of one kind.
/// </summary>
static partial class HtmlLayers
{
    const int MostNames = 6;

    public static IEnumerable<XElement> Of(ImportReport report, ReportText text)
    {
        if (report.Layers.Count == 0)
            yield break;
        yield return Html.Section(text["Section.Found"], Overview(report, text), Evidence(report, text));
        yield return Html.Section(text["Section.Mapping"], report.Layers.GroupBy(Signature).Select(group => Mapping([.. group], report.Layers.Count, text)));
    }

    // What all layers have in common is said once, above the table.
    static IEnumerable<XElement> Overview(ImportReport report, ReportText text)
    {
        var cells = report.Layers.Select(layer => Cells(layer, ReportFacts.HasCodes(report), text).ToList()).ToList();
        var isCommon = cells[0].Select((cell, at) => cells.Count > 1 && at > 0 && cells.TrueForAll(row => row[at].Text == cell.Text)).ToList();
        if (isCommon.Contains(true))
            yield return Html.Of("p", null, text.Of("Source.All", report.Layers.Count, string.Join(text.IsChinese ? "；" : "; ",
                cells[0].Where((_, at) => isCommon[at]).Select(cell => $"{text["Source." + cell.Key]} {cell.Text}"))));
        yield return Html.Table("layers", [.. cells[0].Where((_, at) => !isCommon[at]).Select(cell => text["Source." + cell.Key])],
            [.. cells.Select(row => row.Where((_, at) => !isCommon[at]).Select(cell => Html.Of("td", cell.Key == "Rows" ? "number" : null, cell.Text)).ToArray())]);
    }

    static IEnumerable<(string Key, string Text)> Cells(LayerInspection layer, bool hasCodes, ReportText text)
    {
        yield return ("Layer", ReportFacts.Name(layer.Source));
        yield return ("Rows", layer.Source.RowCount is { } rows ? ReportText.Number(rows) : text["Source.Unknown"]);
        yield return ("Geometry", ReportFacts.Geometry(layer.Source.Geometry, text));
        yield return ("Format", layer.Source.Format);
        yield return ("Encoding", layer.Source.Encoding ?? "—");
        yield return ("Crs", ReportFacts.Crs(layer, text));
        if (hasCodes)
            yield return ("Codes", ReportFacts.Codes(layer, text));
    }

    static IEnumerable<XElement> Evidence(ImportReport report, ReportText text)
    {
        var layers = report.Layers;
        return Evidence("Evidence.Encoding", layers, layer => layer.Source.EncodingEvidence.Select(one => text[one]), text)
            .Concat(Evidence("Evidence.Crs", layers, layer => layer.Crs?.Evidence.Select(one => text[one]) ?? [], text))
            .Concat(Evidence("Evidence.Other", layers, layer => Others(layer).Select(one => text[one]), text));
    }

    static IEnumerable<LocalText> Others(LayerInspection layer)
        => layer.Evidence.Where(one => !layer.Source.EncodingEvidence.Contains(one) && layer.Crs?.Evidence.Contains(one) != true);

    static IEnumerable<XElement> Evidence(
        string heading, IReadOnlyList<LayerInspection> layers, Func<LayerInspection, IEnumerable<string>> sentencesOf, ReportText text)
    {
        var groups = layers.SelectMany(layer => sentencesOf(layer).Select(sentence => (Layer: layer, Sentence: sentence)))
            .GroupBy(one => Alike(one.Layer, one.Sentence)).Select(group => group.ToList()).ToList();
        if (groups.Count == 0)
            yield break;
        yield return Html.Of("h3", null, text[heading]);
        yield return new("ul", groups.Select(group => new XElement("li",
            Html.Of("span", null, group[0].Sentence), layers.Count == 1 ? null : Html.Of("span", "for", For(group, text)))));
    }

    // Sentences that differ in their numbers alone (extents, counts) are said once, with the numbers of the first layer. What the numbers led to must be the same.
    static (string, string?, string?, CrsDefinition?, CodeLayout, string) Alike(LayerInspection layer, string sentence)
        => (Numbers().Replace(sentence, "#"), layer.Source.Encoding, layer.Source.DeclaredCrs, layer.Crs?.Crs, layer.CodeLayout, layer.ClassTable);

    static string For(List<(LayerInspection Layer, string Sentence)> group, ReportText text)
    {
        var others = group.Select(one => one.Layer).Distinct().Count() - 1;
        var key = group.TrueForAll(one => one.Sentence == group[0].Sentence) ? "Evidence.OtherLayers" : "Evidence.OtherNumbers";
        return others == 0 ? group[0].Layer.Source.Name : text.Of(key, group[0].Layer.Source.Name, others);
    }

    static IEnumerable<XElement> Mapping(List<LayerInspection> layers, int all, ReportText text)
    {
        var mapping = layers[0].Mapping;
        if (all > 1)
            yield return Html.Of("h3", null, text.Of("Mapping.Of", Names(layers, text)));
        yield return Html.Table("mapping", [text["Mapping.Field"], text["Mapping.Column"], text["Mapping.By"]],
            [.. mapping.Fields.Where(IsFilled).Select(field => Row(mapping, field, text))]);
        if (mapping.Fields.Where(field => !IsFilled(field)).ToList() is { Count: > 0 } missing)
            yield return Html.Of("p", null, text.Of("Mapping.Missing", text.List(missing.Select(field => Title(field, text)))));
        yield return Html.Of("p", null, mapping.Unmapped.Count == 0 ? text["Mapping.AllUsed"] : text.Of("Mapping.Unmapped", text.List(mapping.Unmapped)));
    }

    static string Names(List<LayerInspection> layers, ReportText text)
    {
        var names = text.List(layers.Take(MostNames).Select(layer => layer.Source.Name));
        return layers.Count <= MostNames ? names : text.Of("Mapping.AndMore", names, layers.Count);
    }

    static bool IsFilled(FieldMapping field) => field.Column is not null || field.Constant is not null;

    static string Title(FieldMapping field, ReportText text) => field.Field.Required ? text.Of("Mapping.Mandatory", text[field.Field.Title]) : text[field.Field.Title];

    static XElement[] Row(LayerMapping mapping, FieldMapping field, ReportText text)
    {
        var sources = new List<string>();
        if (field.Column is not null)
            sources.Add(mapping.DeliveredName(field));
        if (field.Constant is { } constant)
            sources.Add(text.Of("Mapping.Constant", constant));
        if (field.Values is { Count: > 0 } values)
            sources.Add(text.Of("Mapping.Recoded", values.Count));
        return
        [
            new("td", Html.Of("span", null, Title(field, text) + " "), Html.Of("code", null, field.Field.Name)),
            Html.Of("td", null, text.List(sources)),
            Html.Of("td", null, text["By." + field.By]),
        ];
    }

    static string Signature(LayerInspection layer) => string.Join('\n', layer.Mapping.Fields.Where(IsFilled)
        .Select(field => $"{field.Field.Name}={layer.Mapping.DeliveredName(field)}|{field.Constant}|{field.By}").Concat(layer.Mapping.Unmapped));

    [GeneratedRegex(@"\d[\d.,]*")]
    private static partial Regex Numbers();
}
