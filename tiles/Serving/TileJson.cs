using System.Text.Json.Serialization;
using CityOps.Gis.Layers;
using CityOps.Gis.Tiles.Following;

namespace CityOps.Gis.Tiles.Serving;

/// <summary>Tiles of one or several layers described as TileJSON 3.0.0; a question stays in the address of its tiles.</summary>
public sealed record TileJson(
    [property: JsonPropertyName("tilejson")] string Version,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("description")] string Description,
    [property: JsonPropertyName("scheme")] string Scheme,
    [property: JsonPropertyName("tiles")] IReadOnlyList<string> Tiles,
    [property: JsonPropertyName("minzoom")] int MinZoom,
    [property: JsonPropertyName("maxzoom")] int MaxZoom,
    [property: JsonPropertyName("bounds"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<double>? Bounds,
    [property: JsonPropertyName("center"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<double>? Center,
    [property: JsonPropertyName("vector_layers")] IReadOnlyList<TileJson.VectorLayer> VectorLayers)
{
    /// <summary>A layer within the tiles and the fields its features carry.</summary>
    public sealed record VectorLayer(
        [property: JsonPropertyName("id")] string Id,
        [property: JsonPropertyName("description")] string Description,
        [property: JsonPropertyName("fields")] IReadOnlyDictionary<string, string> Fields,
        [property: JsonPropertyName("minzoom")] int MinZoom,
        [property: JsonPropertyName("maxzoom")] int MaxZoom);

    /// <param name="baseUrl">Scheme, host and base path of the tile server, without a slash at its end.</param>
    /// <param name="bounds">West, south, east, north in degrees; null = the whole world.</param>
    public static TileJson Describe(TileQuestion question, (double West, double South, double East, double North)? bounds, string language, string baseUrl)
    {
        var layers = question.Layers.Select(layer => layer.Definition).ToList();
        var (first, last) = (layers.Min(layer => layer.Zooms.Min), layers.Max(layer => layer.Zooms.Max));
        return new("3.0.0", question.LayerText, string.Join(" · ", layers.Select(layer => layer.Title.In(language))), "xyz", [TilesUrl(question, baseUrl)], first, last,
            bounds is { } box ? [box.West, box.South, box.East, box.North] : null,
            bounds is { } about ? [(about.West + about.East) / 2, (about.South + about.North) / 2, Math.Clamp(12, first, last)] : null,
            [.. question.Layers.Select(layer => new VectorLayer(
                layer.Definition.Id, layer.Definition.Title.In(language), Fields(layer, question.Scope is not null), layer.Definition.Zooms.Min, layer.Definition.Zooms.Max))]);
    }

    /// <summary>The template of the tiles' addresses, with the question and the executor asked for.</summary>
    public static string TilesUrl(TileQuestion question, string baseUrl)
    {
        string[] parameters = [question.Parameters, question.Forced is { } forced ? "executor=" + forced.ToString().ToLowerInvariant() : ""];
        var query = string.Join('&', parameters.Where(one => one.Length > 0));
        return $"{baseUrl}/tiles/{question.LayerText}/{{z}}/{{x}}/{{y}}.mvt{(query.Length > 0 ? "?" : "")}{query}";
    }

    // What a cell is counted by is known from what the layer holds, of which a caller with a scope sees a part: he finds these fields in the tiles alone.
    static Dictionary<string, string> Fields(LiveLayer live, bool hasScope)
    {
        var layer = live.Definition;
        var fields = layer.StoredFields.Where(field => field.InTile).ToDictionary(field => field.Name, field => field.Type switch
        {
            FieldType.Integer or FieldType.Real => "Number",
            FieldType.Boolean => "Boolean",
            _ => "String",
        });
        if (!layer.Zooms.Aggregate)
            return fields;
        (fields["aggregated"], fields["cell_count"]) = ("Boolean", "Number");
        foreach (var name in hasScope ? [] : live.View?.Parts.SelectMany(part => part.Snapshot.CellKeys?.Names ?? []) ?? [])
            fields["count_" + name] = "Number";
        return fields;
    }
}
