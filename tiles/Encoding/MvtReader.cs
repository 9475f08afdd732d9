namespace CityOps.Gis.Tiles.Encoding;

/// <summary>
/// Reads vector tiles strictly by MVT 2.1: what its MUSTs forbid is refused with <see cref="MvtException"/>. Unknown fields of tile, layer
/// and feature
/// are skipped (4.1), a layer without features or without an extent (protobuf's default, 4096) and a feature of type UNKNOWN are taken.
/// For tests, tools and tiles of strangers; it makes objects for everything it finds.
/// </summary>
public static class MvtReader
{
    public static MvtTile Read(ReadOnlySpan<byte> bytes)
    {
        var layers = new List<MvtLayer>();
        var tile = new ProtoSpan(bytes, "");
        for (var field = tile.Next(); field != 0; field = tile.Next())
            if (field == 3)
                layers.Add(ReadLayer(tile.Span("layers"), layers));
            else
                tile.Skip();
        return new(layers);
    }

    static MvtLayer ReadLayer(ReadOnlySpan<byte> bytes, List<MvtLayer> before)
    {
        var draft = new LayerDraft($"layer {before.Count + 1}");
        var layer = new ProtoSpan(bytes, draft.Where);
        for (var field = layer.Next(); field != 0; field = layer.Next())
            ReadLayerField(ref layer, field, draft);
        if (draft.Name is null)
            throw Fault(MvtFault.LayerName, draft.Where, "没有名称", "has no name");
        if (before.Any(other => other.Name == draft.Name))
            throw Fault(MvtFault.LayerNameTwice, draft.Where, $"的名称 {draft.Name} 已被前面的图层使用",
                $"has the name {draft.Name}, which a layer before it has");
        if (draft.Version is not (1 or 2))
            throw Fault(MvtFault.LayerVersion, draft.Where, $"的版本是“{draft.Version}”，应为 1 或 2",
                $"is of version '{draft.Version}', not 1 or 2");

        // Features may stand before the keys and values they point into, so they are read last.
        var features = new List<MvtFeature>();
        foreach (var (start, end) in draft.Features)
            features.Add(ReadFeature(bytes[start..end], draft, features.Count + 1));
        return new(draft.Name, (int)draft.Version, draft.Extent, draft.Keys, draft.Values, features);
    }

    static void ReadLayerField(ref ProtoSpan layer, int field, LayerDraft draft)
    {
        switch (field)
        {
            case 1:
                Once(draft.Name is null, draft.Where, "name");
                draft.Name = layer.Text("name");
                break;
            case 2:
                draft.Features.Add(layer.Range("features"));
                break;
            case 3:
                draft.Keys.Add(layer.Text("keys"));
                break;
            case 4:
                draft.Values.Add(ReadValue(layer.Span("values"), $"{draft.Where}, value {draft.Values.Count}"));
                break;
            case 5:
                draft.Extent = layer.UInt32("extent") is > 0 and <= int.MaxValue and var extent
                    ? (int)extent
                    : throw Fault(MvtFault.LayerExtent, draft.Where, "的 extent 不是正整数", "has an extent that is not a positive number");
                break;
            case 15:
                draft.Version = layer.UInt32("version");
                break;
            default:
                layer.Skip();
                break;
        }
    }

    static object ReadValue(ReadOnlySpan<byte> bytes, string where)
    {
        object? found = null;
        var value = new ProtoSpan(bytes, where);
        for (var field = value.Next(); field != 0; field = value.Next())
        {
            Once(found is null, where, "value");
            found = field switch
            {
                1 => value.Text("string_value"),
                2 => value.Single("float_value"),
                3 => value.Double("double_value"),
                4 => (long)value.UInt64("int_value"),
                5 => value.UInt64("uint_value"),
                6 => FromZigZag(value.UInt64("sint_value")),
                7 => value.UInt64("bool_value") != 0,
                _ => throw Fault(MvtFault.ValueType, where, $"的类型 {field} 在 2.1 规范中不存在",
                    $"is of type {field}, which MVT 2.1 does not have"),
            };
        }
        return found ?? throw Fault(MvtFault.ValueType, where, "没有内容", "holds nothing");
    }

    static MvtFeature ReadFeature(ReadOnlySpan<byte> bytes, LayerDraft layer, int number)
    {
        var where = $"{layer.Where} ({layer.Name}), feature {number}";
        ulong? id = null;
        uint? type = null;
        uint[]? tags = null, geometry = null;
        var feature = new ProtoSpan(bytes, where);
        for (var field = feature.Next(); field != 0; field = feature.Next())
            switch (field)
            {
                case 1:
                    id = feature.UInt64("id");
                    break;
                case 2:
                    Once(tags is null, where, "tags");
                    tags = feature.Packed("tags");
                    break;
                case 3:
                    type = feature.UInt32("type");
                    break;
                case 4:
                    Once(geometry is null, where, "geometry");
                    geometry = feature.Packed("geometry");
                    break;
                default:
                    feature.Skip();
                    break;
            }
        if (type is not <= 3)
            throw Fault(MvtFault.FeatureType, where, $"的几何类型是 “{type}”，应为 0 到 3", $"has the geometry type '{type}', not 0 to 3");
        if (geometry is null or [])
            throw Fault(MvtFault.FeatureGeometry, where, "没有几何", "has no geometry");
        return new(id, (MvtGeometryType)type, Attributes(tags ?? [], layer, where), new GeometryDecoder(geometry, where,
            layer.Version > 1).Read((MvtGeometryType)type));
    }

    static Dictionary<string, object> Attributes(uint[] tags, LayerDraft layer, string where)
    {
        if (tags.Length % 2 != 0)
            throw Fault(MvtFault.TagsOdd, where, $"的标签数 {tags.Length} 不是偶数", $"has {tags.Length} tags, which do not make pairs");
        var attributes = new Dictionary<string, object>();
        for (var i = 0; i < tags.Length; i += 2)
        {
            if (tags[i] >= layer.Keys.Count)
                throw Fault(MvtFault.TagKey, where, $"指向键 {tags[i]}，图层只有 {layer.Keys.Count} 个键",
                    $"points to key {tags[i]}, of {layer.Keys.Count} in the layer");
            if (tags[i + 1] >= layer.Values.Count)
                throw Fault(MvtFault.TagValue, where, $"指向值 {tags[i + 1]}，图层只有 {layer.Values.Count} 个值",
                    $"points to value {tags[i + 1]}, of {layer.Values.Count} in the layer");
            if (!attributes.TryAdd(layer.Keys[(int)tags[i]], layer.Values[(int)tags[i + 1]]))
                throw Fault(MvtFault.TagKeyTwice, where, $"的键 {layer.Keys[(int)tags[i]]} 出现两次",
                    $"has the key {layer.Keys[(int)tags[i]]} twice");
        }
        return attributes;
    }

    static long FromZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);

    static void Once(bool isFirst, string where, string field)
    {
        if (!isFirst)
            throw Fault(MvtFault.FieldTwice, where, $"有两个 {field} 字段", $"has two {field} fields where one may be");
    }

    internal static MvtException Fault(MvtFault fault, string where, string zh, string en)
        => new(fault, new($"瓦片的 {where} {zh}。", $"The tile's {where} {en}."));

    sealed class LayerDraft(string where)
    {
        public string Where => where;
        public string? Name;
        public uint? Version;
        public int Extent = 4096;
        public List<string> Keys { get; } = [];
        public List<object> Values { get; } = [];
        public List<(int Start, int End)> Features { get; } = [];
    }
}
