using System.Text.Json;

namespace CityOps.Gis.SurveyImport.Loading;

/// <summary>A refused row as a person mended it.</summary>
/// <param name="Values">By the delivered field names; all of them, mended or not.</param>
/// <param name="Place">Longitude and latitude, degrees (EPSG:4490); null = where it was delivered.</param>
public sealed record MendedRow(IReadOnlyDictionary<string, string?> Values, double[]? Place)
{
    static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string ToJson() => JsonSerializer.Serialize(this, Format);

    /// <exception cref="JsonException">The text is no mended row.</exception>
    public static MendedRow Parse(string json) => JsonSerializer.Deserialize<MendedRow>(json, Format)!;

    /// <summary>A row as it was delivered: the JSON object that quarantine keeps.</summary>
    public static MendedRow OfRecord(string record)
    {
        using var document = JsonDocument.Parse(record);
        return new(document.RootElement.EnumerateObject().ToDictionary(one => one.Name, one => one.Value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => one.Value.GetString(),
            _ => one.Value.GetRawText(),
        }), null);
    }
}
