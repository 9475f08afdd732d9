using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CityOps.Gis.Web.Api.Ogc;

/// <summary>
/// Brings the places of a filter from the reference system of <c>filter-crs</c> to longitude and latitude before the filter is read, as a filter is always about
/// stored coordinates. What is no place stays as it is, and so does what cannot be understood: the reader says what is wrong with it.
/// </summary>
static partial class FilterCrs
{
    /// <summary>A filter in CQL2 text: well-known text and <c>BBOX(…)</c> outside of quotes.</summary>
    public static string OfText(string filter, OgcCrs crs)
    {
        var changed = new StringBuilder();
        for (var at = 0; at < filter.Length;)
        {
            var quoted = filter[at] is '\'' or '"' ? filter.IndexOf(filter[at], at + 1) is >= 0 and var close ? close + 1 : filter.Length : at;
            if (quoted > at)
            {
                changed.Append(filter, at, quoted - at);
                at = quoted;
            }
            else if (PlaceStart().Match(filter, at) is { Success: true } start)
            {
                var end = ClosingBracket(filter, at + start.Length);
                // A bracket that nobody closes leaves nothing between.
                changed.Append(start.Groups["name"].Value.Equals("BBOX", StringComparison.OrdinalIgnoreCase)
                    ? Box(filter[(at + start.Length)..Math.Max(at + start.Length, end - 1)], crs) ?? filter[at..end]
                    : string.Concat(filter.AsSpan(at, start.Length), Positions(filter[(at + start.Length)..end], crs)));
                at = end;
            }
            else
                changed.Append(filter[at++]);
        }
        return changed.ToString();
    }

    /// <summary>A filter in CQL2 JSON: GeoJSON geometries and <c>{"bbox": […]}</c>.</summary>
    public static string OfJson(string filter, OgcCrs crs)
    {
        try
        {
            return JsonNode.Parse(filter, documentOptions: new() { AllowDuplicateProperties = false }) is { } tree ? Changed(tree, crs).ToJsonString() : filter;
        }
        catch (JsonException)
        {
            // No JSON: the reader of the filter names the place.
            return filter;
        }
    }

    static JsonNode Changed(JsonNode node, OgcCrs crs)
    {
        switch (node)
        {
            case JsonObject { Count: 1 } box when box["bbox"] is JsonArray numbers && Box(string.Join(',', numbers.Select(number => number?.ToJsonString())), crs) is { } wkt:
                return PolygonOf(wkt);
            case JsonObject place when place["coordinates"] is JsonArray coordinates:
                return new JsonObject { ["type"] = place["type"]?.DeepClone(), ["coordinates"] = Positions(coordinates, crs) };
            case JsonObject other:
                return new JsonObject(other.Select(member => KeyValuePair.Create(member.Key, member.Value is null ? null : (JsonNode?)Changed(member.Value, crs))));
            case JsonArray list:
                return new JsonArray([.. list.Select(one => one is null ? null : Changed(one, crs))]);
            default:
                return node.DeepClone();
        }
    }

    static JsonArray Positions(JsonArray coordinates, OgcCrs crs)
    {
        if (coordinates is not [JsonValue first, JsonValue second, ..] || !first.TryGetValue(out double one) || !second.TryGetValue(out double other))
            return [.. coordinates.Select(part => part is JsonArray inner ? Positions(inner, crs) : part?.DeepClone())];
        var (longitude, latitude) = crs.ToStored(one, other);
        return [longitude, latitude];
    }

    static string Positions(string text, OgcCrs crs) => Position().Replace(text, match =>
    {
        var (longitude, latitude) = crs.ToStored(Number(match.Groups["first"].Value), Number(match.Groups["second"].Value));
        return Text($"{longitude:R} {latitude:R}");
    });

    static string? Box(string text, OgcCrs crs)
    {
        var numbers = text.Split(',').Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN).ToArray();
        return numbers.Length == 4 && !numbers.Any(double.IsNaN) ? BoxParameter.Outline(crs, numbers) : null;
    }

    static JsonObject PolygonOf(string wkt) => new()
    {
        ["type"] = "Polygon",
        ["coordinates"] = new JsonArray(new JsonArray([.. Position().Matches(wkt).Select(match => new JsonArray(Number(match.Groups["first"].Value), Number(match.Groups["second"].Value)))])),
    };

    static int ClosingBracket(string text, int at)
    {
        for (var depth = 1; at < text.Length; at++)
            if ((depth += text[at] == '(' ? 1 : text[at] == ')' ? -1 : 0) == 0)
                return at + 1;
        return text.Length;
    }

    static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\G(?<![\w:.""'])(?<name>BBOX|POINT|LINESTRING|POLYGON|MULTIPOINT|MULTILINESTRING|MULTIPOLYGON|GEOMETRYCOLLECTION)(?>\s*)(?:Z(?>\s*))?\(", RegexOptions.IgnoreCase)]
    private static partial Regex PlaceStart();

    [GeneratedRegex(@"(?<![0-9.])(?<first>[-+]?(?>[0-9]*\.[0-9]+|[0-9]+)(?>[eE][-+]?[0-9]+)?)(?>\s+)(?<second>[-+]?(?>[0-9]*\.[0-9]+|[0-9]+)(?>[eE][-+]?[0-9]+)?)(?:(?>\s+)[-+]?(?>[0-9]*\.[0-9]+|[0-9]+)(?>[eE][-+]?[0-9]+)?)?")]
    private static partial Regex Position();
}
