using System.Globalization;
using System.Text.Json;
using CityOps.Gis.Access;
using CityOps.Gis.Devices;
using CityOps.Gis.PostGis.Devices;
using Npgsql;

namespace CityOps.Gis.Web.Devices;

/// <summary>
/// What devices of the sample city report while a demonstration runs, by the way that devices send: the day before where there is nothing yet, then a message each in turn. One in
/// forty measures what raises an alarm; those that the sample calls offline stay silent.
/// </summary>
public static class DemoReadings
{
    const int Hours = 24, AtOnce = 24, TroubledOf = 40;

    // Shorter than the shortest silence after which a device counts as offline.
    static readonly TimeSpan s_again = TimeSpan.FromMinutes(4);
    static readonly Caller s_sender = new(null, "demo", new HashSet<Permission> { Permission.SendReadings }, null);

    /// <summary>Reports round after round until the program ends.</summary>
    public static async Task Report(IServiceProvider services, CancellationToken stopping)
    {
        using var rounds = new PeriodicTimer(s_again, services.GetRequiredService<TimeProvider>());
        do
            await Rounds.Once(() => Send(services, stopping), stopping);
        while (await rounds.Next(stopping));
    }

    /// <summary>One round; how many messages were new.</summary>
    public static async Task<int> Send(IServiceProvider services, CancellationToken cancel)
    {
        var (list, intake, now) = (services.GetRequiredService<DeviceList>(), services.GetRequiredService<DeviceIntake>(), services.GetRequiredService<TimeProvider>().GetUtcNow());
        // Before the first message, so that it raises what it has to.
        await DeviceTables.Sync(services.GetRequiredService<NpgsqlDataSource>(), services.GetRequiredService<DeviceKinds>(), cancel);
        var devices = new List<DeviceNow>();
        for (var page = 0; page * DeviceList.PageSize == devices.Count; page++)
            devices.AddRange(await list.Page(new(), page, cancel));
        var sent = 0;
        await Parallel.ForEachAsync(devices.DistinctBy(one => one.DeviceId).Where(one => one is not { State: DeviceState.Offline, Seen: null }), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (device, stop) =>
        {
            var moments = Enumerable.Range(0, device.Seen is null ? Hours : 1).Select(hour => now.AddHours(-hour)).Reverse();
            var messages = moments.Select(at => Measured(device, at, isTroubled: NumberOf(device.DeviceId) % TroubledOf == 3 && at > now.AddHours(-1))).OfType<object>().ToArray();
            if (messages.Length > 0)
                Interlocked.Add(ref sent, (await intake.Take(s_sender, device.DeviceId, JsonSerializer.SerializeToUtf8Bytes(messages), stop)).Stored);
        });
        return sent;
    }

    // As the definitions of the kinds read it; nothing of a kind that is not the sample's.
    static object? Measured(DeviceNow device, DateTimeOffset at, bool isTroubled)
    {
        var number = NumberOf(device.DeviceId);
        var random = new Random(unchecked(number * 10_007 + (int)(at.ToUnixTimeSeconds() / 60)));
        var (time, id, battery) = (at.ToString("O", CultureInfo.InvariantCulture), at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), 35 + (number % 60));
        // From -1 at four in the morning to 1 at four in the afternoon, China's time.
        var day = -Math.Cos((at.UtcDateTime.TimeOfDay.TotalHours + 8 - 4) * Math.PI / 12);
        double Around(double middle, double swing, double noise) => Math.Round(middle + swing * day + noise * (2 * random.NextDouble() - 1), 1);
        return device.Kind switch
        {
            "construction-noise" => new { time, id, leq = isTroubled ? Around(77, 0, 2) : Around(52, 9, 2), pm10 = (int)Around(70, 20, 15) },
            "gas-pressure" => new { time, seq = id, data = new { pressure = isTroubled ? 3_350 : (int)Around(2_200, -120, 60) }, battery },
            "smoke" => new { ts = time, msgId = id, alarm = isTroubled, battery },
            "sewage-level" => new { time, id, level = isTroubled ? Around(272, 0, 6) : Around(120, 30, 12), flow = Math.Round(0.6 + 0.2 * random.NextDouble(), 2) },
            "manhole-tilt" => new { time, id, angle = isTroubled ? Around(24, 0, 2) : Around(1.2, 0, 0.4), battery },
            "bike-fence" => new { time, id, bikes = Enumerable.Range(0, Math.Max(0, (int)Around(12, 6, 4))).Select(_ => new { lon = device.Longitude + 0.0002 * (random.NextDouble() - 0.5), lat = device.Latitude + 0.0002 * (random.NextDouble() - 0.5) }) },
            _ => null,
        };
    }

    static int NumberOf(string deviceId) => deviceId.Where(char.IsAsciiDigit).Aggregate(0, (number, digit) => (number * 10 + (digit - '0')) % 1_000_000);
}
