using System.Globalization;
using System.Net;
using System.Text.Json;
using CityOps.Gis.Benchmarks.Circuits;
using CityOps.Gis.Web;

namespace CityOps.Gis.Benchmarks;

/// <summary>
/// A hundred people at the map of one server, each with a circuit and tiles of their own, panning, filtering, switching layers and selecting; then their circuits are closed and
/// opened again, round after round, to see whether the server's memory stays. Server, database and people share the machine's cores.
/// </summary>
static class CircuitsBench
{
    public static async Task<int> Run(string[] arguments)
    {
        var (people, seconds, rounds) = (Number(arguments, "--people", 100), Number(arguments, "--seconds", 120), Number(arguments, "--rounds", 4));
        // The cache of tiles grows for hours up to its limit; a small one is full after the first round, so that what grows then would be the circuits'.
        Environment.SetEnvironmentVariable(EngineSettings.Cache, "32");
        var named = Array.IndexOf(arguments, "--database") is >= 0 and var at ? arguments[at + 1] : null;
        using var database = named is null ? new BenchDatabase() : null;
        var connection = named ?? await BenchCity.Database(database!, BenchCity.Records(arguments));
        using var server = new ApiServer(connection);
        Say($"{BenchDatabase.Value<long>(connection, "select count(*) from gis.components"):N0} components, in memory: {await server.IsLive("components")}; {people} people, {Environment.ProcessorCount} cores for database, server and people together");
        var features = await Features(server.Url);
        var (done, missed) = (new List<Interaction>(), new List<string>());
        var (memory, heap) = (new List<long>(), new List<long>());
        // The first round warms code and caches, and is not counted. From the second on the server also keeps the circuits of the round before, for browsers that come back.
        for (var round = 0; round <= rounds; round++)
        {
            var of = await Round(server, people, round == 0 ? Math.Min(seconds, 30) : seconds / rounds, features, round);
            if (round > 0)
                done.AddRange(of.Done);
            missed.AddRange(of.Missed);
            memory.Add(of.Memory);
            heap.Add(of.Heap);
            Say($"  round {round}: {of.Done.Count} interactions, opened in {of.OpeningMilliseconds:0} ms (p95 of a page), server {of.Memory / 1e6:0} MB with {people} circuits open, of which {of.Heap / 1e6:0} MB objects in use, {of.Processor:0.00} cores");
        }
        Print(done);
        if (missed.Count > 0)
            Say($"  {missed.Count} events were refused, such as \"{missed[0]}\"");
        Say($"ratio circuits-p95-ms {At(done.Select(one => one.Milliseconds), 0.95):0} goal 300 better lower");
        Say($"ratio circuits-pan-bytes {At(done.Where(one => one.What == "pan").Select(one => (double)one.Bytes), 0.95):0} goal 2048 better lower");
        Say($"ratio circuits-memory {memory[^1] / (double)memory[1]:0.00} goal 1.10 better lower");
        Say($"ratio circuits-heap {heap[^1] / (double)heap[1]:0.00} goal 1.10 better lower");
        return 0;
    }

    sealed record Result(List<Interaction> Done, List<string> Missed, long Memory, long Heap, double OpeningMilliseconds, double Processor);

    static async Task<Result> Round(ApiServer server, int people, int seconds, IReadOnlyList<VisitedFeature> features, int round)
    {
        var visitors = new List<(MapVisitor Visitor, HttpClient Http)>();
        var opening = new List<double>();
        try
        {
            for (var one = 0; one < people; one++)
            {
                var cookies = new CookieContainer();
                var http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, MaxConnectionsPerServer = 6 }) { BaseAddress = new(server.Url) };
                visitors.Add((new(http, cookies, features, 1000 * round + one), http));
                var begun = System.Diagnostics.Stopwatch.GetTimestamp();
                await visitors[^1].Visitor.Open();
                opening.Add(System.Diagnostics.Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }
            var processor = server.ProcessorSeconds;
            using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
            await Task.WhenAll(visitors.Select(one => one.Visitor.Work(stop.Token)));
            return new([.. visitors.SelectMany(one => one.Visitor.Done)], [.. visitors.SelectMany(one => one.Visitor.Missed)], server.MemoryBytes, server.HeapBytes(), At(opening, 0.95), (server.ProcessorSeconds - processor) / seconds);
        }
        finally
        {
            foreach (var (visitor, http) in visitors)
            {
                await visitor.DisposeAsync();
                http.Dispose();
            }
        }
    }

    // People look at where there is something.
    static async Task<IReadOnlyList<VisitedFeature>> Features(string url)
    {
        using var http = new HttpClient();
        using var page = JsonDocument.Parse(await http.GetStringAsync($"{url}/ogc/collections/components/items?limit=1000&filter=fid%20%3E%20100"));
        return [.. page.RootElement.GetProperty("features").EnumerateArray().Where(one => one.GetProperty("geometry").GetProperty("type").ValueEquals("Point"))
            .Select(one => (Fid: one.GetProperty("id").GetInt64(), Place: one.GetProperty("geometry").GetProperty("coordinates")))
            .Select(one => new VisitedFeature(one.Fid, one.Place[0].GetDouble(), one.Place[1].GetDouble()))];
    }

    static void Print(List<Interaction> done)
    {
        foreach (var of in done.GroupBy(one => one.What).OrderByDescending(one => one.Count()).Prepend(done.GroupBy(_ => "all").Single()))
            Say($"  {of.Key,-10} {of.Count(),6}: p50 {At(of.Select(one => one.Milliseconds), 0.5):0.0} p95 {At(of.Select(one => one.Milliseconds), 0.95):0.0} p99 {At(of.Select(one => one.Milliseconds), 0.99):0.0} ms; bytes p50 {At(of.Select(one => (double)one.Bytes), 0.5):0} p95 {At(of.Select(one => (double)one.Bytes), 0.95):0}; {of.Average(one => one.Tiles):0.0} tiles");
    }

    static double At(IEnumerable<double> values, double share) => values.Order().ToList() is { Count: > 0 } sorted ? sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))] : 0;

    static int Number(string[] arguments, string name, int usual) => Array.IndexOf(arguments, name) is >= 0 and var at ? int.Parse(arguments[at + 1], CultureInfo.InvariantCulture) : usual;

    static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
