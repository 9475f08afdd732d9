using System.Globalization;
using CityOps.Gis.Layers;
using CityOps.Gis.Queries.Cql2;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.Queries;

/// <summary>
/// A <see cref="FeatureQuery"/> as it stands in a URL: <c>district=350203,350206&amp;class=01&amp;from=2026-01-01&amp;bbox=118,24.4,118.2,24.6</c>.
/// Lists are separated by commas or given twice; times are RFC 3339 or a day; days without a time zone are Beijing time.
/// </summary>
public static class FeatureQueryText
{
    delegate FeatureQuery? Reader(FeatureQuery query, string value);

    static readonly TimeSpan Beijing = TimeSpan.FromHours(8);
    static readonly LocalText TimeForm = new("形如 2026-01-31 或 2026-01-31T08:00:00+08:00 的时间", "a time such as 2026-01-31 or 2026-01-31T08:00:00+08:00");

    static readonly Dictionary<string, Func<FeatureQuery, IReadOnlyList<string>, FeatureQuery>> Lists = new()
    {
        ["district"] = (query, codes) => query with { Districts = codes },
        ["subdistrict"] = (query, codes) => query with { Subdistricts = codes },
        ["community"] = (query, codes) => query with { Communities = codes },
        ["grid"] = (query, codes) => query with { Grids = codes },
        ["department"] = (query, codes) => query with { Departments = codes },
        ["class"] = (query, codes) => query with { Classes = codes },
        ["status"] = (query, codes) => query with { Statuses = codes },
    };

    static readonly Dictionary<string, (Reader Read, LocalText Form)> Singles = new()
    {
        ["from"] = ((query, value) => Time(value) is { } time ? query with { From = time } : null, TimeForm),
        ["to"] = ((query, value) => Time(value) is { } time ? query with { To = time } : null, TimeForm),
        ["as-of"] = ((query, value) => Time(value) is { } time ? query with { AsOf = time } : null, TimeForm),
        ["bbox"] = ((query, value) => Box(value) is { } box ? query with { Box = box } : null, new("单位为度的“西,南,东,北”", "west,south,east,north in degrees")),
        ["near"] = ((query, value) => NearPlace.TryParse(value) is { } near ? query with { Near = near } : null,
            new($"“经度,纬度,米”，米数不超过 {NearPlace.MostMeters:0}", $"longitude,latitude,metres with at most {NearPlace.MostMeters:0} metres")),
        ["q"] = ((query, value) => query with { Text = Words(value) }, new("以空格分隔的文字", "words separated by blanks")),
    };

    /// <summary>Names of the parameters that make a question.</summary>
    public static IReadOnlyCollection<string> Names { get; } = [.. Lists.Keys, .. Singles.Keys, "polygon", "filter", "filter-lang"];

    /// <summary>Reads a question; the faults say which parameter cannot be understood and how it should look. Parameters that are not in <see cref="Names"/> are passed over.</summary>
    public static (FeatureQuery Query, IReadOnlyList<LocalText> Faults) Parse(LayerDefinition layer, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var query = new FeatureQuery(layer.Id);
        var faults = new List<LocalText>();
        var given = parameters.Where(one => Names.Contains(one.Key)).GroupBy(one => one.Key, one => one.Value).ToDictionary(group => group.Key, group => group.ToList());
        foreach (var (name, values) in given)
            query = Apply(query, name, values, faults);
        if (faults.Count == 0)
            query = WithFilter(query, layer, given, faults);
        if (query is { From: { } from, To: { } to } && from >= to)
            faults.Add(new("from 必须早于 to。", "'from' must be earlier than 'to'."));
        return (query, faults);
    }

    /// <summary>The fault of a parameter that nobody knows.</summary>
    public static LocalText Unknown(string name) => new($"不认识参数“{name}”。", $"The parameter '{name}' is not known.");

