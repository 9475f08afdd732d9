using System.Globalization;
using CityOps.Gis.Crs;
using CityOps.Gis.Layers;
using CityOps.Gis.Queries;

namespace CityOps.Gis.Exports;

/// <summary>
/// An export as it stands in a URL: the parameters of the question, and <c>crs=EPSG:4548</c>, <c>encoding=gbk</c>, <c>generation=gbt47678.5-2026</c>, <c>limit=1000</c>,
/// <c>geometry=coordinates|wkt|none</c>, <c>bom=no</c>, <c>formulas=plain</c>, <c>confirm=yes</c>.
/// </summary>
public static class ExportRequestText
{
    static readonly string[] Own = ["crs", "encoding", "generation", "limit", "geometry", "bom", "formulas", "confirm"];

    /// <summary>Reads a request; the faults say which parameter cannot be understood and how it should look.</summary>
    public static (ExportRequest Request, IReadOnlyList<LocalText> Faults) Parse(LayerDefinition layer, ExportFormat format, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var given = parameters.ToList();
        var (query, wrong) = FeatureQueryText.Parse(layer, given.Where(one => FeatureQueryText.Names.Contains(one.Key)));
        var faults = wrong.ToList();
        var request = new ExportRequest(new(layer, query), format) { Naming = UsualNaming(layer, format) };
        foreach (var (name, value) in given.Where(one => !FeatureQueryText.Names.Contains(one.Key)))
            request = Apply(request, name, value, faults);
        if (format == ExportFormat.Parquet && !request.Crs.IsGeographic)
            faults.Add(new("Parquet 只支持经纬度坐标（EPSG:4490 或 EPSG:4326）。", "Parquet is written in degrees (EPSG:4490 or EPSG:4326) only."));
        return (request, faults);
    }

    // A shapefile goes to people who want the standard's names; a workbook to people who read.
    static string UsualNaming(LayerDefinition layer, ExportFormat format) => format switch
    {
        ExportFormat.Excel => FieldNaming.Chinese,
        ExportFormat.Shapefile => FieldNaming.Of(layer)[^1] is var newest && newest != FieldNaming.Chinese ? newest : FieldNaming.Own,
        _ => FieldNaming.Own,
    };

    static ExportRequest Apply(ExportRequest request, string name, string value, List<LocalText> faults)
    {
        switch (name)
        {
            case "crs":
                return request with { Crs = ReadCrs(value, faults) ?? request.Crs };
            case "encoding":
                return request with { IsGbk = OneOf(name, value, faults, ("utf-8", false), ("utf8", false), ("gbk", true), ("gb18030", true)) };
            case "generation":
                return request with { Naming = ReadNaming(request.Question.Layer, value, faults) };
            case "limit":
                return request with { Question = request.Question with { Limit = ReadLimit(value, faults) } };
            case "geometry":
                return request with { Geometry = OneOf(name, value, faults, ("coordinates", TableGeometry.Coordinates), ("wkt", TableGeometry.WellKnownText), ("none", TableGeometry.None)) };
            case "bom":
                return request with { HasByteOrderMark = OneOf(name, value, faults, ("yes", true), ("no", false)) };
            case "formulas":
                return request with { MarksFormulas = OneOf(name, value, faults, ("marked", true), ("plain", false)) };
            case "confirm":
                return request with { IsConfirmed = OneOf(name, value, faults, ("yes", true), ("no", false)) };
            default:
                faults.Add(new($"不认识参数“{name}”；导出的参数有 {string.Join("、", Own)}，查询条件有 {string.Join("、", FeatureQueryText.Names)}。",
                    $"The parameter '{name}' is not known; an export has {string.Join(", ", Own)}, and a question {string.Join(", ", FeatureQueryText.Names)}."));
                return request;
        }
    }

    static T OneOf<T>(string name, string value, List<LocalText> faults, params (string Text, T Value)[] choices)
    {
        foreach (var (text, choice) in choices)
            if (text.Equals(value, StringComparison.OrdinalIgnoreCase))
                return choice;
        var names = choices.Select(choice => choice.Text).ToList();
        faults.Add(new($"{name}=“{value}”应为 {string.Join("、", names)} 之一。", $"'{name}={value}' is none of {string.Join(", ", names)}."));
        return choices[0].Value;
    }

    static CrsDefinition? ReadCrs(string value, List<LocalText> faults)
    {
        var parsed = CrsCatalog.Parse(value);
        if (parsed.Crs is { Epsg: not null, Datum: "cgcs2000" or "wgs84" } crs && CoordinateTransform.Refusal(crs) is null && (crs.IsGeographic || crs.Epsg == 3857 || crs.IsGaussKruger))
            return crs;
        faults.Add(new($"不能导出为坐标系“{value}”；可用 EPSG:4490、EPSG:4326、EPSG:3857 及 CGCS2000 的高斯投影带，如 EPSG:4548、EPSG:4527。",
            $"Nothing is exported in '{value}'; there are EPSG:4490, EPSG:4326, EPSG:3857 and the Gauss-Krüger zones of CGCS2000, such as EPSG:4548 and EPSG:4527."));
        return null;
    }

    static string ReadNaming(LayerDefinition layer, string value, List<LocalText> faults)
    {
        var known = FieldNaming.Of(layer);
        if (!known.Contains(value))
            faults.Add(new($"图层“{layer.Title.Zh}”没有 generation=“{value}”的字段名，可用的有 {string.Join("、", known)}。",
                $"Layer '{layer.Id}' has no field names for 'generation={value}'; there are {string.Join(", ", known)}."));
        return value;
    }

    static long? ReadLimit(string value, List<LocalText> faults)
    {
        if (long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0)
            return limit;
        faults.Add(new($"limit=“{value}”应为大于零的整数。", $"'limit={value}' is not a whole number above zero."));
        return null;
    }
}
