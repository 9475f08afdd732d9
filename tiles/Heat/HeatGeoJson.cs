using System.Text.Encodings.Web;
using System.Text.Json;
using CityOps.Gis.Heat;
using CityOps.Gis.Tiling;
using NetTopologySuite.IO.Converters;

namespace CityOps.Gis.Tiles.Heat;

/// <summary>A heat map as GeoJSON (RFC 7946): a polygon per cell with the members that <see cref="HeatJson"/> gives it; the head stands in <c>heat</c>.</summary>
static class HeatGeoJson
{
    public const string ContentType = "application/geo+json";
    const double World = 4294967296.0;
    static readonly JsonSerializerOptions Format = new() { Converters = { new GeoJsonConverterFactory() } };
    static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(HeatAnswer answer, Stream into)
    {
        using var json = new Utf8JsonWriter(into, Writing);
        json.WriteStartObject();
        json.WriteString("type", "FeatureCollection");
        json.WriteStartObject("heat");
        HeatJson.WriteHead(answer, json);
        json.WriteEndObject();
        json.WriteStartArray("features");
        for (var cell = 0; cell < answer.Length; cell++)
        {
            json.WriteStartObject();
            json.WriteString("type", "Feature");
            json.WritePropertyName("geometry");
            WriteShape(answer, cell, json);
            json.WriteStartObject("properties");
            HeatJson.WriteCell(answer, cell, json);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteShape(HeatAnswer answer, int cell, Utf8JsonWriter json)
    {
        if (answer.Lattice is { } lattice)
            WriteCorners(lattice.Corners(HeatCell.Of(answer.Keys[cell])), json);
        else if (answer.AreaOf(cell) is >= 0 and var area && answer.Areas!.Shapes[area] is { } shape)
            JsonSerializer.Serialize(json, shape, Format);
        else
            json.WriteNullValue();
    }

    // Corners run clockwise; RFC 7946 wants exteriors the other way round.
    static void WriteCorners((long X, long Y)[] corners, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", "Polygon");
        json.WriteStartArray("coordinates");
        json.WriteStartArray();
        for (var at = corners.Length; at >= 0; at--)
        {
            var (x, y) = corners[at % corners.Length];
            json.WriteStartArray();
            json.WriteNumberValue(Math.Round(WebMercator.Longitude(x / World), 8));
            json.WriteNumberValue(Math.Round(WebMercator.Latitude(y / World), 8));
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
