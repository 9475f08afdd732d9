using System.Globalization;
using System.Text.RegularExpressions;
using CityOps.Gis.Layers;

namespace CityOps.Gis.Crs;

/// <summary>Reads the texts that name a reference system.</summary>
static partial class CrsText
{
    static readonly LocalText EqualDatum = new(
        "数据基准与 CGCS2000 相差不超过 2 米，按相同处理。", "The datum differs from CGCS2000 by less than 2 m and is taken as equal.");

    public static CrsParse Parse(string text)
    {
        text = text.Trim('\uFEFF', '\0', ' ', '\t', '\r', '\n');
        if (text.Length == 0)
            return Refuse(new("坐标系说明为空。", "The description of the reference system is empty."));
        if (Normal(text) is "xiamen_92" or "xiamen92" or "厦门92" or "厦门92坐标系" or "xm92")
            return new(CrsCatalog.Xiamen92, null, []);
        if (Code().Match(text) is { Success: true } code)
            return ByCode(code.Groups["authority"].Value, code.Groups["code"].Value);
        if (text.StartsWith('+'))
            return ProjText.Parse(text) is { } proj ? Finish(proj, []) : Refuse(Nonsense(text));
        return WktNode.TryParse(text, out var rest) is { } root && WktCrs.Read(root) is { } crs ? Finish(crs, Notes(rest)) : Refuse(Nonsense(text));
    }

    static CrsParse Refuse(LocalText reason) => new(null, reason, []);

    static List<LocalText> Notes(string rest)
        => rest.Length == 0 ? [] : [new("坐标系说明的右括号之后还有内容，已忽略。",
            "The description of the reference system goes on after its closing bracket; the rest is passed over.")];

    static CrsParse Finish(CrsDefinition crs, List<LocalText> notes)
    {
        if (crs is { Datum: "wgs84" } && crs.DatumName.Contains("unknown", StringComparison.OrdinalIgnoreCase))
            notes.Add(new("坐标系未说明基准，按其椭球视为 WGS 84。", "The datum is not named; from its ellipsoid it is taken as WGS 84."));
        if (crs.Datum is "nad83" or "etrs89")
            notes.Add(EqualDatum);
        var known = CrsCatalog.Match(crs);
        if (crs.Epsg is { } said && CrsCatalog.Find(said) is not null && known?.Epsg != said)
            notes.Add(new($"说明中写有 EPSG:{said}，但参数与之不符，以参数为准。", $"The text says EPSG:{said}, but its parameters differ; the parameters count."));
        return new(known is null ? crs with { Epsg = CrsCatalog.Find(crs.Epsg ?? 0) is null ? crs.Epsg : null } : known, null, notes);
    }

    static CrsParse ByCode(string authority, string code)
    {
        if (code.Equals("CRS84", StringComparison.OrdinalIgnoreCase))
            return new(CrsCatalog.Find(4326), null, []);
        var isEpsg = authority.Length == 0 || authority.Equals("EPSG", StringComparison.OrdinalIgnoreCase);
        if (isEpsg && int.TryParse(code, CultureInfo.InvariantCulture, out var epsg) && CrsCatalog.Find(epsg) is { } crs)
            return new(crs, null, crs.Datum is "nad83" or "etrs89" ? [EqualDatum] : []);
        var name = $"{(isEpsg ? "EPSG" : authority.ToUpperInvariant())}:{code}";
        return Refuse(new($"坐标系 {name} 不在目录中，请提供其 WKT（.prj）。", $"{name} is not in the catalogue of reference systems; give its WKT (.prj)."));
    }

    static LocalText Nonsense(string text)
    {
        var start = text.Length > 60 ? text[..60] + "…" : text;
        return new($"“{start}”不是坐标系说明，请提供正确的 .prj 或 EPSG 代码。",
            $"'{start}' does not describe a reference system; give a correct .prj or an EPSG code.");
    }

    /// <summary>Lower case, with every run of other characters as one underscore.</summary>
    public static string Normal(string text) => NotWord().Replace(text.ToLowerInvariant(), "_").Trim('_');

    [GeneratedRegex(@"[^a-z0-9\u4e00-\u9fff]+")]
    private static partial Regex NotWord();

    [GeneratedRegex(@"^(?:urn:(?:x-)?ogc:def:crs:|https?://www\.opengis\.net/def/crs/)?(?:(?<authority>[A-Za-z]+)[:/ ](?:[0-9.]*[:/])?)?(?<code>[0-9]{3,6}|CRS84)$", RegexOptions.IgnoreCase)]
    private static partial Regex Code();
}
