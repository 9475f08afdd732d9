using NetTopologySuite.IO;
using Npgsql;
using NpgsqlTypes;

namespace CityOps.Gis.PostGis.Batches;

/// <summary>Keeps the faults and the refused rows of batches.</summary>
/// <param name="source">Made by <see cref="Connections.Open"/>.</param>
public sealed class IssueStore(NpgsqlDataSource source)
{
    public async Task Clear(long batchId, CancellationToken cancel)
        => await Sql.Run(source, $"delete from cityops.batch_issue where batch_id = {batchId}; delete from cityops.quarantine where batch_id = {batchId}", cancel);

    public async Task Write(long batchId, IReadOnlyList<StoredIssue> issues, CancellationToken cancel)
    {
        if (issues.Count == 0)
            return;
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var writer = await connection.BeginBinaryImportAsync(
            "copy cityops.batch_issue (batch_id, source_layer, row_number, code, severity, field, value, expected, x, y) from stdin (format binary)", cancel);
        foreach (var issue in issues)
        {
            await writer.StartRowAsync(cancel);
            await writer.WriteAsync(batchId, NpgsqlDbType.Bigint, cancel);
            await writer.WriteAsync(issue.SourceLayer, NpgsqlDbType.Text, cancel);
            await writer.WriteAsync(issue.Row, NpgsqlDbType.Bigint, cancel);
            foreach (var text in new[] { issue.Code, issue.Severity, issue.Field, issue.Value, issue.Expected })
                await writer.WriteAsync(text?.Replace("\0", "", StringComparison.Ordinal), NpgsqlDbType.Text, cancel);
            await writer.WriteAsync(issue.X, NpgsqlDbType.Double, cancel);
            await writer.WriteAsync(issue.Y, NpgsqlDbType.Double, cancel);
        }
        await writer.CompleteAsync(cancel);
    }

    public async Task Write(long batchId, IReadOnlyList<RefusedRow> rows, CancellationToken cancel)
    {
        if (rows.Count == 0)
            return;
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var writer = await connection.BeginBinaryImportAsync(
            "copy cityops.quarantine (batch_id, source_layer, row_number, record, key, geom) from stdin (format binary)", cancel);
        var wkb = new WKBReader { HandleSRID = true };
        foreach (var row in rows)
        {
            await writer.StartRowAsync(cancel);
            await writer.WriteAsync(batchId, NpgsqlDbType.Bigint, cancel);
            await writer.WriteAsync(row.SourceLayer, NpgsqlDbType.Text, cancel);
            await writer.WriteAsync(row.Row, NpgsqlDbType.Bigint, cancel);
            await writer.WriteAsync(row.Record, NpgsqlDbType.Jsonb, cancel);
            await writer.WriteAsync(row.Key, NpgsqlDbType.Text, cancel);
            var geometry = row.Wkb is null ? null : wkb.Read(row.Wkb);
            if (geometry is not null)
                geometry.SRID = LayerTable.StoredSrid;
            await writer.WriteAsync(geometry, NpgsqlDbType.Geometry, cancel);
        }
        await writer.CompleteAsync(cancel);
    }

    /// <summary>Kept issues in the order of the delivery.</summary>
    public async Task<IReadOnlyList<StoredIssue>> Read(long batchId, int most, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("""
            select source_layer, row_number, code, severity, field, value, expected, x, y from cityops.batch_issue where batch_id = $1
            order by case severity when 'error' then 0 when 'warning' then 1 else 2 end, code, source_layer, row_number limit $2
            """);
        command.Parameters.Add(new() { Value = batchId });
        command.Parameters.Add(new() { Value = most });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var issues = new List<StoredIssue>();
        string? Text(int at) => reader.IsDBNull(at) ? null : reader.GetString(at);
        double? Real(int at) => reader.IsDBNull(at) ? null : reader.GetDouble(at);
        while (await reader.ReadAsync(cancel))
            issues.Add(new(reader.GetString(0), reader.GetInt64(1), reader.GetString(2), reader.GetString(3), Text(4), Text(5), Text(6), Real(7), Real(8)));
        return issues;
    }
}
