using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CityOps.Gis.Access;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Access;
using CityOps.Gis.PostGis.Devices;
using CityOps.Gis.Testing;
using CityOps.Gis.Testing.Faults;

namespace CityOps.Gis.Benchmarks;

/// <summary>
/// Devices that report by MQTT, QoS 1, through gateways: at a third of the time the product is killed and started again, at two thirds the database is stopped and started again.
/// At the end every message that was acknowledged must be there, once.
/// </summary>
static class DevicesBench
{
    static readonly TimeSpan s_away = TimeSpan.FromSeconds(5);

    public static async Task<int> Run(string[] arguments)
    {
        var (devices, rate, gateways, seconds) = (Number(arguments, "--devices", 10_000), Number(arguments, "--rate", 2_000), Number(arguments, "--gateways", 200), Number(arguments, "--seconds", 60));
        Say($"{devices:N0} devices at {gateways} gateways, {rate:N0} messages a second for {seconds} s, QoS 1; the product is killed after {seconds / 3} s, the database is away for {s_away.TotalSeconds} s after {2 * seconds / 3} s");
        using var server = new OwnServer();
        await Installation.Prepare(server.ConnectionString, BenchDatabase.Catalog);
        BenchDatabase.Run(server.ConnectionString, SmallCity.Sql + $"""
            insert into gis.devices (device_id, name, kind, geom) select 'G' || number, '调压箱' || number, 'gas-pressure', ST_SetSRID(ST_MakePoint(118.0001 + 0.0198 * random(), 24.4001 + 0.0098 * random()), 4490) from generate_series(1, {devices}) number;
            """);
        var key = await Key(server.ConnectionString);
        using var child = new DeviceServerChild(server.ConnectionString, FreePort(out var port));
        child.Start();
        var all = Enumerable.Range(0, gateways).Select(at => new DeviceGateway(port, key, [.. Enumerable.Range(0, devices).Where(device => device % gateways == at).Select(device => $"G{device + 1}")], (double)rate / gateways)).ToList();
        var (clock, length) = (Stopwatch.StartNew(), TimeSpan.FromSeconds(seconds));
        var sending = Task.WhenAll(all.Select(gateway => Task.Run(() => gateway.Run(clock, length))));
        await Disturb(server, child, length);
        await sending;
        var took = clock.Elapsed;
        Say($"sent in {took.TotalSeconds:0.0} s; the last life of the product took {child.ProcessorSeconds:0.0} s of processor and {child.PeakBytes >> 20} MB at most");
        return await Report(server.ConnectionString, all, seconds, devices);
    }

    static async Task Disturb(OwnServer server, DeviceServerChild child, TimeSpan length)
    {
        await Task.Delay(length / 3);
        child.Kill();
        await Task.Delay(TimeSpan.FromSeconds(1));
        child.Start();
        await Task.Delay(length / 3);
        server.Stop();
        await Task.Delay(s_away);
        server.Start();
    }

    static async Task<int> Report(string connection, List<DeviceGateway> gateways, int seconds, int devices)
    {
        Npgsql.NpgsqlConnection.ClearAllPools();
        long sent = gateways.Sum(one => one.Sent), again = gateways.Sum(one => one.Again), refused = gateways.Sum(one => one.Refused.Count);
        var stored = BenchDatabase.Value<long>(connection, "select count(*) from devices.reading");
        var distinct = BenchDatabase.Value<long>(connection, "select count(*) from (select distinct fid, message from devices.reading) one");
        // Undisturbed: from a few seconds on, as gateways sign in, until the product is killed.
        var quiet = gateways.SelectMany(one => one.Answers).Where(answer => answer.At > 5 && answer.At < seconds / 3 - 2).Select(answer => answer.Took).Order().ToList();
        var now = await Now(connection);
        Say($"sent {sent} stored {stored} lost {sent - distinct} twice {stored - distinct}; {again} sendings without an answer were made again; {refused} refused {string.Join("; ", gateways.SelectMany(one => one.Refused).Distinct().Take(3))}");
        Say($"acknowledged after p50 {At(quiet, 0.5):0} p95 {At(quiet, 0.95):0} p99 {At(quiet, 0.99):0} worst {At(quiet, 1):0} ms while nothing was disturbed ({quiet.Count:N0} messages)");
        Say($"all {devices:N0} devices now: counts by state and the first page in {now:0.0} ms");
        Say($"ratio devices-lost {sent - distinct + refused} goal 0 better lower");
        Say($"ratio devices-twice {stored - distinct} goal 0 better lower");
        Say($"ratio devices-per-second {quiet.Count / (seconds / 3.0 - 7):0} goal 1990 better higher");
        Say($"ratio devices-ack-p99-ms {At(quiet, 0.99):0} goal 500 better lower");
        Say($"ratio devices-now-ms {now:0.0} goal 100 better lower");
        return sent == distinct && stored == distinct && refused == 0 ? 0 : 1;
    }

    static async Task<double> Now(string connection)
    {
        await using var source = Connections.Open(connection);
        var list = new DeviceList(source, BenchDatabase.Catalog);
        var times = new List<double>();
        for (var run = 0; run < 20; run++)
        {
            var clock = Stopwatch.GetTimestamp();
            await list.Counts(new());
            await list.Page(new());
            times.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
        }
        return times.Order().ElementAt(10);
    }

    static async Task<string> Key(string connection)
    {
        await using var source = Connections.Open(connection);
        return (await new ApiKeys(source).Make("gateways", [Permission.SendReadings], null, DateTimeOffset.UtcNow.AddDays(1), "bench")).Text;
    }

    static int FreePort(out int port)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return port = ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    static int Number(string[] arguments, string name, int usual)
        => Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? int.Parse(arguments[at + 1], CultureInfo.InvariantCulture) : usual;

    static double At(List<double> sorted, double share) => sorted.Count == 0 ? double.NaN : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];

    static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
