using CityOps.Gis.Access;
using Npgsql;

namespace CityOps.Gis.PostGis.Batches;

/// <summary>Keeps which files of which delivery are how far here; the bytes lie on disk. A file that is on its way belongs to the one who sends it.</summary>
public sealed class UploadStore(NpgsqlDataSource source)
{
    const string Columns = "one.id, one.job_id, job.folder, one.path, one.size, one.received";

    /// <summary>A job for the files, or the one that the same person's unfinished upload of the same files has already.</summary>
    /// <param name="manifest">Hash of what the browser says of the files.</param>
    /// <param name="settings">JSON of the importer's settings, where they are known before the files are; null = the inspection proposes them.</param>
    /// <returns>The files, each with what is here already.</returns>
    public async Task<IReadOnlyList<Upload>> Begin(
        string name, string folder, string manifest, IReadOnlyList<(string Path, long Size)> files, string? settings, CancellationToken cancel)
    {
        var maker = DeliveryMaker.Current;
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        // Two tabs that begin with the same files at the same moment get one job.
        await Run(connection, "select pg_advisory_xact_lock(hashtext('cityops.upload ' || $1))", cancel, manifest);
        if (await Value(connection, "select id from cityops.import_job where manifest = $1 and state = 'uploading' and started_by_id is not distinct from $2", cancel, manifest, maker.Id) is not { } jobId)
        {
            jobId = (await Value(connection, 
                "insert into cityops.import_job (name, folder, manifest, settings, started_by_id, started_by, scope) values ($1, $2, $3, $4::jsonb, $5, $6, $7::text[]) returning id", cancel,
                name, folder, manifest, settings, maker.Id, maker.Name, maker.ScopeTexts))!.Value;
            await Run(connection, "insert into cityops.upload (job_id, path, size) select $1, path, size from unnest($2::text[], $3::bigint[]) as file(path, size)", cancel,
                jobId, files.Select(file => file.Path).ToArray(), files.Select(file => file.Size).ToArray());
        }
        await transaction.CommitAsync(cancel);
        return await OfJob(jobId, cancel);
    }

    public Task<List<Upload>> OfJob(long jobId, CancellationToken cancel)
        => Read($"select {Columns} from cityops.upload one join cityops.import_job job on job.id = one.job_id where one.job_id = $1 order by one.path", cancel, jobId);

    /// <summary>A file of a delivery that is still on its way and that <see cref="Caller.Current"/> may see.</summary>
    public async Task<Upload?> Find(Guid id, CancellationToken cancel)
        => (await Read($"select {Columns} from cityops.upload one join cityops.import_job job on job.id = one.job_id where one.id = $1 and job.folder is not null", cancel, id)) is [var upload]
            && await new ImportJobStore(source).Find(upload.JobId, cancel) is not null ? upload : null;

    /// <summary>Counts bytes as received; false when another request was faster.</summary>
    public async Task<bool> Advance(Upload upload, long received, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        return await Run(connection, """
            with moved as (update cityops.upload set received = $3 where id = $1 and received = $2 returning job_id)
            update cityops.import_job job set updated_at = clock_timestamp() from moved where job.id = moved.job_id
            """, cancel, upload.Id, upload.Received, received) > 0;
    }

    /// <summary>Puts a delivery whose files are all here into the queue; true for the one request that did.</summary>
    public async Task<bool> Complete(long jobId, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        return await Run(connection, """
            update cityops.import_job set state = 'queued', task = 'inspect', queued_at = clock_timestamp(), updated_at = clock_timestamp()
            where id = $1 and state = 'uploading' and not exists (select from cityops.upload where job_id = $1 and received < size)
            """, cancel, jobId) > 0;
    }

    async Task<List<Upload>> Read(string sql, CancellationToken cancel, object value)
    {
        await using var command = source.CreateCommand(sql);
        command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var uploads = new List<Upload>();
        while (await reader.ReadAsync(cancel))
            uploads.Add(new(reader.GetGuid(0), reader.GetInt64(1), reader.GetString(2), reader.GetString(3), reader.GetInt64(4), reader.GetInt64(5)));
        return uploads;
    }

    static async Task<int> Run(NpgsqlConnection connection, string sql, CancellationToken cancel, params object?[] values)
    {
        await using var command = Command(connection, sql, values);
        return await command.ExecuteNonQueryAsync(cancel);
    }

    static async Task<long?> Value(NpgsqlConnection connection, string sql, CancellationToken cancel, params object?[] values)
    {
        await using var command = Command(connection, sql, values);
        return await command.ExecuteScalarAsync(cancel) as long?;
    }

    static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object?[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(value is null ? new() { Value = DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text } : new() { Value = value });
        return command;
    }
}
