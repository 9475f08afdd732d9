using CityOps.Gis.Layers;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>Does a table, or the stream of its changes, have what a snapshot needs?</summary>
static class LayerColumns
{
    /// <summary>What is missing or of another type, as a sentence for the operator; null = nothing.</summary>
    /// <param name="found">Columns and their types as <c>format_type</c> writes them.</param>
    public static LocalText? Fault(LayerDefinition layer, IReadOnlyDictionary<string, string> found)
    {
        foreach (var (name, type) in SnapshotColumns.Of(layer))
            if (!found.TryGetValue(name, out var other))
                return new($"图层 {layer.Id} 的表没有字段“{name}”；请恢复该字段或修改图层定义。", $"The table of layer {layer.Id} has no column '{name}'; bring it back or change the definition.");
            else if (!Fits(type, other))
                return new($"图层 {layer.Id} 的字段“{name}”类型为 {other}，定义要求 {type}。", $"Column '{name}' of layer {layer.Id} is of type {other}; the definition wants {type}.");
        return null;
    }

    // The same bytes.
    static bool Fits(string wanted, string found) => wanted == found || wanted == "text" && found == "character varying";
}
