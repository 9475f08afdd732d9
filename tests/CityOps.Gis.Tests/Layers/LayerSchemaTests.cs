using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CityOps.Gis.Layers;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.Layers;

/// <summary>layer.schema.json helps the editor; the records decide. These tests keep the two the same.</summary>
public sealed class LayerSchemaTests
{
    static readonly JsonElement Schema = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("src/layers/layer.schema.json"))).RootElement;

    public static TheoryData<Type, string> Records() => new()
    {
        { typeof(LayerDefinition), "" },
        { typeof(LayerField), "field" },
        { typeof(LayerClass), "class" },
        { typeof(LayerFigure), "figure" },
        { typeof(LayerStyle), "style" },
        { typeof(LayerSector), "sector" },
        { typeof(LayerZooms), "zooms" },
        { typeof(LayerAccess), "access" },
        { typeof(LocalText), "text" },
    };

    public static TheoryData<string> Files()
        => [.. Directory.GetFiles(Repository.PathOf("src/layers"), "*.json").Select(file => Path.GetFileName(file)).Where(file => file != "layer.schema.json")];

    [Theory]
    [MemberData(nameof(Records))]
    public void The_schema_and_the_record_have_the_same_members(Type record, string node)
        => Assert.Equal(Members(record).Select(Written).Order(), Properties(node).Select(property => property.Name).Where(name => name != "$schema").Order());

    [Theory]
    [MemberData(nameof(Records))]
    public void The_schema_demands_what_the_record_demands(Type record, string node)
        => Assert.Equal(
            Members(record).Where(member => IsRequired(record, member)).Select(Written).Order(),
            Node(node).TryGetProperty("required", out var required) ? required.EnumerateArray().Select(name => name.GetString()!).Order() : []);

    [Theory]
    [MemberData(nameof(Records))]
    public void The_schema_shuts_out_other_members_and_explains_its_own(Type record, string node)
    {
        Assert.False(Node(node).GetProperty("additionalProperties").GetBoolean(), record.Name);
        Assert.All(Properties(node).Where(property => property.Name != "$schema"), property =>
        {
            Assert.NotEmpty(property.Value.GetProperty("title").GetString()!);
            Assert.NotEmpty(property.Value.GetProperty("description").GetString()!);
        });
    }

    [Fact]
    public void The_schema_names_the_defaults_of_the_records()
    {
        object[] made = [new LayerStyle(), new LayerZooms(), new LayerAccess(), new LayerField { Name = "a", Title = new("", "") }, new LayerClass("", [])];
        foreach (var record in made)
            foreach (var member in Members(record.GetType()))
                if (Node(Records().Single(row => row.Data.Item1 == record.GetType()).Data.Item2).GetProperty("properties").GetProperty(Written(member)) is var property
                    && property.TryGetProperty("default", out var stated))
                    Assert.Equal(InJson(member.GetValue(record)), stated.ToString().Replace(" ", "", StringComparison.Ordinal));
    }

    [Fact]
    public void The_schema_knows_every_kind_type_and_check()
    {
        Assert.Equal(LayerShape.Names(typeof(GeometryKind)), Strings(Schema.GetProperty("properties").GetProperty("geometry").GetProperty("enum")));
        Assert.Equal(LayerShape.Names(typeof(FieldType)), Strings(Node("field").GetProperty("properties").GetProperty("type").GetProperty("enum")));
        Assert.Equal(LayerRules.KnownChecks.Order(), Strings(Node("field").GetProperty("properties").GetProperty("checks").GetProperty("items").GetProperty("enum")).Order());
    }

    [Fact]
    public void Each_member_of_the_schema_has_the_type_of_the_record()
    {
        foreach (var row in Records())
            foreach (var member in Members(row.Data.Item1))
                Assert.True(Fits(member.PropertyType, Resolve(Node(row.Data.Item2).GetProperty("properties").GetProperty(Written(member)))), $"{row.Data.Item1.Name}.{member.Name}");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_layer_uses_only_what_the_schema_knows(string file)
    {
        var layer = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("src/layers/" + file))).RootElement;

        Assert.Equal("./layer.schema.json", layer.GetProperty("$schema").GetString());
        Assert.Empty(Unknown(layer, Schema, "$"));
    }

    static IEnumerable<string> Unknown(JsonElement value, JsonElement schema, string path)
    {
        schema = Resolve(schema);
        if (value.ValueKind == JsonValueKind.Array)
            return value.EnumerateArray().SelectMany((one, index) => Unknown(one, schema.GetProperty("items"), $"{path}[{index}]"));
        if (value.ValueKind != JsonValueKind.Object)
            return schema.TryGetProperty("enum", out var names) && !Strings(names).Contains(value.ToString()) ? [$"{path} = {value}"] : [];
        return value.EnumerateObject().SelectMany(one =>
            schema.TryGetProperty("properties", out var known) && known.TryGetProperty(one.Name, out var member) ? Unknown(one.Value, member, $"{path}.{one.Name}")
            : schema.GetProperty("additionalProperties") is { ValueKind: JsonValueKind.Object } any ? Unknown(one.Value, any, $"{path}.{one.Name}")
            : [$"{path}.{one.Name}"]);
    }

    static bool Fits(Type type, JsonElement schema)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var stated = schema.TryGetProperty("type", out var one) ? one.GetString() : "string";
        return stated == (type == typeof(string) || type.IsEnum ? "string"
            : type == typeof(bool) ? "boolean"
            : type == typeof(int) ? "integer"
            : type == typeof(double) ? "number"
            : type.IsAssignableTo(typeof(IEnumerable)) && !type.Name.StartsWith("IReadOnlyDictionary", StringComparison.Ordinal) ? "array"
            : "object");
    }

    static JsonElement Node(string name) => name.Length == 0 ? Schema : Schema.GetProperty("$defs").GetProperty(name);

    static JsonElement.ObjectEnumerator Properties(string node) => Node(node).GetProperty("properties").EnumerateObject();

    static JsonElement Resolve(JsonElement schema)
        => schema.TryGetProperty("$ref", out var target) ? Node(target.GetString()!.Replace("#/$defs/", "", StringComparison.Ordinal)) : schema;

    static IEnumerable<PropertyInfo> Members(Type record) => record.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(member => member.CanWrite);

    static string Written(PropertyInfo member) => JsonNamingPolicy.CamelCase.ConvertName(member.Name);

    static bool IsRequired(Type record, PropertyInfo member)
        => member.GetCustomAttribute<RequiredMemberAttribute>() is not null
            || record.GetConstructors().SelectMany(one => one.GetParameters()).Any(one => one.Name == member.Name && !one.HasDefaultValue);

    static string InJson(object? value)
        => value is Enum ? JsonNamingPolicy.CamelCase.ConvertName(value.ToString()!) : value is string text ? text : value is bool flag ? $"{flag}" : JsonSerializer.Serialize(value);

    static IEnumerable<string> Strings(JsonElement array) => array.EnumerateArray().Select(one => one.GetString()!);
}
