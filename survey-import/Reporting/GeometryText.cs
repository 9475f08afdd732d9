using System.Text;
using System.Text.Json;

namespace CityOps.Gis.SurveyImport.Reporting;

/// <summary>A GeoJSON geometry as well-known text, with the digits of its coordinates as they are.</summary>
/// <param name="Position">Of a point: longitude and latitude.</param>
sealed record GeometryText(string Wkt, (string X, string Y)? Position)
{
    public static GeometryText Of(string geoJson)
    {
        using var document = JsonDocument.Parse(geoJson);
        return Of(document.RootElement);
    }

    static GeometryText Of(JsonElement geometry)
    {
        var type = geometry.GetProperty("type").GetString()!;
        if (type == "GeometryCollection")
            return new($"GEOMETRYCOLLECTION ({string.Join(", ", geometry.GetProperty("geometries").EnumerateArray().Select(one => Of(one).Wkt))})", null);
        var coordinates = geometry.GetProperty("coordinates");
        if (coordinates.GetArrayLength() == 0)
            return new($"{type.ToUpperInvariant()} EMPTY", null);
        var text = new StringBuilder(type.ToUpperInvariant()).Append(' ');
        if (type != "Point")
            return new(Append(text, coordinates).ToString(), null);
        return new(text.Append('(').Append(Pair(coordinates)).Append(')').ToString(), (coordinates[0].GetRawText(), coordinates[1].GetRawText()));
    }

    static StringBuilder Append(StringBuilder text, JsonElement coordinates)
    {
        if (coordinates[0].ValueKind == JsonValueKind.Number)
            return text.Append(Pair(coordinates));
        text.Append('(');
        for (var at = 0; at < coordinates.GetArrayLength(); at++)
            Append(at == 0 ? text : text.Append(", "), coordinates[at]);
        return text.Append(')');
    }

    static string Pair(JsonElement position) => $"{position[0].GetRawText()} {position[1].GetRawText()}";
}
