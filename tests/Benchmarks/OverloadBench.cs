using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace CityOps.Gis.Benchmarks;

/// <summary>
/// More than the product can do: some two thousand dear requests a second (heat maps of ever other cells, features by a condition that only SQL can test) with tiles among them, while
/// one client after the other asks for each kind and is timed; then hundreds of readers of a byte a second. Before, what the guards cost a tile.
/// </summary>
static class OverloadBench
{
    const int Connections = 1_200, PauseMs = 450, Seconds = 30, RestSeconds = 15, SlowReaders = 400;
    const string Tile = "/tiles/components/14/13564/7036.mvt";
    static readonly (string Kind, Func<int, string> Path)[] Kinds =
    [
        ("tile", _ => Tile), ("items", Items), ("heat", Heat), ("health", _ => "/health/live"),
    ];

    public static async Task<int> Run(string[] arguments)
    {
        using var database = new BenchDatabase();
        var connection = await BenchCity.Database(database, BenchCity.Records(arguments));
        await CityOps.Gis.PostGis.Installation.Prepare(connection, BenchDatabase.Catalog);
        using var server = WebServerChild.Start(connection);
        using var client = new HttpClient { BaseAddress = new(server.Url), Timeout = TimeSpan.FromMinutes(2) };
        await WebServerChild.IsLive(client, "components");
        var alone = await Ask(server, "alone", TimeSpan.FromSeconds(8));
        var before = server.MemoryBytes;
        var load = Wrk(server.Url);
        var (under, peak) = (await Ask(server, "under load", TimeSpan.FromSeconds(Seconds - 2)), server.PeakBytes);
        Say($"  load: {(await load).ReplaceLineEndings(" ")}");
        var slow = await Slow(server);
        await Task.Delay(TimeSpan.FromSeconds(RestSeconds));
        Say($"  memory: before {before >> 20} MB, peak under load {peak >> 20} MB, with {SlowReaders} slow readers {slow.Memory >> 20} MB, {RestSeconds} s after {server.MemoryBytes >> 20} MB");
        Say($"ratio overload-memory {(double)peak / before:0.00} goal 1.5 better lower");
        Say($"ratio overload-tile-p99 {under / alone:0.0} goal 20 better lower");
        Say($"ratio overload-slow-readers {slow.TileP99 / alone:0.0} goal 5 better lower");
        return 0;
    }

    // Each question is another, so that no cache answers.
    static string Heat(int number) => string.Create(CultureInfo.InvariantCulture, $"/heat/components?cell=square&size={100 + number % 1900}&bbox=117.8,24.{number % 89 + 10},118.5,25");

    static string Items(int number) => string.Create(CultureInfo.InvariantCulture, $"/ogc/collections/components/items?limit=10&filter={Uri.EscapeDataString($"remark LIKE '%{number}%' AND fid > {number}")}");

    /// <summary>One client for each kind, one request after the other.</summary>
    /// <returns>p99 of tiles, milliseconds.</returns>
    static async Task<double> Ask(ServerChild server, string when, TimeSpan time)
    {
        var results = await Task.WhenAll(Kinds.Select(kind => Task.Run(() => Ask(server.Url, kind.Path, time))));
        for (var at = 0; at < Kinds.Length; at++)
        {
            var (served, shed) = results[at];
            Say($"  {when}, {Kinds[at].Kind}: {served.Count / time.TotalSeconds:0.0}/s served, {shed / time.TotalSeconds:0.0}/s shed; p50 {At(served, 0.5):0.0} p99 {At(served, 0.99):0.0} ms of those served");
        }
        return At(results[0].Served, 0.99);
    }

    static async Task<(List<double> Served, int Shed)> Ask(string url, Func<int, string> path, TimeSpan time)
    {
        using var client = new HttpClient { BaseAddress = new(url), Timeout = TimeSpan.FromMinutes(2) };
        var (served, shed, clock) = (new List<double>(), 0, Stopwatch.StartNew());
        for (var number = 1; clock.Elapsed < time; number++, await Task.Delay(5))
        {
            var begun = Stopwatch.GetTimestamp();
            using var answer = await client.GetAsync(path(number));
            await answer.Content.ReadAsByteArrayAsync();
            if (answer.IsSuccessStatusCode)
                served.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            else
                shed++;
        }
        served.Sort();
        return (served, shed);
    }

    static async Task<string> Wrk(string url)
    {
        var list = Path.GetTempFileName();
        await File.WriteAllLinesAsync(list, Enumerable.Range(1, 50_000).Select(number => (number % 5) switch { 0 => Tile, 1 or 2 => Heat(number), _ => Items(number) }));
        string[] arguments = ["-t", "1", "-c", Text(Connections), "-d", Text(Seconds) + "s", "--timeout", "60s", "-s", Path.Combine(AppContext.BaseDirectory, "wrk-overload.lua"), url, "--", list, Text(PauseMs)];
        using var process = Process.Start(new ProcessStartInfo("wrk", arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        File.Delete(list);
        var numbers = output.Split('\n').First(line => line.StartsWith("bench ", StringComparison.Ordinal)).Split(' ')[1..].Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        var seconds = numbers[1] / 1e6;
        return string.Create(CultureInfo.InvariantCulture, $"{numbers[0] / seconds:0}/s asked on {Connections} connections, {numbers[2] / seconds:0}/s served, {numbers[3] / seconds:0}/s shed, {numbers[4]:0} other answers, {numbers[5]:0} broken connections");
    }

    static async Task<(double TileP99, long Memory)> Slow(ServerChild server)
    {
        using var end = new CancellationTokenSource();
        var readers = Enumerable.Range(0, SlowReaders).Select(_ => ReadSlowly(new(server.Url), end.Token)).ToList();
        var p99 = await Ask(server, $"{SlowReaders} slow readers", TimeSpan.FromSeconds(8));
        var memory = server.MemoryBytes;
        await end.CancelAsync();
        await Task.WhenAll(readers);
        return (p99, memory);
    }

    static async Task ReadSlowly(Uri server, CancellationToken end)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 2_048 };
        var one = new byte[1];
        try
        {
            await socket.ConnectAsync(server.Host, server.Port, end);
            await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {Tile} HTTP/1.1\r\nHost: {server.Authority}\r\n\r\n"), end);
            while (await socket.ReceiveAsync(one, end) > 0)
                await Task.Delay(1_000, end);
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException)
        {
            // The bench is over, or the server has had enough; both are an end.
        }
    }

    static double At(List<double> sorted, double share) => sorted.Count == 0 ? double.NaN : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
