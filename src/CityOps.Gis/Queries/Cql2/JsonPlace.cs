using System.Text;
using System.Text.Json;

namespace CityOps.Gis.Queries.Cql2;

/// <summary>A value of a JSON text that knows where it begins; System.Text.Json's documents forget.</summary>
/// <param name="Value">Text of a string, spelling of a number, true or false.</param>
/// <param name="Items">Of an array.</param>
/// <param name="Members">Of an object.</param>
sealed record JsonPlace(JsonValueKind Kind, string Value, IReadOnlyList<JsonPlace> Items, IReadOnlyDictionary<string, JsonPlace> Members, int Offset)
{
    static readonly Dictionary<string, JsonPlace> NoMembers = [];

    public JsonPlace? this[string member] => Members.GetValueOrDefault(member);

    /// <exception cref="JsonException">It is no JSON, or nested too deep.</exception>
    public static JsonPlace Read(string json, int mostDepth)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = mostDepth });
        reader.Read();
        var read = Read(ref reader, new(bytes));
        // Whatever follows is refused by the reader.
        while (reader.Read())
        {
        }
        return read;
    }

    static JsonPlace Read(ref Utf8JsonReader reader, Characters characters)
    {
        var offset = characters.At((int)reader.TokenStartIndex);
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => new(JsonValueKind.Object, "", [], ReadMembers(ref reader, characters), offset),
            JsonTokenType.StartArray => new(JsonValueKind.Array, "", ReadItems(ref reader, characters), NoMembers, offset),
            JsonTokenType.String => new(JsonValueKind.String, Text(ref reader), [], NoMembers, offset),
            JsonTokenType.Number => new(JsonValueKind.Number, Encoding.UTF8.GetString(reader.ValueSpan), [], NoMembers, offset),
            JsonTokenType.True => new(JsonValueKind.True, "true", [], NoMembers, offset),
            JsonTokenType.False => new(JsonValueKind.False, "false", [], NoMembers, offset),
            _ => new(JsonValueKind.Null, "null", [], NoMembers, offset),
        };
    }

    static List<JsonPlace> ReadItems(ref Utf8JsonReader reader, Characters characters)
    {
        var items = new List<JsonPlace>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            items.Add(Read(ref reader, characters));
        return items;
    }

    static Dictionary<string, JsonPlace> ReadMembers(ref Utf8JsonReader reader, Characters characters)
    {
        var members = new Dictionary<string, JsonPlace>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = Text(ref reader);
            reader.Read();
            members[name] = Read(ref reader, characters);
        }
        return members;
    }

    // Half a surrogate pair is no text.
    static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException fault)
        {
            throw new JsonException("A text holds half a character.", fault);
        }
    }

    // Bytes to characters; places only grow, so each byte is counted once.
    sealed class Characters(byte[] bytes)
    {
        int _bytes, _characters;

        public int At(int offset)
        {
            _characters += Encoding.UTF8.GetCharCount(bytes, _bytes, offset - _bytes);
            _bytes = offset;
            return _characters;
        }
    }
}
