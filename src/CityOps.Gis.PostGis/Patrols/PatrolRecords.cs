using CityOps.Gis.Access;
using CityOps.Gis.Patrols;
using Npgsql;
using NpgsqlTypes;

namespace CityOps.Gis.PostGis.Patrols;

/// <summary>Patrols and their records. People write their own, under numbers that their phones make: what comes twice is one.</summary>
/// <param name="zone">The city's, for its days.</param>
public sealed class PatrolRecords(CallerDatabase database, TimeZoneInfo zone)
{
    // A day's patrols of one person, and what he noted.
    const int Most = 500, LongestNote = 2_000;

    /// <summary>Begins a patrol, or tells when it ended; null where that is done.</summary>
    public async Task<PatrolFault?> Put(Guid id, DateTimeOffset begun, DateTimeOffset? ended, CancellationToken cancel = default)
    {
        if (Caller.Current.Id is not { } person)
            return PatrolFault.NoPerson;
        if (ended < begun)
            return PatrolFault.NoTimes;
        await using var connection = await PersonConnection.Open(database, cancel);
        await using var command = new NpgsqlCommand("""
            insert into cityops.patrol as known (id, person_id, who, begun_at, ended_at) values ($1, $2, $3, $4, $5) on conflict (id) do update set ended_at = coalesce(excluded.ended_at, known.ended_at)
            """, connection);
        Add(command, (id, NpgsqlDbType.Uuid), (person, NpgsqlDbType.Text), (Caller.Current.Name, NpgsqlDbType.Text), (begun.UtcDateTime, NpgsqlDbType.TimestampTz), (ended?.UtcDateTime, NpgsqlDbType.TimestampTz));
        return await Written(command, cancel);
    }

    /// <summary>Keeps a note; null where that is done.</summary>
    public async Task<PatrolFault?> Add(Guid id, Guid? patrol, TrackFix place, string note, CancellationToken cancel = default)
    {
        if (Caller.Current.Id is not { } person)
            return PatrolFault.NoPerson;
        if (note.Trim() is not { Length: > 0 and <= LongestNote } said)
            return PatrolFault.NeedsNote;
        await using var connection = await PersonConnection.Open(database, cancel);
        await using var command = new NpgsqlCommand("""
            insert into cityops.patrol_note (id, patrol, person_id, who, at, geom, grid_code, note)
            select $1, $2, $3, $4, $5, spot, (cityops.assign_jurisdiction(spot, '', null)).grid_code, $8 from (select ST_SetSRID(ST_MakePoint($6, $7), 4490) as spot) place on conflict (id) do nothing
            """, connection);
        Add(command, (id, NpgsqlDbType.Uuid), (patrol, NpgsqlDbType.Uuid), (person, NpgsqlDbType.Text), (Caller.Current.Name, NpgsqlDbType.Text), (place.At.UtcDateTime, NpgsqlDbType.TimestampTz),
            (place.Longitude, NpgsqlDbType.Double), (place.Latitude, NpgsqlDbType.Double), (said, NpgsqlDbType.Text));
        return await Written(command, cancel);
    }

    /// <summary>A person's patrols of a day, in order.</summary>
    public async Task<IReadOnlyList<Patrol>> Of(string person, DateOnly day, CancellationToken cancel = default)
    {
        await using var connection = await PersonConnection.Open(database, cancel);
        await using var command = OfDay(connection, $"""
            select one.id, one.person_id, one.who, one.begun_at, one.ended_at, (
                select coalesce(sum(meters) filter (where gap <= interval '3 minutes' and meters <= 300), 0) from (
                    select lead(at) over in_time - at as gap, ST_Distance(geom::geography, (lead(geom) over in_time)::geography) as meters from cityops.track_point point
                    where point.person_id = one.person_id and point.at >= one.begun_at and point.at <= coalesce(one.ended_at, $3) and coalesce(accuracy_m, 0) <= 100 window in_time as (order by at)) step)
            from cityops.patrol one where one.person_id = $1 and one.begun_at < $3 and coalesce(one.ended_at, one.begun_at) >= $2 order by one.begun_at limit {Most}
            """, person, day);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var patrols = new List<Patrol>();
        while (await reader.ReadAsync(cancel))
            patrols.Add(new(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3), reader.IsDBNull(4) ? null : reader.GetFieldValue<DateTimeOffset>(4), reader.GetDouble(5)));
        return patrols;
    }

    /// <summary>A person's records of a day, in order.</summary>
    public async Task<IReadOnlyList<PatrolNote>> NotesOf(string person, DateOnly day, CancellationToken cancel = default)
    {
        await using var connection = await PersonConnection.Open(database, cancel);
        await using var command = OfDay(connection, $"""
            select id, patrol, person_id, who, at, ST_X(geom), ST_Y(geom), grid_code, note from cityops.patrol_note where person_id = $1 and at >= $2 and at < $3 order by at, id limit {Most}
            """, person, day);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var notes = new List<PatrolNote>();
        while (await reader.ReadAsync(cancel))
            notes.Add(new(reader.GetGuid(0), reader.IsDBNull(1) ? null : reader.GetGuid(1), reader.GetString(2), reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4), reader.GetDouble(5), reader.GetDouble(6),
                reader.IsDBNull(7) ? null : reader.GetString(7), reader.GetString(8)));
        return notes;
    }

    NpgsqlCommand OfDay(NpgsqlConnection connection, string sql, string person, DateOnly day)
    {
        var (from, to) = CityDay.Of(day, zone);
        var command = new NpgsqlCommand(sql, connection);
        Add(command, (person, NpgsqlDbType.Text), (from, NpgsqlDbType.TimestampTz), (to, NpgsqlDbType.TimestampTz));
        return command;
    }

    // Somebody else's patrol with this number is not seen, and not changed (row-level security).
    static async Task<PatrolFault?> Written(NpgsqlCommand command, CancellationToken cancel)
    {
        try
        {
            await command.ExecuteNonQueryAsync(cancel);
            return null;
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return PatrolFault.NotYours;
        }
        catch (PostgresException fault) when (fault.ConstraintName == "ck_patrol_ended_at")
        {
            return PatrolFault.NoTimes;
        }
    }

    static void Add(NpgsqlCommand command, params (object? Value, NpgsqlDbType Type)[] values)
    {
        foreach (var (value, type) in values)
            command.Parameters.Add(new() { Value = value ?? DBNull.Value, NpgsqlDbType = type });
    }
}
