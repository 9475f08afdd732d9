using CityOps.Gis.Cases;
using Npgsql;
using NpgsqlTypes;

namespace CityOps.Gis.PostGis.Cases;

/// <summary>Reads and writes the rows of cases and moves.</summary>
static class CaseRows
{
    const string State = """
        select c.fid, c.case_number, c.title, c.status, c.request, c.class_code, c.department_code,
            (select grid.management_level from gis.unit_grids grid where grid.code = c.grid_code limit 1), c.occurred_at, c.deadline, c.stage_deadline, c.stage_warning,
            coalesce((select max(number) from cases.move m where m.fid = c.fid), 0), c.dispatched_at,
            least(coalesce(case c.status when 'collect' then c.occurred_at when 'file' then c.filed_at when 'feedback' then c.handled_at when 'close' then c.closed_at when 'hang-up' then c.valid_from else c.dispatched_at end, c.valid_from), clock_timestamp()),
            c.department
        from gis.cases c where c.fid = $1
        """;

    const string Columns = "m.number, m.at, m.move, m.from_stage, m.to_stage, m.who_id, m.who, m.note, m.department, m.delay_minutes, m.request, m.deadline, m.stage_deadline, m.stage_warning";

    /// <summary>How a case stands, and the row that says so for one that was taken over and has not moved yet; null where the caller sees none, or it is at no stage of the table.</summary>
    /// <param name="isLocked">Whoever moves it waits until this transaction ends.</param>
    public static async Task<(CaseState State, DateTimeOffset? Dispatched, MadeMove TakeOver)?> Find(NpgsqlConnection connection, long fid, bool isLocked, CancellationToken cancel)
    {
        if (isLocked)
            await using (var locking = new NpgsqlCommand("select from gis.cases where fid = $1 for update", connection) { Parameters = { new() { Value = fid } } })
                await locking.ExecuteNonQueryAsync(cancel);
        await using var command = new NpgsqlCommand(State, connection) { Parameters = { new() { Value = fid } } };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel) || CaseCodes.Find<CaseStage>(Text(reader, 3)) is not { } stage)
            return null;
        var deadlines = new CaseDeadlines(Time(reader, 9), Time(reader, 10), Time(reader, 11));
        var request = CaseCodes.Find<CaseRequest>(Text(reader, 4));
        return (new(reader.GetInt64(0), reader.GetString(1), Text(reader, 2), stage, request, Text(reader, 5), Text(reader, 6), Text(reader, 7), Time(reader, 8), deadlines, reader.GetInt32(12)), Time(reader, 13),
            new(1, Time(reader, 14)!.Value, CaseMoves.TakeOver, null, stage, null, "", null, Text(reader, 15), null, request, deadlines, []));
    }

    /// <summary>What a case has gone through, in order, with the photos.</summary>
    public static async Task<List<MadeMove>> Moves(NpgsqlConnection connection, long fid, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"""
            select {Columns}, array(select row(p.id, p.width, p.height)::text from cases.photo p where p.fid = m.fid and p.number = m.number order by p.position)
            from cases.move m where m.fid = $1 order by m.number
            """, connection) { Parameters = { new() { Value = fid } } };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var moves = new List<MadeMove>();
        while (await reader.ReadAsync(cancel))
            moves.Add(Read(reader));
        return moves;
    }

    /// <summary>The case that a sender's earlier order, or report, was about; null where it was none.</summary>
    public static async Task<long?> Sent(NpgsqlConnection connection, Guid? token, CancellationToken cancel)
    {
        if (token is not { } sent)
            return null;
        await using var command = new NpgsqlCommand("select fid from cases.move where token = $1", connection) { Parameters = { new() { Value = sent } } };
        return await command.ExecuteScalarAsync(cancel) as long?;
    }

    /// <summary>Writes a move with its photos; the database checks it and changes the feature.</summary>
    public static async Task Write(NpgsqlConnection connection, long fid, MadeMove move, CaseOrder order, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("""
            insert into cases.move (fid, number, at, move, from_stage, to_stage, who_id, who, note, department, delay_minutes, photos, deadline, stage_deadline, stage_warning, token, request)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
            """, connection);
        (object? Value, NpgsqlDbType Type)[] values =
        [
            (fid, NpgsqlDbType.Bigint), (move.Number, NpgsqlDbType.Integer), (move.At, NpgsqlDbType.TimestampTz), (move.Move, NpgsqlDbType.Text),
            (move.From is { } from ? CaseCodes.Of(from) : "", NpgsqlDbType.Text), (CaseCodes.Of(move.To), NpgsqlDbType.Text), (move.WhoId, NpgsqlDbType.Text), (move.Who, NpgsqlDbType.Text),
            (move.Note, NpgsqlDbType.Text), (move.Department, NpgsqlDbType.Text), (move.DelayMinutes, NpgsqlDbType.Integer), ((short)order.Photos.Count, NpgsqlDbType.Smallint),
            (move.Deadlines.Handling, NpgsqlDbType.TimestampTz), (move.Deadlines.Stage, NpgsqlDbType.TimestampTz), (move.Deadlines.StageWarning, NpgsqlDbType.TimestampTz), (order.Token, NpgsqlDbType.Uuid),
            (move.Request is { } request ? CaseCodes.Of(request) : null, NpgsqlDbType.Text),
        ];
        foreach (var (value, type) in values)
            command.Parameters.Add(new() { Value = value ?? DBNull.Value, NpgsqlDbType = type });
        await command.ExecuteNonQueryAsync(cancel);
        foreach (var (at, photo) in order.Photos.Index())
            await Write(connection, fid, move.Number, at + 1, photo, cancel);
    }

    static async Task Write(NpgsqlConnection connection, long fid, int number, int position, NewPhoto photo, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("insert into cases.photo (id, fid, number, position, width, height, bytes, small) values ($1, $2, $3, $4, $5, $6, $7, $8)", connection);
        // Not in order of time: an id tells nothing of others.
        foreach (var value in new object[] { Guid.NewGuid(), fid, number, (short)position, photo.Width, photo.Height, photo.Bytes, photo.Small })
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(cancel);
    }

    static MadeMove Read(NpgsqlDataReader row)
        => new(row.GetInt32(0), Time(row, 1)!.Value, row.GetString(2), CaseCodes.Find<CaseStage>(row.GetString(3)), CaseCodes.Find<CaseStage>(row.GetString(4))!.Value, Text(row, 5), row.GetString(6), Text(row, 7), Text(row, 8),
            row.IsDBNull(9) ? null : row.GetInt32(9), CaseCodes.Find<CaseRequest>(Text(row, 10)), new(Time(row, 11), Time(row, 12), Time(row, 13)), [.. row.GetFieldValue<string[]>(14).Select(Photo)]);

    // A row as PostgreSQL writes it: (id,width,height).
    static CasePhoto Photo(string row)
    {
        var parts = row.Trim('(', ')').Split(',');
        return new(Guid.Parse(parts[0]), int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture), int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture));
    }

    static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    static DateTimeOffset? Time(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
