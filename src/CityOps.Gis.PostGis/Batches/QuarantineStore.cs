using System.Runtime.CompilerServices;
using Npgsql;

namespace CityOps.Gis.PostGis.Batches;

/// <summary>The refused rows of batches: read one by one or all along, mended, and sent again.</summary>
public sealed class QuarantineStore(NpgsqlDataSource source)
{
    const string Columns = "source_layer, row_number, record::text, ST_AsGeoJSON(geom, 9, 0), mended::text, state";

    /// <summary>Rows by state.</summary>
    public async Task<IReadOnlyDictionary<string, long>> Counts(long batchId, CancellationToken cancel = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        return await Sql.Counts(connection, $"select state, count(*) from cityops.quarantine where batch_id = {batchId} group by state", cancel);
    }

    public async Task<QuarantinedRow?> Find(long batchId, string sourceLayer, long row, CancellationToken cancel = default)
    {
        await foreach (var one in Read($"select {Columns} from cityops.quarantine where batch_id = $1 and source_layer = $2 and row_number = $3", cancel, batchId, sourceLayer, row))
            return one;
        return null;
    }

    public async Task<IReadOnlyList<QuarantinedRow>> Page(long batchId, int offset, int most, CancellationToken cancel = default)
    {
        var rows = new List<QuarantinedRow>();
        await foreach (var one in Read($"select {Columns} from cityops.quarantine where batch_id = $1 order by source_layer, row_number offset $2 limit $3", cancel, batchId, offset, most))
            rows.Add(one);
        return rows;
    }

    /// <summary>The rows of a state in the order of the delivery, as the database gives them.</summary>
    public IAsyncEnumerable<QuarantinedRow> All(long batchId, string state, CancellationToken cancel = default)
        => Read($"select {Columns} from cityops.quarantine where batch_id = $1 and state = $2 order by source_layer, row_number", cancel, batchId, state);

    /// <summary>Keeps what a person made of a row; null = it waits again as it was delivered. A row that was sent again stays as it is.</summary>
    public async Task<bool> Mend(long batchId, string sourceLayer, long row, string? mended, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand("""
            update cityops.quarantine set mended = $4::jsonb, state = case when $4::jsonb is null then 'waiting' else 'mended' end
            where batch_id = $1 and source_layer = $2 and row_number = $3 and state in ('waiting', 'mended')
            """);
        foreach (var value in new object?[] { batchId, sourceLayer, row, mended })
            command.Parameters.Add(value is null ? new() { Value = DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text } : new() { Value = value });
        return await command.ExecuteNonQueryAsync(cancel) > 0;
    }

    async IAsyncEnumerable<QuarantinedRow> Read(string sql, [EnumeratorCancellation] CancellationToken cancel, params object[] values)
    {
        await using var command = source.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            yield return new(
                reader.GetString(0), reader.GetInt64(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3), reader.IsDBNull(4) ? null : reader.GetString(4), reader.GetString(5));
    }
}
