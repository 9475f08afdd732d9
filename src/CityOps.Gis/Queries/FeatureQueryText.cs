using System.Globalization;
using CityOps.Gis.Layers;

namespace CityOps.Gis.Queries;

/// <summary>
/// A <see cref="FeatureQuery"/> as it stands in a URL: <c>district=350203,350206&amp;class=01&amp;from=2026-01-01&amp;bbox=118,24.4,118.2,24.6</c>.
/// Lists are separated by commas or given twice; times are RFC 3339 or a day; days without a time zone are Beijing time.
/// </summary>
public static class FeatureQueryText
{
    static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

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

    /// <summary>Reads a question; the faults say which parameter cannot be understood and how it should look.</summary>
    public static (FeatureQuery Query, IReadOnlyList<LocalText> Faults) Parse(string layerId, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var query = new FeatureQuery(layerId);
        var faults = new List<LocalText>();
        foreach (var group in parameters.GroupBy(one => one.Key, one => one.Value))
            query = Apply(query, group.Key, string.Join(',', group), faults);
        if (query is { From: { } from, To: { } to } && from >= to)
            faults.Add(new("from 必须早于 to。", "'from' must be earlier than 'to'."));
        return (query, faults);
    }

    /// <summary>The question as URL parameters, in a fixed order, so that equal questions have equal texts.</summary>
    public static string Format(FeatureQuery query)
    {
        var parts = new (string Name, string Value)[]
        {
            ("district", Join(query.Districts)), ("subdistrict", Join(query.Subdistricts)), ("community", Join(query.Communities)), ("grid", Join(query.Grids)),
            ("department", Join(query.Departments)), ("class", Join(query.Classes)), ("status", Join(query.Statuses)),
            ("from", Time(query.From)), ("to", Time(query.To)),
            ("bbox", query.Box is { } box ? string.Create(CultureInfo.InvariantCulture, $"{box.West:R},{box.South:R},{box.East:R},{box.North:R}") : ""),
        };
        return string.Join('&', parts.Where(part => part.Value.Length > 0).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value)}"));
    }

    static FeatureQuery Apply(FeatureQuery query, string name, string value, List<LocalText> faults)
    {
        if (Lists.TryGetValue(name, out var apply))
            return apply(query, value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        switch (name)
        {
            case "from":
                return query with { From = ReadTime(name, value, faults) };
            case "to":
                return query with { To = ReadTime(name, value, faults) };
            case "bbox":
                return query with { Box = ReadBox(value, faults) };
            default:
                faults.Add(new($"不认识参数“{name}”。", $"The parameter '{name}' is not known."));
                return query;
        }
    }

    static DateTimeOffset? ReadTime(string name, string value, List<LocalText> faults)
    {
        if (DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), Beijing);
        if (DateTimeOffset.TryParseExact(value, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return time;
        faults.Add(new($"{name}=“{value}”不是时间，应形如 2026-01-31 或 2026-01-31T08:00:00+08:00。", $"'{name}={value}' is not a time; write 2026-01-31 or 2026-01-31T08:00:00+08:00."));
        return null;
    }

    static (double, double, double, double)? ReadBox(string value, List<LocalText> faults)
    {
        var numbers = value.Split(',').Select(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : (double?)null).ToArray();
        if (numbers is [{ } west, { } south, { } east, { } north] && west <= east && south <= north && west >= -180 && east <= 180 && south >= -90 && north <= 90)
            return (west, south, east, north);
        faults.Add(new($"bbox=“{value}”不是范围，应为“西,南,东,北”，单位为度。", $"'bbox={value}' is not a box; write west,south,east,north in degrees."));
        return null;
    }

    static string Join(IReadOnlyList<string> codes) => string.Join(',', codes);

    static string Time(DateTimeOffset? time) => time?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture) ?? "";
}
