using CityOps.Gis.Access;
using CityOps.Gis.Cases;
using Npgsql;
using NpgsqlTypes;

namespace CityOps.Gis.PostGis.Cases;

/// <summary>Reads and writes the rows of the parts of cases.</summary>
static class PartRows
{
    /// <summary>In order, with their steps.</summary>
    public static async Task<IReadOnlyList<CasePart>> Of(NpgsqlConnection connection, long fid, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("select part, number, at, step, to_state, who_id, who, note from cases.part_step where fid = $1 order by part, number") { Parameters = { new() { Value = fid } } },
                new("select number, department, asked, asked_at, deadline, warning, who_id, who, state, cases.is_of(department) from cases.part where fid = $1 order by number") { Parameters = { new() { Value = fid } } },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        var steps = new List<TakenStep>();
        while (await reader.ReadAsync(cancel))
            steps.Add(new(reader.GetInt32(0), reader.GetInt32(1), Time(reader, 2), reader.GetString(3), StateOf(reader, 4), Text(reader, 5), reader.GetString(6), Text(reader, 7)));
        await reader.NextResultAsync(cancel);
        var parts = new List<CasePart>();
        while (await reader.ReadAsync(cancel))
            parts.Add(new(fid, reader.GetInt32(0), reader.GetString(1), reader.GetString(2), Time(reader, 3), Time(reader, 4), Time(reader, 5), Text(reader, 6), reader.GetString(7), StateOf(reader, 8),
                reader.GetBoolean(9) && Caller.Current.May(Permission.HandleCases), [.. steps.Where(step => step.Part == reader.GetInt32(0))]));
        return parts;
    }

    /// <summary>The part that a call with this token made; null where none did.</summary>
    public static async Task<int?> Sent(NpgsqlConnection connection, Guid? token, CancellationToken cancel)
    {
        if (token is not { } sent)
            return null;
        await using var command = new NpgsqlCommand("select number from cases.part where token = $1", connection) { Parameters = { new() { Value = sent } } };
        return await command.ExecuteScalarAsync(cancel) as int?;
    }

    /// <summary>Writes a call and gives its number; the database checks it.</summary>
    public static async Task<int?> Write(NpgsqlConnection connection, long fid, PartCall call, DateTimeOffset now, DateTimeOffset deadline, DateTimeOffset warning, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("""
            insert into cases.part (fid, number, department, asked, minutes, asked_at, changed_at, deadline, warning, who_id, who, token)
            values ($1, (select coalesce(max(number), 0) + 1 from cases.part where fid = $1), $2, $3, $4, $5, $5, $6, $7, $8, $9, $10) returning number
            """, connection);
        Add(command, (fid, NpgsqlDbType.Bigint), (call.Department, NpgsqlDbType.Text), (call.Asked.Trim(), NpgsqlDbType.Text), (call.WorkingMinutes, NpgsqlDbType.Integer), (now, NpgsqlDbType.TimestampTz),
            (deadline, NpgsqlDbType.TimestampTz), (warning, NpgsqlDbType.TimestampTz), (Caller.Current.Id, NpgsqlDbType.Text), (Caller.Current.Name, NpgsqlDbType.Text), (call.Token, NpgsqlDbType.Uuid));
        return await command.ExecuteScalarAsync(cancel) as int?;
    }

    /// <summary>Writes a step; the database checks it and changes the part.</summary>
    public static async Task Write(NpgsqlConnection connection, CasePart part, PartStep step, string? note, DateTimeOffset now, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("insert into cases.part_step (fid, part, number, at, step, from_state, to_state, who_id, who, note) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)", connection);
        Add(command, (part.Fid, NpgsqlDbType.Bigint), (part.Number, NpgsqlDbType.Integer), (part.Steps.Count + 1, NpgsqlDbType.Integer), (now, NpgsqlDbType.TimestampTz), (step.Id, NpgsqlDbType.Text),
            (CaseCodes.Of(part.State), NpgsqlDbType.Text), (CaseCodes.Of(step.To), NpgsqlDbType.Text), (Caller.Current.Id, NpgsqlDbType.Text), (Caller.Current.Name, NpgsqlDbType.Text),
            (string.IsNullOrWhiteSpace(note) ? null : note.Trim(), NpgsqlDbType.Text));
        await command.ExecuteNonQueryAsync(cancel);
    }

    static void Add(NpgsqlCommand command, params (object? Value, NpgsqlDbType Type)[] values)
    {
        foreach (var (value, type) in values)
            command.Parameters.Add(new() { Value = value ?? DBNull.Value, NpgsqlDbType = type });
    }

    static PartState StateOf(NpgsqlDataReader row, int column) => CaseCodes.Find<PartState>(row.GetString(column))!.Value;

    static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    static DateTimeOffset Time(NpgsqlDataReader row, int column) => row.GetFieldValue<DateTimeOffset>(column);
}
