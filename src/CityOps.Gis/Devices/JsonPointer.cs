using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CityOps.Gis.Devices;

/// <summary>Where in a JSON document something stands: <c>/data/pressure</c> (RFC 6901); empty for the whole document.</summary>
[JsonConverter(typeof(Converter))]
public sealed class JsonPointer
{
    readonly string _text;
    readonly string[] _steps;

    JsonPointer(string text) => (_text, _steps) = (text, [.. text.Split('/').Skip(1).Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))]);

    public static JsonPointer? TryParse(string text) => text.Length == 0 || text[0] == '/' ? new(text) : null;

    /// <summary>What stands there; null where there is nothing, or a JSON null.</summary>
    public JsonElement? In(JsonElement document)
    {
        var at = document;
        foreach (var step in _steps)
            if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(step, out var member))
                at = member;
            else if (at.ValueKind == JsonValueKind.Array && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place < at.GetArrayLength())
                at = at[place];
            else
                return null;
        return at.ValueKind == JsonValueKind.Null ? null : at;
    }

    public override string ToString() => _text;

    sealed class Converter : JsonConverter<JsonPointer>
    {
        public override JsonPointer Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
            => reader.TokenType == JsonTokenType.String && TryParse(reader.GetString()!) is { } pointer ? pointer : throw new JsonException("A JSON pointer is empty or begins with '/' (RFC 6901).");

        public override void Write(Utf8JsonWriter writer, JsonPointer value, JsonSerializerOptions options) => writer.WriteStringValue(value._text);
    }
}
