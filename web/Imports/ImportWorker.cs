using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Sources;
using CityOps.Gis.Web.Outage;
using Npgsql;

namespace CityOps.Gis.Web.Imports;

/// <summary>
/// Works on import jobs in the background, a few side by side. A job is held by a lock of the database, so several programs may share the work, and one that a
/// program left behind is found by the next: its lock is free, though its state says that it runs.
/// </summary>
sealed class ImportWorker(ImportJobStore jobs, ImportRunner runner, TaskEnds ends, NpgsqlDataSource source, ImportOptions options, ILogger<ImportWorker> log) : BackgroundService
{
    static readonly TimeSpan Between = TimeSpan.FromMilliseconds(400);
    static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var running = new List<Task>();
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = Between;
            try
            {
                while (running.Count < options.AtOnce && await Take(stoppingToken) is var (job, held))
                    running.Add(Work(job, held, stoppingToken));
            }
            catch (NpgsqlException fault)
            {
                log.LogWarning("The database does not answer; imports wait: {Reason}", fault.Message);
                wait = AfterFault;
            }
            catch (OperationCanceledException)
            {
                break;
            }
            await Task.WhenAny([Task.Delay(wait, stoppingToken), .. running]);
            running.RemoveAll(one => one.IsCompleted);
        }
        await Task.WhenAll(running);
    }

    async Task<(ImportJob Job, SessionLock Held)?> Take(CancellationToken stopping)
    {
        foreach (var id in await jobs.Waiting(stopping))
        {
            if (await SessionLock.OfJob(source, id, stopping) is not { } held)
                continue;
            if (await Begin(id, held, stopping) is { } job)
                return (job, held);
        }
        return null;
    }

    // A lock that is not let go would keep the job from everybody until the program ends.
    async Task<ImportJob?> Begin(long id, SessionLock held, CancellationToken stopping)
    {
        ImportJob? job = null;
        try
        {
            return job = await jobs.Begin(id, stopping);
        }
        finally
        {
            if (job is null)
                await held.DisposeAsync();
        }
    }

    // The edge of the program towards people who are not there: whatever happens becomes a sentence on the job.
    async Task Work(ImportJob job, SessionLock held, CancellationToken stopping)
    {
        try
        {
            await using (held)
                await Work(job, stopping);
        }
        catch (NpgsqlException fault)
        {
            // Nobody can be told now; the job is taken up again when the database is back.
            log.LogWarning(fault, "The database went away while import job {Job} was worked on.", job.Id);
        }
    }

    async Task Work(ImportJob job, CancellationToken stopping)
    {
        if (job.Attempts > options.MostAttempts)
        {
            await ends.Write(job, ImportJobState.Interrupted, fault: null);
            await jobs.End(job.Id, ImportJobState.Interrupted, cancel: CancellationToken.None);
            return;
        }
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var ended = new CancellationTokenSource();
        var progress = new JobProgress(jobs, job.Id, stop);
        var following = progress.Follow(ended.Token);
        var (state, fault) = await Outcome(job, progress, stop.Token, stopping);
        await ended.CancelAsync();
        await following;
        if (state == ImportJobState.Cancelled)
            await runner.GiveUp(job);
        if (state is { } reached)
            await ends.Write(job, reached, fault);
        await (state is { } known
            ? jobs.End(job.Id, known is ImportJobState.Cancelled or ImportJobState.Failed ? ImportRunner.Undone(job.Task, known) : known, fault, CancellationToken.None)
            : jobs.GiveBack(job.Id, CancellationToken.None));
    }

    /// <returns>Null where the program is being stopped, and the next one goes on.</returns>
    async Task<(ImportJobState? State, LocalText? Fault)> Outcome(ImportJob job, JobProgress progress, CancellationToken stop, CancellationToken stopping)
    {
        try
        {
            return (await runner.Run(job, progress, stop), null);
        }
        catch (Exception) when (progress.IsCancelled)
        {
            return (ImportJobState.Cancelled, null);
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            return (null, null);
        }
        catch (Exception fault) when (DiskFull.Is(fault))
        {
            log.LogError(fault, "A disk was full while import job {Job} was worked on.", job.Id);
            return (ImportJobState.Failed, DiskFull.OfAnImport);
        }
        catch (SourceException fault)
        {
            return (ImportJobState.Failed, fault.Fault.Message);
        }
        catch (Exception fault) when (fault is not NpgsqlException lost || !lost.IsAway())
        {
            log.LogError(fault, "Import job {Job} ({Task}) broke off.", job.Id, job.Task);
            return (ImportJobState.Failed, new($"程序出错：{fault.Message} 详情在服务器日志中。", $"The program broke off: {fault.Message} The server's log says more."));
        }
    }
}
