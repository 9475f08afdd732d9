using CityOps.Gis.Access;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Audit;
using Npgsql;
using NpgsqlTypes;

namespace CityOps.Gis.PostGis.Batches;

/// <summary>Reads and writes <c>cityops.import_job</c>; jobs that the caller of the flow may not see (<see cref="DeliveryMaker.IsSeen"/>) are not there for him.</summary>
public sealed class ImportJobStore(NpgsqlDataSource source)
{
    internal const string Columns = """
        job.id, job.name, job.folder, job.state, job.task, job.settings::text, job.batch_id, job.created_at, job.step, job.done, job.total, job.refused,
        extract(epoch from clock_timestamp() - job.step_at)::float8, job.fault_zh, job.fault_en, job.attempts, job.is_cancelled, job.asked_by_id, job.asked_by, job.asked_from,
        job.started_by_id, job.started_by, job.scope
        """;

    /// <summary>Number of <see cref="Columns"/>.</summary>
    internal const int ColumnCount = 23;

    public async Task<ImportJob?> Find(long id, CancellationToken cancel = default)
        => (await Read($"select {Columns} from cityops.import_job job where id = $1", cancel, id)).SingleOrDefault(job => job.Maker.IsSeen);

    public async Task<ImportJob?> OfBatch(long batchId, CancellationToken cancel = default)
        => (await Read($"select {Columns} from cityops.import_job job where batch_id = $1", cancel, batchId)).SingleOrDefault(job => job.Maker.IsSeen);

    /// <summary>A job for a delivery that lies in a folder of uploads already, or for a batch that the command line began; a batch keeps its scope.</summary>
    public async Task<ImportJob> Create(string name, string? folder, string? settings, long? batchId, CancellationToken cancel = default)
        => (await Read($"""
            insert into cityops.import_job as job (name, folder, state, settings, batch_id, started_by_id, started_by, scope)
            values ($1, $2, 'found', $3::jsonb, $4, $5, $6, case when $4::bigint is null then $7::text[] else (select scope from cityops.batch where id = $4) end)
            on conflict (batch_id) do update set updated_at = clock_timestamp() returning {Columns}
            """, cancel, name, folder, settings, batchId, DeliveryMaker.Current.Id, DeliveryMaker.Current.Name, DeliveryMaker.Current.ScopeTexts)).Single();

    /// <summary>Jobs that wait or whose program is gone, oldest first.</summary>
    public async Task<IReadOnlyList<long>> Waiting(CancellationToken cancel)
    {
        await using var command = source.CreateCommand("select id from cityops.import_job where state in ('queued', 'running') order by queued_at");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var ids = new List<long>();
        while (await reader.ReadAsync(cancel))
            ids.Add(reader.GetInt64(0));
        return ids;
    }

    /// <summary>Begins to work on a job; to be called under its <see cref="SessionLock"/>. Null where it no longer waits.</summary>
    public async Task<ImportJob?> Begin(long id, CancellationToken cancel)
        => (await Read($"""
            update cityops.import_job job set state = 'running', attempts = attempts + 1, done = 0, total = null, refused = 0, step = null, step_at = clock_timestamp(), updated_at = clock_timestamp()
            where id = $1 and state in ('queued', 'running') returning {Columns}
            """, cancel, id)).SingleOrDefault();

    /// <summary>Puts a job into the queue; false where it is at work already. Who has his own delivery checked again has it checked within the scope of now.</summary>
    public async Task<bool> Queue(long id, ImportTask task, CancellationToken cancel = default)
    {
        var caller = Caller.Current;
        var queued = await Read($"""
            update cityops.import_job job set state = 'queued', task = $2, attempts = 0, is_cancelled = false, fault_zh = null, fault_en = null, done = 0, total = null, refused = 0, step = null,
                queued_at = clock_timestamp(), updated_at = clock_timestamp(), asked_by_id = $3, asked_by = $4, asked_from = $5,
                scope = case when $2 = 'import' and started_by_id = $3 then $6::text[] else scope end
            where id = $1 and state not in ('queued', 'running') returning {Columns}
            """, cancel, id, Name(task), caller.Id, caller.Name, caller.Address, DeliveryMaker.Current.ScopeTexts);
        if (queued is [var job] && KindOf(task) is { } kind)
            await new AuditLog(source).Write(new(kind, job.Name, After: new { job = job.Id, batch = job.BatchId }), cancel);
        return queued.Count > 0;
    }

    /// <summary>Asks whoever is at work to stop; a job that still waits stops at once.</summary>
    public Task Cancel(long id, CancellationToken cancel = default)
        => Run("""
            update cityops.import_job set is_cancelled = true, updated_at = clock_timestamp(),
                state = case when state = 'running' then state when task in ('inspect', 'import') then 'cancelled' when task = 'publish' then 'staged' else 'ended' end
            where id = $1 and state in ('queued', 'running')
            """, cancel, id);

    /// <returns>True when a person wants it to stop.</returns>
    public async Task<bool> Tell(long id, string? step, long done, long? total, long refused, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("""
            update cityops.import_job set step_at = case when step is distinct from $2 then clock_timestamp() else step_at end, step = $2, done = $3, total = $4, refused = $5, updated_at = clock_timestamp()
            where id = $1 returning is_cancelled
            """);
        Add(command, id, step, done, total, refused);
        return await command.ExecuteScalarAsync(cancel) is true;
    }

    public Task End(long id, ImportJobState state, LocalText? fault = null, CancellationToken cancel = default)
        => Run("update cityops.import_job set state = $2, fault_zh = $3, fault_en = $4, updated_at = clock_timestamp() where id = $1", cancel, id, Name(state), fault?.Zh, fault?.En);

