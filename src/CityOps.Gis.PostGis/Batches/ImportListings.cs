using CityOps.Gis.Access;
using Npgsql;

namespace CityOps.Gis.PostGis.Batches;

/// <summary>The list of deliveries as the caller of the flow may see them: those brought by the page and those of the command line together, newest first.</summary>
public sealed class ImportListings(NpgsqlDataSource source)
{
    public async Task<IReadOnlyList<ImportListing>> Latest(int most, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand($"""
            select {ImportJobStore.Columns}, {string.Join(", ", BatchStore.Columns.Split(", ").Select(column => "batch." + column))}, arrived.received, arrived.size
            from cityops.import_job job full join cityops.batch batch on batch.id = job.batch_id
            left join lateral (select coalesce(sum(received), 0)::bigint as received, coalesce(sum(size), 0)::bigint as size from cityops.upload where job_id = job.id) arrived on true
            where (job.id is not null or batch.state <> 'dropped') and ($2::text is null or coalesce(job.started_by_id, batch.made_by_id) = $2)
            order by coalesce(job.created_at, batch.created_at) desc limit $1
            """);
        command.Parameters.Add(new() { Value = most });
        command.Parameters.Add(new() { Value = Caller.Current.Scope is null ? DBNull.Value : Caller.Current.Id ?? "" });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var listings = new List<ImportListing>();
        var batchAt = ImportJobStore.ColumnCount;
        while (await reader.ReadAsync(cancel))
            listings.Add(new(
                reader.IsDBNull(0) ? null : ImportJobStore.JobAt(reader, 0), reader.IsDBNull(batchAt) ? null : BatchStore.BatchAt(reader, batchAt),
                reader.GetInt64(batchAt + BatchStore.ColumnCount), reader.GetInt64(batchAt + BatchStore.ColumnCount + 1)));
        return [.. listings.Where(one => (one.Job?.Maker ?? one.Batch!.Maker).IsSeen && one.Batch is not { Maker.IsSeen: false })];
    }
}
