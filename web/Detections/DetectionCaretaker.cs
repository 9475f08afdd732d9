using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Detections;
using Npgsql;

namespace CityOps.Gis.Web.Detections;

/// <summary>Forgets sightings that are too old to come twice; scenes and their pictures stay. Several processes on one database may do it at once.</summary>
sealed class DetectionCaretaker(DetectionStore store, TimeProvider clock, ILogger<DetectionCaretaker> log) : BackgroundService
{
    static readonly TimeSpan s_round = TimeSpan.FromHours(6);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var rounds = new PeriodicTimer(s_round, clock);
        while (await rounds.Next(stoppingToken))
            try
            {
                await store.KeepFrom(clock.GetUtcNow() - 2 * DetectionIntake.Oldest, stoppingToken);
            }
            catch (NpgsqlException fault)
            {
                log.LogWarning(fault, "Old sightings are forgotten later: {Why}", fault.IsAway() ? "the database is away." : fault.Message);
            }
    }
}
