using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Access;
using CityOps.Gis.Web.Patrols;
using Npgsql;

namespace CityOps.Gis.Web.Retention;

/// <summary>Forgets personal data whose time is up, every hour. Several processes on one database may do it at once.</summary>
public sealed class RetentionSweeper(PersonalData data, RetentionOptions options, PatrolOptions patrols, TimeProvider clock, ILogger<RetentionSweeper> log) : BackgroundService
{
    static readonly TimeSpan s_round = TimeSpan.FromHours(1);

    /// <returns>How much of each kind was forgotten.</returns>
    public Task<IReadOnlyDictionary<string, long>> Sweep(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        return data.Forget(now - patrols.Kept, now - options.Pictures, now - options.Sessions, now - options.Patrols, cancel);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var rounds = new PeriodicTimer(s_round, clock);
        do
            try
            {
                await Sweep(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (NpgsqlException fault)
            {
                log.LogWarning(fault, "Personal data whose time is up are forgotten later: {Why}", fault.IsAway() ? "the database is away." : fault.Message);
            }
        while (await rounds.Next(stoppingToken));
    }
}
