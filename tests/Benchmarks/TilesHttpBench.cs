using System.Diagnostics;
using System.Globalization;
using CityOps.Gis.Queries;
using CityOps.Gis.Tiles.Snapshots;
using CityOps.Gis.Tiling;
using Npgsql;

namespace CityOps.Gis.Benchmarks;

/// <summary>
/// Tiles a second over HTTP at 16 connections, the load generator on the same machine, beside pgbench's <c>ST_AsMVT</c> with two clients on the same list: single
/// zooms with features in both, then zooms mixed as people zoom with the product's limits, with the cache off; then the cache warm.
/// </summary>
static class TilesHttpBench
{
    const int Connections = 16, Seconds = 8;

    /// <summary>The rival's statements that take longer count as this.</summary>
    const int MostSeconds = 10;
    const string Attributes = "code, name, class_code, status,";
    static readonly FeatureQuery All = new("components");

    // How people zoom: a look at the city, then down to a street and about there. Shares of a hundred tiles.
    static readonly (int Zoom, int Weight)[] Mix = [(8, 2), (9, 2), (10, 4), (11, 6), (12, 8), (13, 10), (14, 14), (15, 16), (16, 16), (17, 12), (18, 10)];

    public static async Task<int> Run(string[] arguments)
    {
        if (!Wrk.IsThere)
        {
            Console.WriteLine("The load generator is missing: apt-get install wrk");
            return 2;
        }
        var records = BenchCity.Records(arguments);
        using var database = new BenchDatabase();
        var connection = await BenchCity.Database(database, records);
        await using var source = CityOps.Gis.PostGis.Connections.Open(connection);
        var file = Path.Combine(BenchDatabase.Folder, $"http-{records}.snapshot");
        var view = LayerView.Of(await SnapshotLoader.Load(source, BenchDatabase.Catalog.Find("components")!));
        SnapshotFile.Write(view.Parts[0].Snapshot, file);
        Say($"{view.Count:N0} components; {Environment.ProcessorCount} cores for server and load generator together");
        var isAlone = arguments.Contains("--ours");
        Whole(isAlone ? null : connection, file, view);
        Mixed(isAlone ? null : connection, file, view);
        return 0;
    }

    static void Whole(string? connection, string file, LayerView view)
    {
        using var server = TileServerChild.Start(file, isWhole: true, cacheBytes: 0);
        foreach (var (zoom, count, rivals, goal) in new[] { (18, 100_000, 4000, 15), (16, 30_000, 800, 25), (14, 3_000, 120, 35) })
        {
            var tiles = Distinct(view, zoom, count);
            Say($"z{zoom}: {tiles.Count:N0} distinct tiles, cache off, features in both");
            var ours = Ask(server, tiles, Connections, warmUp: true);
            if (zoom == 16)
                Cost(server, view, tiles, ours);
            if (connection is null)
                continue;
            var list = $"http-z{zoom}";
            Pgbench.Keep(connection, list, [.. tiles.Take(rivals)]);
            var theirs = Pgbench.Best(connection, Pgbench.Statement(list, BenchCity.RivalTable, Attributes), Math.Min(tiles.Count, rivals), clients: 2);
            Print("ST_AsMVT", theirs.PerSecond, theirs.Milliseconds, $"2 clients, {theirs.Workers} parallel workers");
            Say($"ratio tiles-http-z{zoom} {ours.PerSecond / theirs.PerSecond:0.0} goal {goal} better higher");
        }
    }

    // Both use both cores: two threads that only make tiles, and the server with its load generator.
    static void Cost(ServerChild server, LayerView view, List<TileCoord> tiles, Wrk.Result ours)
    {
        var alone = Ask(server, tiles, connections: 1, warmUp: false);
        var (one, two) = (Encode(view, tiles, threads: 1), Encode(view, tiles, threads: 2));
        Say($"  encoding alone: {one:N0}/s on one thread ({1000 / one:0.000} ms a tile), {two:N0}/s on two; HTTP with one connection {1000 / alone.PerSecond:0.000} ms a tile, which is {one / alone.PerSecond:0.00} times");
        Say($"ratio tiles-http-cost {two / ours.PerSecond:0.00} goal 2.5 better lower");
    }

    static double Encode(LayerView view, List<TileCoord> tiles, int threads)
    {
        var made = 0;
        var clock = Stopwatch.StartNew();
        var workers = Enumerable.Range(0, threads).Select(number => new Thread(() =>
        {
            var maker = new SnapshotTiles(TileLimits.None);
            for (var at = number; clock.Elapsed.TotalSeconds < 4; at += threads, Interlocked.Increment(ref made))
                maker.Tile(view, All, tiles[at % tiles.Count]);
        })).ToList();
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
        return made / clock.Elapsed.TotalSeconds;
    }

