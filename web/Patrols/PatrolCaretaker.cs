using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Patrols;
using Npgsql;

namespace CityOps.Gis.Web.Patrols;

/// <summary>Looks after tracks every hour: works out days that have ended, makes room for the months to come and drops those that are too old. Several processes may do it at once.</summary>
sealed class PatrolCaretaker(TrackKeeping tracks, PatrolDays days, PatrolWords words, PatrolOptions options, TimeProvider clock, ILogger<PatrolCaretaker> log) : BackgroundService
{
    static readonly TimeSpan s_round = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var rounds = new PeriodicTimer(s_round, clock);
        do
            await Round(stoppingToken);
        while (await rounds.Next(stoppingToken));
    }

    async Task Round(CancellationToken cancel)
    {
        try
        {
            await tracks.KeepFrom(clock.GetUtcNow() - options.Kept, cancel);
            foreach (var day in await tracks.Stale(words.Today, cancel))
                await days.Refresh(day, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The program ends.
            return;
        }
        catch (NpgsqlException fault)
        {
            log.LogWarning(fault, "Tracks are looked after later: {Why}", fault.IsAway() ? "the database is away." : fault.Message);
        }
    }
}
