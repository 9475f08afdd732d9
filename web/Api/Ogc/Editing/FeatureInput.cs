using System.Text.Json;
using System.Text.Json.Nodes;
using CityOps.Gis.Layers;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO.Converters;

namespace CityOps.Gis.Web.Api.Ogc.Editing;

/// <summary>A feature as a client sent it: GeoJSON, its geometry brought to longitude and latitude.</summary>
/// <param name="Properties">Texts of the fields by name; null where there is no value.</param>
sealed record FeatureInput(Geometry? Geometry, IReadOnlyDictionary<string, string?> Properties)
{
    static readonly JsonSerializerOptions GeoJson = new() { Converters = { new GeoJsonConverterFactory() } };

    /// <summary>Reads a feature, or says why it is none.</summary>
    /// <param name="crs">Reference system of the geometry.</param>
    public static (FeatureInput? Feature, IReadOnlyList<LocalText> Faults) Read(JsonNode? body, LayerDefinition layer, OgcCrs crs)
    {
        if (body is not JsonObject feature || feature["type"]?.ToString() != "Feature" || feature["properties"] is not (null or JsonObject))
            return (null, [new("请求正文应为 GeoJSON 要素：{\"type\": \"Feature\", \"geometry\": …, \"properties\": {…}}。", "The body should be a GeoJSON feature: {\"type\": \"Feature\", \"geometry\": …, \"properties\": {…}}.")]);
        var faults = new List<LocalText>();
        var properties = ReadProperties(feature["properties"] as JsonObject ?? [], layer, faults);
        var geometry = ReadGeometry(feature["geometry"], layer, crs, faults);
        return faults.Count > 0 ? (null, faults) : (new(geometry, properties), []);
    }

    // What the database stamps may come back as it was sent, and is passed over.
    static Dictionary<string, string?> ReadProperties(JsonObject properties, LayerDefinition layer, List<LocalText> faults)
    {
        var stamped = PostGis.Collections.FeatureColumn.Of(layer).Select(column => column.Name).Append("fid").ToHashSet();
        var texts = new Dictionary<string, string?>();
        foreach (var (name, value) in properties)
            if (layer.Find(name) is not null)
                texts[name] = Text(value);
            else if (!stamped.Contains(name))
                faults.Add(new($"图层没有字段“{name}”。", $"The layer has no field '{name}'."));
        return texts;
    }

    static string? Text(JsonNode? value) => value switch
    {
        null => null,
        JsonArray list => string.Join(';', list.Select(one => one?.ToString())),
        _ => value.ToString(),
    };

    static Geometry? ReadGeometry(JsonNode? node, LayerDefinition layer, OgcCrs crs, List<LocalText> faults)
    {
        if (node is null || layer.Geometry == GeometryKind.None)
            return null;
        try
        {
            var geometry = node.Deserialize<Geometry>(GeoJson);
            geometry?.Apply(new ToStored(crs));
            return geometry;
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException or InvalidOperationException or NotSupportedException)
        {
            faults.Add(new($"geometry 不是 GeoJSON 几何：{fault.Message}", $"'geometry' is no GeoJSON geometry: {fault.Message}"));
            return null;
        }
    }

    /// <summary>Changes coordinates in place from a reference system's axes to longitude and latitude; heights are dropped.</summary>
    sealed class ToStored(OgcCrs crs) : IEntireCoordinateSequenceFilter
    {
        public bool Done => false;
        public bool GeometryChanged => true;

        public void Filter(CoordinateSequence sequence)
        {
            for (var at = 0; at < sequence.Count; at++)
            {
                var (longitude, latitude) = crs.ToStored(sequence.GetX(at), sequence.GetY(at));
                sequence.SetX(at, longitude);
                sequence.SetY(at, latitude);
            }
        }
    }
}
