using System.Text.Json;
using System.Text.Json.Serialization;
using CityOps.Gis.Crs;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Sources;

namespace CityOps.Gis.SurveyImport.Mapping;

/// <summary>
/// What an inspection found, as a batch keeps it: for resuming, for reports made later, for mending single rows. Fields are kept by their names and looked up in
/// the layer's definition; of a reference system only what it is called.
/// </summary>
/// <param name="Sources">The delivery's layers with the names that issues use.</param>
/// <param name="Layers">Empty for batches of versions before 0015.</param>
/// <param name="Faults">Files that could not be read.</param>
public sealed record StoredInspection(IReadOnlyList<StagedSource> Sources, IReadOnlyList<LayerInspection> Layers, IReadOnlyList<SourceFault> Faults)
{
    public string ToJson(LayerDefinition layer) => JsonSerializer.Serialize(this, Format(layer));

    /// <exception cref="JsonException">The text is no stored inspection.</exception>
    public static StoredInspection Parse(string json, LayerDefinition layer)
        => json.AsSpan().TrimStart() is ['[', ..]
            ? new(JsonSerializer.Deserialize<List<StagedSource>>(json)!, [], [])
            : JsonSerializer.Deserialize<StoredInspection>(json, Format(layer)) is { Sources: not null } stored ? stored with { Layers = stored.Layers ?? [], Faults = stored.Faults ?? [] } : new([], [], []);

    /// <summary>How layers of a delivery and what was found out about them are written.</summary>
    internal static JsonSerializerOptions Format(LayerDefinition? layer) => new(JsonSerializerDefaults.Web)
    {
        IncludeFields = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower), new FieldByName(layer), new CrsByName() },
    };

    sealed class FieldByName(LayerDefinition? layer) : JsonConverter<LayerField>
    {
        public override LayerField Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
            => reader.GetString()! is var name && layer?.Find(name) is { } field ? field : new() { Name = name, Title = new(name, name) };

        public override void Write(Utf8JsonWriter writer, LayerField value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name);
    }

    sealed class CrsByName : JsonConverter<CrsDefinition>
    {
        sealed record Named(int? Epsg, string Name, string Datum);

        public override CrsDefinition Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
            => JsonSerializer.Deserialize<Named>(ref reader, JsonSerializerOptions.Web) is { } named ? new() { Epsg = named.Epsg, Name = named.Name, Datum = named.Datum } : new() { Name = "", Datum = "other" };

        public override void Write(Utf8JsonWriter writer, CrsDefinition value, JsonSerializerOptions options)
            => JsonSerializer.Serialize(writer, new Named(value.Epsg, value.Name, value.Datum), JsonSerializerOptions.Web);
    }
}