    /// <summary>The question as URL parameters in one order and spelling, so that equal questions have equal texts. The scope is not in it.</summary>
    public static string Format(FeatureQuery query)
    {
        var parts = new (string Name, string Value)[]
        {
            ("district", Join(query.Districts)), ("subdistrict", Join(query.Subdistricts)), ("community", Join(query.Communities)), ("grid", Join(query.Grids)),
            ("department", Join(query.Departments)), ("class", Join(query.Classes)), ("status", Join(query.Statuses)),
            ("from", Written(query.From)), ("to", Written(query.To)),
            ("bbox", query.Box is { } box ? string.Create(CultureInfo.InvariantCulture, $"{box.West:R},{box.South:R},{box.East:R},{box.North:R}") : ""),
            ("polygon", query.Polygon is { } polygon ? CqlTextWriter.Place(polygon) : ""), ("near", query.Near?.ToString() ?? ""), ("q", string.Join(' ', query.Words)),
            ("filter", query.Filter?.ToText() ?? ""), ("as-of", Written(query.AsOf)),
        };
        return string.Join('&', parts.Where(part => part.Value.Length > 0).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value)}"));
    }

    /// <summary>A day (its midnight in Beijing) or a moment with its time zone; without one it is UTC. Null where it is neither.</summary>
    public static DateTimeOffset? Time(string text)
        => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day > DateOnly.MinValue
            ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), Beijing)
            : DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? time
                : null;

    /// <summary>A polygon or multipolygon as WKT in degrees (EPSG:4490); null where it is something else.</summary>
    public static Geometry? Polygon(string text) => CqlPlaceReader.Polygon(text).Place;

    static FeatureQuery Apply(FeatureQuery query, string name, List<string> values, List<LocalText> faults)
    {
        if (values.Find(value => !QueryTexts.IsClean(value)) is not null)
            faults.Add(new($"{name} 中有不能使用的字符。", $"'{name}' holds a character that cannot be used."));
        else if (Lists.TryGetValue(name, out var apply))
            return apply(query, [.. values.SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct().Order(StringComparer.Ordinal)]);
        else if (values.Count > 1)
            faults.Add(new($"参数 {name} 只能出现一次。", $"The parameter '{name}' can be given once only."));
        else if (name == "polygon")
            return WithPolygon(query, values[0], faults);
        else if (Singles.TryGetValue(name, out var single))
        {
            if (single.Read(query, values[0]) is { } read)
                return read;
            faults.Add(new($"{name}=“{values[0]}”不对，应为{single.Form.Zh}。", $"'{name}={values[0]}' cannot be used; write {single.Form.En}."));
        }
        return query;
    }

    static FeatureQuery WithPolygon(FeatureQuery query, string value, List<LocalText> faults)
    {
        var (place, fault) = CqlPlaceReader.Polygon(value);
        if (fault is not null)
            faults.Add(new(fault.Sentence.Zh.Replace("filter ", "polygon ", StringComparison.Ordinal), fault.Sentence.En.Replace("filter,", "polygon,", StringComparison.Ordinal)));
        return query with { Polygon = place };
    }

    static FeatureQuery WithFilter(FeatureQuery query, LayerDefinition layer, Dictionary<string, List<string>> given, List<LocalText> faults)
    {
        var language = given.GetValueOrDefault("filter-lang")?[0] ?? "cql2-text";
        if (language is not ("cql2-text" or "cql2-json"))
            faults.Add(new($"filter-lang=“{language}”应为 cql2-text 或 cql2-json。", $"'filter-lang={language}' is neither cql2-text nor cql2-json."));
        else if (given.GetValueOrDefault("filter") is [{ } text])
        {
            var read = language == "cql2-json" ? CqlFilter.ParseJson(text, layer) : CqlFilter.ParseText(text, layer);
            if (read.Fault is { } fault)
                faults.Add(fault.Sentence);
            return query with { Filter = read.Filter };
        }
        return query;
    }

    static (double, double, double, double)? Box(string value)
    {
        var numbers = value.Split(',').Select(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : (double?)null).ToArray();
        return numbers is [{ } west, { } south, { } east, { } north] && west <= east && south <= north && west >= -180 && east <= 180 && south >= -90 && north <= 90
            ? (west, south, east, north)
            : null;
    }

    static string? Words(string value) => value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } words ? string.Join(' ', words) : null;

    static string Join(IReadOnlyList<string> codes) => string.Join(',', codes.Distinct().Order(StringComparer.Ordinal));

    static string Written(DateTimeOffset? time) => time?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture) ?? "";
}
