using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.Testing;
using Npgsql;
using Xunit;

namespace CityOps.Gis.Tests.Web.Imports;

/// <summary>Imports go on in the background of the program, whatever becomes of the browser, and of the program.</summary>
public sealed class ImportWorkerTests(ImportServer server) : IClassFixture<ImportServer>
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_delivery_is_inspected_checked_published_and_rolled_back_on_request_alone()
    {
        var lamps = SmallSurvey.Lamps(40);
        var job = await server.Bring("一.zip", server.Zip([lamps[0] with { Name = null }, .. lamps[1..]]));
        Assert.Contains("components", job.Settings, StringComparison.Ordinal);

        await server.Queue(job, ImportTask.Import);
        var staged = await server.Comes(job.Id, ImportJobState.Staged);
        var batch = (await server.Batches.Find(staged.BatchId!.Value, Cancel))!;
        Assert.Equal((BatchState.Staged, 40L, 1L, 39L), (batch.State, batch.Counts.Delivered, batch.Counts.Refused, batch.Counts.Added));
        Assert.Equal(new ClassCount(40, 1), Assert.Single(batch.Counts.Classes).Value);
        Assert.Equal(0, await server.Database.Value<long>($"select count(*) from gis.components where batch_id = {batch.Id}"));

        await server.Queue(job, ImportTask.Publish);
        await server.Comes(job.Id, ImportJobState.Ended);
        // What other deliveries left there is changed by this one, as it is a census of the whole.
        Assert.Equal(39, await server.Database.Value<long>($"select count(*) from gis.components where batch_id = {batch.Id} and code in ({string.Join(',', lamps.Select(lamp => $"'{lamp.Code}'"))})"));

        await server.Queue(job, ImportTask.RollBack);
        await server.Comes(job.Id, ImportJobState.Ended);
        Assert.Equal(BatchState.RolledBack, (await server.Batches.Find(batch.Id, Cancel))!.State);
    }

    [Fact]
    public async Task Two_imports_run_side_by_side_and_a_third_waits()
    {
        var jobs = new List<ImportJob>();
        foreach (var number in new[] { 1, 2, 3 })
            jobs.Add(await server.Bring($"并行{number}.zip", server.Zip(SmallSurvey.Lamps(10, from: 1_000 * number))));
        await using (await Hold())
        {
            foreach (var job in jobs)
                await server.Queue(job, ImportTask.Import);
            await server.Comes(jobs[0].Id, ImportJobState.Running);
            await server.Comes(jobs[1].Id, ImportJobState.Running);
            Assert.Equal(ImportJobState.Queued, (await server.Jobs.Find(jobs[2].Id, Cancel))!.State);
        }
        foreach (var job in jobs)
            await server.Comes(job.Id, ImportJobState.Staged);
    }

    [Fact]
    public async Task A_person_stops_an_import_and_nothing_of_it_is_left()
    {
        var job = await server.Bring("停.zip", server.Zip(SmallSurvey.Lamps(10, from: 5_000)));
        await using (await Hold())
        {
            await server.Queue(job, ImportTask.Import);
            await Becomes(job.Id, one => one.BatchId is not null && one.Step == "stage");
            await server.Jobs.Cancel(job.Id, Cancel);
            await Task.Delay(1_000, Cancel);
        }
        var stopped = await server.Comes(job.Id, ImportJobState.Cancelled);

        Assert.Equal(BatchState.Dropped, (await server.Batches.Find(stopped.BatchId!.Value, Cancel))!.State);
        Assert.Empty(await server.Database.Rows($"select relname from pg_class join pg_namespace n on n.oid = relnamespace where nspname = 'staging' and relname like 'b{stopped.BatchId}\\_%'"));
        await server.Queue(stopped, ImportTask.Import);
        Assert.NotEqual(stopped.BatchId, (await server.Comes(job.Id, ImportJobState.Staged)).BatchId);
    }

    [Fact]
    public async Task An_import_goes_on_after_a_restart_of_the_program()
    {
        var job = await server.Bring("重启.zip", server.Zip(SmallSurvey.Lamps(10, from: 6_000)));
        ImportJob running;
        await using (await Hold())
        {
            await server.Queue(job, ImportTask.Import);
            running = await Becomes(job.Id, one => one.BatchId is not null && one.Step == "stage");
            await server.Stop();
        }
        await server.Start();

        var staged = await server.Comes(job.Id, ImportJobState.Staged);
        Assert.Equal((running.BatchId, 10L), (staged.BatchId, (await server.Batches.Find(staged.BatchId!.Value, Cancel))!.Counts.Accepted));
    }

    [Fact]
    public async Task What_a_killed_program_left_is_taken_up_a_few_times_and_then_a_person_is_asked()
    {
        var job = await server.Bring("崩溃.zip", server.Zip(SmallSurvey.Lamps(10, from: 7_000)));
        await server.Database.Run($"update cityops.import_job set state = 'running', task = 'import', attempts = 1 where id = {job.Id}");
        var staged = await server.Comes(job.Id, ImportJobState.Staged);
        Assert.NotNull(staged.BatchId);

        await server.Database.Run($"update cityops.import_job set state = 'running', task = 'import', attempts = 3 where id = {job.Id}");
        await server.Comes(job.Id, ImportJobState.Interrupted);

        await server.Queue(job, ImportTask.Import);
        await server.Comes(job.Id, ImportJobState.Staged);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_ends_in_a_sentence()
    {
        var begun = await server.Begin(("坏.zip", [1, 2, 3, 4]));
        await server.Patch(begun.GetProperty("files")[0].GetProperty("id").GetString()!, 0, [1, 2, 3, 4]);

        var job = await server.Comes(begun.GetProperty("job").GetInt64(), ImportJobState.Failed);

        Assert.NotEmpty(job.Fault!.Zh);
        Assert.NotEmpty(job.Fault.En);
    }

    [Fact]
    public async Task A_batch_that_was_changed_since_is_not_rolled_back_and_the_job_says_why()
    {
        var lamps = SmallSurvey.Lamps(6, from: 8_000);
        var first = await Publish("先.zip", lamps);
        await Publish("后.zip", [lamps[0] with { State = "破损" }, .. lamps[1..]]);

        await server.Queue(first, ImportTask.RollBack);
        await Becomes(first.Id, one => one.Fault is not null);

        Assert.Contains("roll back the later batches", (await server.Jobs.Find(first.Id, Cancel))!.Fault!.En, StringComparison.Ordinal);
        Assert.Equal(BatchState.Published, (await server.Batches.Find(first.BatchId!.Value, Cancel))!.State);
    }

    async Task<ImportJob> Publish(string name, IEnumerable<SmallSurvey.Lamp> lamps)
    {
        var job = await server.Bring(name, server.Zip(lamps));
        await server.Queue(job, ImportTask.Import);
        await server.Comes(job.Id, ImportJobState.Staged);
        await server.Queue(job, ImportTask.Publish);
        return await server.Comes(job.Id, ImportJobState.Ended);
    }

    async Task<ImportJob> Becomes(long id, Func<ImportJob, bool> isSo)
    {
        for (var left = 200; left > 0; left--, await Task.Delay(50, Cancel))
            if (await server.Jobs.Find(id, Cancel) is { } job && isSo(job))
                return job;
        throw new Xunit.Sdk.XunitException($"Job {id} does not become what it should.");
    }

    // Whoever stages waits here for as long as the test wants.
    async Task<NpgsqlConnection> Hold()
    {
        var connection = await server.Database.Source.OpenConnectionAsync(Cancel);
        await using var command = new NpgsqlCommand("begin; lock table cityops.batch_issue in access exclusive mode", connection);
        await command.ExecuteNonQueryAsync(Cancel);
        return connection;
    }
}
