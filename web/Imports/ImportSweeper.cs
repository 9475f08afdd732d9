using CityOps.Gis.PostGis.Batches;
using Npgsql;

namespace CityOps.Gis.Web.Imports;

/// <summary>Clears away the files of uploads that nobody goes on with, and of deliveries that ended long ago.</summary>
public sealed class ImportSweeper(ImportJobStore jobs, ImportFolder folder, ImportOptions options, ILogger<ImportSweeper> log) : BackgroundService
{
    static readonly TimeSpan Between = TimeSpan.FromMinutes(15);

    /// <returns>How many deliveries lost their files.</returns>
    public async Task<int> Sweep(CancellationToken cancel)
    {
        var outdated = await jobs.Outdated(options.KeepUnfinished, options.KeepEnded, cancel);
        foreach (var (id, name, isUpload) in outdated)
        {
            folder.Delete(name);
            await (isUpload ? jobs.Delete(id, cancel) : jobs.ForgetFolder(id, cancel));
        }
        return outdated.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Between);
        do
            try
            {
                await Sweep(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is NpgsqlException or IOException or UnauthorizedAccessException)
            {
                log.LogWarning(fault, "Old uploads could not be cleared away.");
            }
        while (await timer.Next(stoppingToken));
    }
}