    static void Mixed(string? connection, string file, LayerView view)
    {
        var tiles = Mixture(view, 20_000);
        Say($"mix with the product's limits: {string.Join(", ", Mix.Select(one => FormattableString.Invariant($"z{one.Zoom} {one.Weight} %")))}; {tiles.Count:N0} tiles, {tiles.Distinct().Count():N0} of them distinct");
        Wrk.Result ours;
        using (var server = TileServerChild.Start(file, isWhole: false, cacheBytes: 0))
            ours = Ask(server, tiles, Connections, warmUp: true);
        if (connection is not null)
            Say($"ratio tiles-http-mix {ours.PerSecond / RivalMix(connection, view):0} goal 100 better higher");
        using var warm = TileServerChild.Start(file, isWhole: false, cacheBytes: 256L << 20);
        Say($"the same list, cache on: the first time, then warm");
        Ask(warm, tiles, Connections, warmUp: false);
        Ask(warm, tiles, Connections, warmUp: false);
    }

    // Two clients take tiles from the mix: their rate follows from the mean of each zoom.
    static double RivalMix(string connection, LayerView view)
    {
        var mean = 0.0;
        foreach (var (zoom, weight) in Mix)
        {
            var tiles = Distinct(view, zoom, zoom < 13 ? 4 : 60);
            var seconds = Rival(connection, tiles, budget: zoom < 13 ? 10 : 3);
            Say($"  ST_AsMVT z{zoom}: mean {seconds.Average() * 1000:0.0} ms of {seconds.Count} tiles, {seconds.Count(one => one >= MostSeconds)} of them counted as {MostSeconds} s");
            mean += seconds.Average() * weight / 100;
        }
        Say($"  ST_AsMVT of the mix: {2 / mean:0.0}/s with 2 clients");
        return 2 / mean;
    }

    static List<double> Rival(string connection, List<TileCoord> tiles, int budget)
    {
        var (seconds, next, begun) = (new List<double>(), -1, Stopwatch.StartNew());
        Parallel.For(0, 2, _ =>
        {
            using var open = new NpgsqlConnection(connection);
            open.Open();
            // Both cores are taken by the two clients, so that parallel workers could only get in their way.
            using var command = new NpgsqlCommand($"set jit = off; set max_parallel_workers_per_gather = 0; set statement_timeout = '{MostSeconds}s'", open);
            command.ExecuteNonQuery();
            while (Interlocked.Increment(ref next) is var at && (at < 2 || begun.Elapsed.TotalSeconds < budget) && at < tiles.Count)
            {
                var took = Time(open, tiles[at]);
                lock (seconds)
                    seconds.Add(took);
            }
        });
        return seconds;
    }

    static double Time(NpgsqlConnection connection, TileCoord tile)
    {
        using var command = new NpgsqlCommand($"""
            select length(ST_AsMVT(tile, 'components', 4096, 'geom', 'fid')) from (
                select fid, {Attributes} ST_AsMVTGeom(geom, ST_TileEnvelope({tile.Zoom}, {tile.X}, {tile.Y}), 4096, 0, true) as geom
                from {BenchCity.RivalTable} where geom && ST_TileEnvelope({tile.Zoom}, {tile.X}, {tile.Y})) tile
            """, connection);
        var clock = Stopwatch.StartNew();
        try
        {
            command.ExecuteScalar();
            return clock.Elapsed.TotalSeconds;
        }
        catch (PostgresException fault) when (fault.SqlState is PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.ProgramLimitExceeded or PostgresErrorCodes.OutOfMemory)
        {
            // Cancelled after the most seconds, or a tile larger than PostgreSQL's gigabyte.
            return MostSeconds;
        }
    }

    static Wrk.Result Ask(ServerChild server, List<TileCoord> tiles, int connections, bool warmUp)
    {
        // The compiler makes hot code fast only after it has run for a while.
        if (warmUp)
            Wrk.Run(server.Url, tiles.AsEnumerable().Reverse(), connections, 5);
        var before = server.ProcessorSeconds;
        var ours = Wrk.Run(server.Url, tiles, connections, Seconds);
        var processor = (server.ProcessorSeconds - before) / ours.Requests * 1000;
        Say($"  HTTP, {connections} connections: {ours.PerSecond:N0}/s, p50 {ours.P50:0.000} p95 {ours.P95:0.000} p99 {ours.P99:0.000} most {ours.Most:0.0} ms; {ours.MegabytesPerSecond:0} MB/s, {ours.MegabytesPerSecond * 1000 / ours.PerSecond:0.0} KB each; {ours.Errors} errors; server {processor:0.000} ms of processor a tile, memory {server.MemoryBytes >> 20} MB");
        return ours;
    }

    static List<TileCoord> Distinct(LayerView view, int zoom, int count) => [.. TilesBench.RandomTiles(view, zoom, count, All).Distinct()];

    static List<TileCoord> Mixture(LayerView view, int count)
    {
        var tiles = Mix.SelectMany(one => TilesBench.RandomTiles(view, one.Zoom, count * one.Weight / 100, All)).ToArray();
        new Random(3502).Shuffle(tiles);
        return [.. tiles];
    }

    static void Print(string who, double perSecond, double[] times, string how)
        => Say($"  {who}: {perSecond:N1}/s, p50 {At(times, 0.5):0.000} p95 {At(times, 0.95):0.000} p99 {At(times, 0.99):0.000} ms; {how}");

    static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];

    static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
