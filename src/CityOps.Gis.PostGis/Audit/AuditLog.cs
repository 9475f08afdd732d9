using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CityOps.Gis.Access;
using NetTopologySuite.Geometries;
using Npgsql;
using NpgsqlTypes;

namespace CityOps.Gis.PostGis.Audit;

/// <summary>
/// Writes down what happened, by whom and from where (<see cref="Caller.Current"/>), into <c>cityops.audit_entry</c>, which can only be added to. Give the
/// connection of a transaction where the entry must stand and fall with what it tells of.
/// </summary>
public sealed class AuditLog(NpgsqlDataSource source)
{
    static readonly JsonSerializerOptions s_format = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new WktConverter() },
    };

    /// <summary>Does the database keep one? One of an earlier version does not.</summary>
    public async Task<bool> IsThere(CancellationToken cancel = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        return await Sql.Value<bool>(connection, "select to_regclass('cityops.audit_entry') is not null", cancel);
    }

    public async Task Write(AuditEvent happened, CancellationToken cancel = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await Write(connection, happened, cancel);
    }

    /// <summary>Within what the connection is doing.</summary>
    public static async Task Write(NpgsqlConnection connection, AuditEvent happened, CancellationToken cancel = default)
    {
        var caller = Caller.Current;
        await using var command = new NpgsqlCommand("""
            insert into cityops.audit_entry (kind, who_id, who, address, layer_id, fid, valid_from, subject, before, after) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """, connection);
        foreach (var text in new[] { AuditKinds.Name(happened.Kind), caller.Id, caller.Name, caller.Address, happened.LayerId })
            command.Parameters.Add(Value(text, NpgsqlDbType.Text));
        command.Parameters.Add(Value(happened.Fid, NpgsqlDbType.Bigint));
        command.Parameters.Add(Value(happened.ValidFrom?.ToUniversalTime(), NpgsqlDbType.TimestampTz));
        command.Parameters.Add(Value(happened.Subject, NpgsqlDbType.Text));
        foreach (var state in new[] { happened.Before, happened.After })
            command.Parameters.Add(Value(state is null ? null : JsonSerializer.Serialize(state, s_format), NpgsqlDbType.Jsonb));
        await command.ExecuteNonQueryAsync(cancel);
    }

    static NpgsqlParameter Value(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };

    /// <summary>Geometries as well-known text (OGC 06-103r4, clause 7), which people can read and any GIS tool takes.</summary>
    sealed class WktConverter : JsonConverter<Geometry>
    {
        public override bool CanConvert(Type typeToConvert) => typeof(Geometry).IsAssignableFrom(typeToConvert);

        public override Geometry Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new NetTopologySuite.IO.WKTReader().Read(reader.GetString());

        public override void Write(Utf8JsonWriter writer, Geometry value, JsonSerializerOptions options) => writer.WriteStringValue(value.AsText());
    }
}
