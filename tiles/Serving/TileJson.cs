using System.Text.Json.Serialization;
using CityOps.Gis.Layers;

namespace CityOps.Gis.Tiles.Serving;

/// <summary>A layer's tiles described as TileJSON 3.0.0.</summary>
public sealed record TileJson(
    [property: JsonPropertyName("tilejson")] string Version,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("description")] string Description,
    [property: JsonPropertyName("scheme")] string Scheme,
    [property: JsonPropertyName("tiles")] IReadOnlyList<string> Tiles,
    [property: JsonPropertyName("minzoom")] int MinZoom,
    [property: JsonPropertyName("maxzoom")] int MaxZoom,
    [property: JsonPropertyName("vector_layers")] IReadOnlyList<TileJson.VectorLayer> VectorLayers)
{
    /// <summary>A layer within the tiles and the fields its features carry.</summary>
    public sealed record VectorLayer(
        [property: JsonPropertyName("id")] string Id,
        [property: JsonPropertyName("fields")] IReadOnlyDictionary<string, string> Fields,
        [property: JsonPropertyName("minzoom")] int MinZoom,
        [property: JsonPropertyName("maxzoom")] int MaxZoom);

    /// <param name="baseUrl">Scheme, host and base path of the tile server, without a slash at its end.</param>
    public static TileJson Describe(LayerDefinition layer, string baseUrl)
        => new("3.0.0", layer.Id, layer.Title.Zh, "xyz", [$"{baseUrl}/tiles/{layer.Id}/{{z}}/{{x}}/{{y}}.mvt"], layer.Zooms.Min, layer.Zooms.Max,
            [new(layer.Id, Fields(layer), layer.Zooms.Min, layer.Zooms.Max)]);

    static Dictionary<string, string> Fields(LayerDefinition layer)
    {
        var fields = layer.StoredFields.Where(field => field.InTile).ToDictionary(field => field.Name, field => field.Type switch
        {
            FieldType.Integer or FieldType.Real => "Number",
            FieldType.Boolean => "Boolean",
            _ => "String",
        });
        if (layer.Zooms.Aggregate)
        {
            fields["aggregated"] = "Boolean";
            fields["cell_count"] = "Number";
        }
        return fields;
    }
}
