using CityOps.Gis.Access;
using CityOps.Gis.Devices;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Devices;
using Npgsql;

namespace CityOps.Gis.Web.Devices;

/// <summary>
/// Looks after devices in rounds: brings the kinds' rules into the database, tells which devices have gone silent, files the cases of alarms, makes room for the days to come and
/// drops those that are too old. Several processes on one database may do it at once.
/// </summary>
sealed class DeviceCaretaker(NpgsqlDataSource database, DeviceReadings readings, AlarmCases cases, DeviceKinds kinds, DeviceOptions options, TimeProvider clock, ILogger<DeviceCaretaker> log) : BackgroundService
{
    static readonly TimeSpan s_keeping = TimeSpan.FromHours(1);
    static readonly Caller s_reporter = Caller.ProductFor(null, "设备报警", null);
    DateTimeOffset _listeningSince = DateTimeOffset.MaxValue, _kept;
    bool _isSynced;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var rounds = new PeriodicTimer(options.Round, clock);
        for (var goesOn = true; goesOn; goesOn = await Next(rounds, stoppingToken))
            try
            {
                await Round(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // The program ends.
                return;
            }
            catch (NpgsqlException fault)
            {
                // Nobody could be heard meanwhile, so silence begins anew.
                _listeningSince = DateTimeOffset.MaxValue;
                log.LogWarning(fault, "Devices are looked after later: {Why}", fault.IsAway() ? "the database is away." : fault.Message);
            }
    }

    static async Task<bool> Next(PeriodicTimer rounds, CancellationToken cancel)
    {
        try
        {
            return await rounds.WaitForNextTickAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    async Task Round(CancellationToken cancel)
    {
        if (!_isSynced)
            await DeviceTables.Sync(database, kinds, cancel);
        _isSynced = true;
        if (_listeningSince == DateTimeOffset.MaxValue)
            _listeningSince = clock.GetUtcNow();
        if (clock.GetUtcNow() - _kept > s_keeping)
        {
            await readings.KeepFrom(clock.GetUtcNow() - options.Kept, cancel);
            _kept = clock.GetUtcNow();
        }
        await readings.Sweep(_listeningSince, cancel);
        using (s_reporter.Enter())
            await cases.File((alarm, refusal) => log.LogWarning("The case of alarm {Alarm} is not filed: {Sentence}", alarm, refusal.Sentence.En), cancel);
    }
}
