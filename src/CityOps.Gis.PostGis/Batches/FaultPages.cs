using System.Runtime.CompilerServices;
using Npgsql;

namespace CityOps.Gis.PostGis.Batches;

/// <summary>The faults of a batch that are kept singly, in the order of the delivery, page by page and as a map.</summary>
public sealed class FaultPages(NpgsqlDataSource source)
{
    const string Columns = "id, source_layer, row_number, code, severity, field, value, expected, x, y";

    const string Where = """
        issue.batch_id = $1 and ($2::text is null or issue.code = $2) and ($3::text is null or issue.severity = $3) and ($4::text is null or issue.source_layer = $4) and ($5::bigint is null or issue.row_number = $5)
        and ($6::text is null or strpos(concat_ws(' ', issue.source_layer, issue.field, issue.value, issue.row_number), $6) > 0)
        """;

    /// <returns>How many there are, and how many of them have a place on the map.</returns>
    public async Task<(long All, long Placed)> Count(long batchId, FaultFilter filter, CancellationToken cancel = default)
    {
        await using var command = Command($"select count(*), count(x) from cityops.batch_issue issue where {Where}", batchId, filter);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    public Task<IReadOnlyList<StoredIssue>> Page(long batchId, FaultFilter filter, int offset, int most, CancellationToken cancel = default)
        => Read(Command($"select {Columns} from cityops.batch_issue issue where {Where} order by id offset $7 limit $8", batchId, filter, offset, most), cancel);

    public async Task<StoredIssue?> Find(long batchId, long id, CancellationToken cancel = default)
        => (await Read(Command($"select {Columns} from cityops.batch_issue issue where {Where} and id = $7", batchId, new(), id), cancel)).SingleOrDefault();

    static async Task<IReadOnlyList<StoredIssue>> Read(NpgsqlCommand query, CancellationToken cancel)
    {
        await using var command = query;
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var issues = new List<StoredIssue>();
        string? Text(int at) => reader.IsDBNull(at) ? null : reader.GetString(at);
        double? Real(int at) => reader.IsDBNull(at) ? null : reader.GetDouble(at);
        while (await reader.ReadAsync(cancel))
            issues.Add(new(reader.GetString(1), reader.GetInt64(2), reader.GetString(3), reader.GetString(4), Text(5), Text(6), Text(7), Real(8), Real(9)) { Id = reader.GetInt64(0) });
        return issues;
    }

    /// <summary>How many of the faults come before one.</summary>
    public async Task<int> Before(long batchId, FaultFilter filter, long id, CancellationToken cancel = default)
    {
        await using var command = Command($"select count(*) from cityops.batch_issue issue where {Where} and id < $7", batchId, filter, id);
        return await command.ExecuteScalarAsync(cancel) is long count ? (int)count : 0;
    }

    /// <summary>The box that holds those with a place; null where none has one.</summary>
    public async Task<MapBox?> Extent(long batchId, FaultFilter filter, CancellationToken cancel = default)
    {
        // A single coordinate on another continent must not shrink the city to a point.
        await using var command = Command($"""
            select percentile_disc(array[0.05, 0.95]) within group (order by x), percentile_disc(array[0.05, 0.95]) within group (order by y) from cityops.batch_issue issue where {Where} and x is not null
            """, batchId, filter);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel) || reader.IsDBNull(0))
            return null;
        var (x, y) = (reader.GetFieldValue<double[]>(0), reader.GetFieldValue<double[]>(1));
        return new(x[0], y[0], x[1], y[1]);
    }

    /// <summary>GeoJSON features of the faults in a box, errors first, one by one as the database gives them.</summary>
    public async IAsyncEnumerable<string> GeoJson(long batchId, FaultFilter filter, MapBox? box, int most, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = Command($"""
            select json_build_object('type', 'Feature', 'id', id, 'geometry', json_build_object('type', 'Point', 'coordinates', json_build_array(x, y)),
                'properties', json_build_object('severity', severity, 'code', code, 'layer', source_layer, 'row', row_number, 'field', field, 'value', value))::text
            from cityops.batch_issue issue where {Where} and x is not null and ($7::float8 is null or x between $7 and $9 and y between $8 and $10)
            order by case severity when 'error' then 0 when 'warning' then 1 else 2 end, id limit $11
            """, batchId, filter, box?.West, box?.South, box?.East, box?.North, most);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            yield return reader.GetString(0);
    }

    NpgsqlCommand Command(string sql, long batchId, FaultFilter filter, params object?[] more)
    {
        var command = source.CreateCommand(sql);
        object?[] values = [batchId, filter.Code, filter.Severity, filter.SourceLayer, filter.Row, string.IsNullOrEmpty(filter.Words) ? null : filter.Words, .. more];
        foreach (var value in values)
            command.Parameters.Add(value is null ? new() { Value = DBNull.Value } : new() { Value = value });
        return command;
    }
}