    /// <summary>Gives a job back that a program which is being stopped was at work on: that was no failed attempt.</summary>
    public Task GiveBack(long id, CancellationToken cancel = default)
        => Run("update cityops.import_job set state = 'queued', attempts = attempts - 1, updated_at = clock_timestamp() where id = $1 and state = 'running'", cancel, id);

    /// <param name="batchId">Null: the batch is given up, and the next try begins another.</param>
    public Task SetBatch(long id, long? batchId, CancellationToken cancel = default) => Run("update cityops.import_job set batch_id = $2 where id = $1", cancel, id, batchId);

    public Task SetSettings(long id, string settings, CancellationToken cancel = default)
        => Run("update cityops.import_job set settings = $2::jsonb, updated_at = clock_timestamp() where id = $1 and state not in ('queued', 'running')", cancel, id, settings);

    /// <summary>What the inspection proposes, where nothing was decided yet.</summary>
    public Task Propose(long id, string settings, CancellationToken cancel = default)
        => Run("update cityops.import_job set settings = $2::jsonb where id = $1 and settings is null", cancel, id, settings);

    public Task SetSample(long id, string sample, CancellationToken cancel = default) => Run("update cityops.import_job set sample = $2::jsonb where id = $1", cancel, id, sample);

    /// <summary>What the inspection read of the files, as JSON.</summary>
    public async Task<string?> Sample(long id, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand("select sample::text from cityops.import_job where id = $1");
        Add(command, id);
        return await command.ExecuteScalarAsync(cancel) as string;
    }

    /// <summary>Forgets a job whose batch, if any, was given up; false where its batch stands.</summary>
    public async Task<bool> Delete(long id, CancellationToken cancel = default)
        => await Run("""
            delete from cityops.import_job where id = $1 and not exists (select from cityops.batch where batch.id = batch_id and batch.state <> 'dropped')
            """, cancel, id) > 0;

    /// <summary>Folders whose files nobody needs any more: unfinished uploads and given-up jobs, and ended ones that may have to be resumed no longer.</summary>
    public async Task<IReadOnlyList<(long Id, string Folder, bool IsUpload)>> Outdated(TimeSpan unfinished, TimeSpan ended, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("""
            select id, folder, state = 'uploading' from cityops.import_job
            where folder is not null and (state = 'uploading' and updated_at < clock_timestamp() - $1 or state in ('ended', 'failed', 'cancelled', 'found') and updated_at < clock_timestamp() - $2)
            """);
        Add(command, unfinished, ended);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var jobs = new List<(long, string, bool)>();
        while (await reader.ReadAsync(cancel))
            jobs.Add((reader.GetInt64(0), reader.GetString(1), reader.GetBoolean(2)));
        return jobs;
    }

    /// <summary>The files are gone; the job stays in the list.</summary>
    public Task ForgetFolder(long id, CancellationToken cancel = default) => Run("update cityops.import_job set folder = null where id = $1", cancel, id);

    async Task<List<ImportJob>> Read(string sql, CancellationToken cancel, params object?[] values)
    {
        await using var command = source.CreateCommand(sql);
        Add(command, values);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var jobs = new List<ImportJob>();
        while (await reader.ReadAsync(cancel))
            jobs.Add(JobAt(reader, 0));
        return jobs;
    }

    internal static ImportJob JobAt(NpgsqlDataReader reader, int at)
    {
        string? Text(int column) => reader.IsDBNull(at + column) ? null : reader.GetString(at + column);
        long? Number(int column) => reader.IsDBNull(at + column) ? null : reader.GetInt64(at + column);
        return new(reader.GetInt64(at), reader.GetString(at + 1), Text(2), Parse<ImportJobState>(reader.GetString(at + 3)), Parse<ImportTask>(reader.GetString(at + 4)), Text(5), Number(6),
            reader.GetFieldValue<DateTimeOffset>(at + 7), DeliveryMaker.At(reader, at + 20))
        {
            Step = Text(8), Done = reader.GetInt64(at + 9), Total = Number(10), Refused = reader.GetInt64(at + 11), InStep = TimeSpan.FromSeconds(reader.GetDouble(at + 12)),
            Fault = Text(13) is { } zh && Text(14) is { } en ? new(zh, en) : null, Attempts = reader.GetInt32(at + 15), IsCancelled = reader.GetBoolean(at + 16),
            AskedBy = Text(18) is { } name ? (Text(17), name, Text(19)) : null,
        };
    }

    // What people decide. To say what a delivery is changes nothing.
    static AuditKind? KindOf(ImportTask task) => task switch
    {
        ImportTask.Import => AuditKind.DeliveryChecked,
        ImportTask.Publish => AuditKind.DeliveryPublished,
        ImportTask.RollBack => AuditKind.DeliveryRolledBack,
        ImportTask.Drop => AuditKind.DeliveryDropped,
        _ => null,
    };

    static string Name(ImportTask task) => task == ImportTask.RollBack ? "roll-back" : task.ToString().ToLowerInvariant();

    static string Name(ImportJobState state) => state.ToString().ToLowerInvariant();

    static T Parse<T>(string name) where T : struct, Enum => Enum.Parse<T>(name.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);

    async Task<int> Run(string sql, CancellationToken cancel, params object?[] values)
    {
        await using var command = source.CreateCommand(sql);
        Add(command, values);
        return await command.ExecuteNonQueryAsync(cancel);
    }

    static void Add(NpgsqlCommand command, params object?[] values)
    {
        foreach (var value in values)
            command.Parameters.Add(value is null ? new() { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Unknown } : new() { Value = value });
    }
}
