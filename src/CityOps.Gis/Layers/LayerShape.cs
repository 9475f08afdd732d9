using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CityOps.Gis.Layers;

/// <summary>Compares a definition's JSON with the records that read it, so that every misspelt, missing or mistyped member is named at once with its JSON path.</summary>
sealed class LayerShape(string file, JsonSerializerOptions format)
{
    readonly List<LayerFault> _faults = [];

    public IReadOnlyList<LayerFault> Check(JsonElement definition)
    {
        Check(definition, typeof(LayerDefinition), "$");
        return _faults;
    }

    void Check(JsonElement value, Type type, string path)
    {
        var info = format.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);
        switch (info.Kind)
        {
            case JsonTypeInfoKind.Object:
                if (Is(value, JsonValueKind.Object, path))
                    Members(value, info, path);
                break;
            case JsonTypeInfoKind.Dictionary:
                if (Is(value, JsonValueKind.Object, path))
                    foreach (var one in value.EnumerateObject())
                        Check(one.Value, info.ElementType!, $"{path}['{one.Name}']");
                break;
            case JsonTypeInfoKind.Enumerable:
                if (Is(value, JsonValueKind.Array, path))
                    foreach (var (index, one) in value.EnumerateArray().Index())
                        Check(one, info.ElementType!, $"{path}[{index}]");
                break;
            default:
                Scalar(value, info.Type, path);
                break;
        }
    }

    void Members(JsonElement value, JsonTypeInfo info, string path)
    {
        var known = info.Properties.Where(property => property.Set is not null).ToList();
        foreach (var one in value.EnumerateObject().Where(one => path != "$" || one.Name != "$schema"))
            if (known.FirstOrDefault(property => property.Name == one.Name) is not { } property)
                Add($"{path}.{one.Name}",
                    $"没有“{one.Name}”这一项，可用的有：{string.Join("、", known.Select(other => other.Name))}。",
                    $"There is no member '{one.Name}' here; there are {string.Join(", ", known.Select(other => other.Name))}.");
            else if (one.Value.ValueKind != JsonValueKind.Null || !property.IsSetNullable)
                Check(one.Value, property.PropertyType, $"{path}.{one.Name}");
        foreach (var missing in known.Where(property => property.IsRequired && !value.TryGetProperty(property.Name, out _)))
            Add($"{path}.{missing.Name}", $"缺少“{missing.Name}”。", $"'{missing.Name}' is missing.");
    }

    void Scalar(JsonElement value, Type type, string path)
    {
        if (type.IsEnum)
        {
            if (Is(value, JsonValueKind.String, path) && Names(type) is var names && !names.Contains(value.GetString()))
                Add(path, $"“{value.GetString()}”不在 {string.Join("、", names)} 之中。", $"'{value.GetString()}' is none of {string.Join(", ", names)}.");
        }
        else if (type == typeof(bool))
            Is(value, value.ValueKind == JsonValueKind.False ? JsonValueKind.False : JsonValueKind.True, path);
        else if (type == typeof(string))
            Is(value, JsonValueKind.String, path);
        else if (Is(value, JsonValueKind.Number, path) && type == typeof(int) && !value.TryGetInt32(out _))
            Add(path, $"{value.GetRawText()} 不是整数。", $"{value.GetRawText()} is no whole number.");
    }

    /// <summary>Names of an enumeration as a definition writes them.</summary>
    public static string[] Names(Type type) => [.. Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName)];

    bool Is(JsonElement value, JsonValueKind kind, string path)
    {
        if (value.ValueKind == kind)
            return true;
        var (zh, en) = kind switch
        {
            JsonValueKind.Object => ("对象 { … }", "an object { … }"),
            JsonValueKind.Array => ("数组 [ … ]", "an array [ … ]"),
            JsonValueKind.String => ("字符串", "a text"),
            JsonValueKind.Number => ("数字", "a number"),
            _ => ("true 或 false", "true or false"),
        };
        Add(path, $"应为{zh}，实为 {Excerpt(value)}。", $"This should be {en} and is {Excerpt(value)}.");
        return false;
    }

    static string Excerpt(JsonElement value) => value.GetRawText() is { Length: > 40 } text ? text[..40] + "…" : value.GetRawText();

    void Add(string path, string zh, string en) => _faults.Add(new(file, path, new(zh, en)));
}
