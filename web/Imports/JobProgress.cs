using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Loading;

namespace CityOps.Gis.Web.Imports;

/// <summary>
/// Writes where an import stands into the database, twice a second, and looks there whether a person wants it to stop. Steps may be reported from any thread.
/// </summary>
sealed class JobProgress(ImportJobStore jobs, long jobId, CancellationTokenSource stop) : IProgress<ImportStep>
{
    static readonly TimeSpan Between = TimeSpan.FromMilliseconds(400);
    volatile ImportStep? _latest;

    /// <summary>A person has asked to stop it.</summary>
    public bool IsCancelled { get; private set; }

    public void Report(ImportStep value) => _latest = value;

    /// <summary>Works until the token is cancelled; then the last step is written once more.</summary>
    public async Task Follow(CancellationToken ended)
    {
        using var timer = new PeriodicTimer(Between);
        while (!ended.IsCancellationRequested)
        {
            await Tell(CancellationToken.None);
            try
            {
                await timer.WaitForNextTickAsync(ended);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }
        await Tell(CancellationToken.None);
    }

    async Task Tell(CancellationToken cancel)
    {
        var step = _latest;
        if (!await jobs.Tell(jobId, step?.Step, step?.Done ?? 0, step?.Total, step?.Refused ?? 0, cancel) || IsCancelled)
            return;
        IsCancelled = true;
        await stop.CancelAsync();
    }
}
