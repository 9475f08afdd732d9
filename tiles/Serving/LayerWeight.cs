using CityOps.Gis.Tiles.Encoding;

namespace CityOps.Gis.Tiles.Serving;

/// <summary>What a layer's bytes in a tile are for.</summary>
/// <param name="Bytes">The whole layer.</param>
/// <param name="GeometryBytes">Of all features.</param>
/// <param name="Attributes">By name: the key, its values (a value that several keys share counts with the first) and the features' references to them.</param>
/// <param name="CountedFeatures">Features, or where the tile holds cells what they count.</param>
public sealed record LayerWeight(string Layer, int Bytes, int Features, int GeometryBytes, IReadOnlyDictionary<string, int> Attributes, long CountedFeatures, bool IsAggregated)
{
    /// <summary>Ids, types, lengths and the layer's own fields.</summary>
    public int OtherBytes => Bytes - GeometryBytes - Attributes.Values.Sum();

    /// <exception cref="MvtException">The bytes are no tile.</exception>
    public static IReadOnlyList<LayerWeight> Of(ReadOnlySpan<byte> tile)
    {
        var layers = new List<LayerWeight>();
        var decoded = MvtReader.Read(tile);
        var fields = new ProtoSpan(tile, "");
        while (fields.Next() != 0)
            layers.Add(OfLayer(fields.Span("layers"), decoded.Layers[layers.Count]));
        return layers;
    }

    static LayerWeight OfLayer(ReadOnlySpan<byte> bytes, MvtLayer layer)
    {
        var (keys, values, tags, geometry) = (new List<int>(), new List<int>(), new List<uint[]>(), 0);
        var fields = new ProtoSpan(bytes, layer.Name);
        for (var field = fields.Next(); field != 0; field = fields.Next())
            switch (field)
            {
                case 2:
                    geometry += ReadFeature(fields.Span("features"), layer.Name, tags);
                    break;
                case 3:
                    keys.Add(fields.Span("keys").Length + 2);
                    break;
                case 4:
                    values.Add(fields.Span("values").Length + 2);
                    break;
                default:
                    fields.Skip();
                    break;
            }
        var isAggregated = layer.Features.Any(feature => feature.Attributes.ContainsKey("aggregated"));
        var counted = isAggregated
            ? layer.Features.Sum(cell => Convert.ToInt64(cell.Attributes["cell_count"], System.Globalization.CultureInfo.InvariantCulture))
            : layer.Features.Count;
        return new(layer.Name, bytes.Length, layer.Features.Count, geometry, Attributed(layer.Keys, keys, values, tags), counted, isAggregated);
    }

    static int ReadFeature(ReadOnlySpan<byte> bytes, string layer, List<uint[]> tags)
    {
        var geometry = 0;
        var fields = new ProtoSpan(bytes, layer);
        for (var field = fields.Next(); field != 0; field = fields.Next())
            if (field == 2)
                tags.Add(fields.Packed("tags"));
            else if (field == 4)
                geometry += fields.Span("geometry").Length;
            else
                fields.Skip();
        return geometry;
    }

    static Dictionary<string, int> Attributed(IReadOnlyList<string> names, List<int> keys, List<int> values, List<uint[]> tags)
    {
        var bytes = keys.ToArray();
        var isCounted = new bool[values.Count];
        foreach (var feature in tags)
            for (var at = 0; at < feature.Length; at += 2)
            {
                var (key, value) = (feature[at], feature[at + 1]);
                bytes[key] += SizeOf(key) + SizeOf(value) + (isCounted[value] ? 0 : values[(int)value]);
                isCounted[value] = true;
            }
        return names.Zip(bytes).ToDictionary(one => one.First, one => one.Second);
    }

    static int SizeOf(uint varint) => (38 - System.Numerics.BitOperations.LeadingZeroCount(varint | 1)) / 7;
}
