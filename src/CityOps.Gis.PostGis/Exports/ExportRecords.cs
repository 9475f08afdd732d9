using CityOps.Gis.PostGis.Audit;
using Npgsql;

namespace CityOps.Gis.PostGis.Exports;

/// <summary>Keeps what was exported, by whom and when: a record is written before the first row leaves, and completed after the last.</summary>
public sealed class ExportRecords(CallerDatabase source)
{
    /// <returns>The record's number.</returns>
    public async Task<long> Begin(string who, string layerId, string question, string format, string options, CancellationToken cancel = default)
    {
        await using var connection = await source.Open(cancel);
        await using var command = new NpgsqlCommand("insert into cityops.export_record (who, layer_id, question, format, options) values ($1, $2, $3, $4, $5) returning id", connection);
        foreach (var text in new[] { who, layerId, question, format, options })
            command.Parameters.Add(new() { Value = text });
        var id = (long)(await command.ExecuteScalarAsync(cancel))!;
        await AuditLog.Write(connection, new(AuditKind.Exported, question, After: new { record = id, format, options }) { LayerId = layerId }, cancel);
        return id;
    }

    /// <param name="isFinished">False for an export that broke off.</param>
    public async Task End(long id, long rows, long bytes, bool isFinished, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand("update cityops.export_record set rows = $2, bytes = $3, is_finished = $4, ended_at = clock_timestamp() where id = $1");
        foreach (var value in new object[] { id, rows, bytes, isFinished })
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>The latest records, newest first.</summary>
    public async Task<IReadOnlyList<ExportRecord>> Latest(int most, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand("""
            select id, who, started_at, layer_id, question, format, options, rows, bytes, is_finished, ended_at from cityops.export_record order by id desc limit $1
            """);
        command.Parameters.Add(new() { Value = most });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var records = new List<ExportRecord>();
        while (await reader.ReadAsync(cancel))
            records.Add(new(
                reader.GetInt64(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetString(3), reader.GetString(4), reader.GetString(5), reader.GetString(6),
                reader.GetInt64(7), reader.GetInt64(8), reader.GetBoolean(9), reader.IsDBNull(10) ? null : reader.GetFieldValue<DateTimeOffset>(10)));
        return records;
    }
}
