using Npgsql;
using NpgsqlTypes;

namespace CityOps.Gis.PostGis.Detections;

/// <summary>Where sightings are kept, each in a transaction with its picture. The product's own work: who may send for a camera is asked before.</summary>
public sealed class DetectionStore(NpgsqlDataSource source)
{
    /// <summary>Keeps what is new; when this is done it is on disk.</summary>
    public async Task<SightingOutcome> Take(Sighting sighting, CancellationToken cancel = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var outcome = await Write(connection, sighting, cancel);
        if (outcome is { IsFresh: true, Scene: { } scene } && sighting.Picture is not null)
            await Keep(connection, scene, sighting, cancel);
        await transaction.CommitAsync(cancel);
        return outcome;
    }

    /// <summary>Would a sighting be kept, and is it new? Asked before its picture is made, which takes long.</summary>
    public async Task<bool> IsWanted(long camera, SentDetection sent, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand("""
            select exists (select from detections.rule where kind = $3 and is_on and least_confidence <= $4)
                and not exists (select from detections.sighting one where (one.camera, one.recogniser, one.message) = ($1, $2, $5))
            """);
        foreach (var value in new object[] { camera, sent.Recogniser, sent.Kind, sent.Confidence, sent.Id })
            command.Parameters.Add(new() { Value = value });
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>A frame shows nothing of a kind, or of any (null); how many scenes that is about.</summary>
    public async Task<int> Clear(long camera, string? kind, DateTimeOffset at, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand("select detections.clear($1, $2, $3)");
        command.Parameters.Add(new() { Value = camera });
        command.Parameters.Add(new() { Value = (object?)kind ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = at.UtcDateTime });
        return (int)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>Sightings that came before a moment are forgotten; scenes and their pictures stay. How many.</summary>
    public async Task<int> KeepFrom(DateTimeOffset oldest, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand("delete from detections.sighting where received_at < $1");
        command.Parameters.Add(new() { Value = oldest.UtcDateTime });
        return await command.ExecuteNonQueryAsync(cancel);
    }

    static async Task<SightingOutcome> Write(NpgsqlConnection connection, Sighting one, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select scene, outcome from detections.take($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, ST_SetSRID(ST_MakePoint($11, $12), 4490), $13, $14)", connection);
        object[] values =
        [
            one.Camera, one.Recogniser, one.Message, one.Kind, one.At.UtcDateTime, one.Confidence, one.Box.X, one.Box.Y, one.Box.Width, one.Box.Height, one.Place.Longitude, one.Place.Latitude, one.Place.AccuracyMeters,
            one.Place.Method.ToString().ToLowerInvariant(),
        ];
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        return new(reader.IsDBNull(0) ? null : reader.GetInt64(0), reader.GetString(1));
    }

    // The first one is the surest so far; the last one only where it is another.
    static async Task Keep(NpgsqlConnection connection, long scene, Sighting one, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("""
            with surer as (
                insert into detections.picture as known (scene, which, at, confidence, x, y, w, h, width, height, bytes, small) values ($1, 'surest', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                on conflict (scene, which) do update set (at, confidence, x, y, w, h, width, height, bytes, small)
                    = (excluded.at, excluded.confidence, excluded.x, excluded.y, excluded.w, excluded.h, excluded.width, excluded.height, excluded.bytes, excluded.small)
                where known.confidence < excluded.confidence returning 1
            )
            insert into detections.picture as known (scene, which, at, confidence, x, y, w, h, width, height, bytes, small)
            select $1, 'last', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11 where not exists (select from surer) or exists (select from detections.picture one where one.scene = $1 and one.which = 'last')
            on conflict (scene, which) do update set (at, confidence, x, y, w, h, width, height, bytes, small)
                = (excluded.at, excluded.confidence, excluded.x, excluded.y, excluded.w, excluded.h, excluded.width, excluded.height, excluded.bytes, excluded.small)
            where known.at <= excluded.at
            """, connection);
        var (box, photo) = (one.Box, one.Picture!);
        foreach (var value in new object[] { scene, one.At.UtcDateTime, one.Confidence, box.X, box.Y, box.Width, box.Height, photo.Width, photo.Height, photo.Bytes, photo.Small })
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(cancel);
    }
}
