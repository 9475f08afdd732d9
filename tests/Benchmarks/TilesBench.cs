using System.Diagnostics;
using System.Globalization;
using CityOps.Gis.PostGis;
using CityOps.Gis.Queries;
using CityOps.Gis.Tiles.Encoding;
using CityOps.Gis.Tiles.Snapshots;
using CityOps.Gis.Tiling;

namespace CityOps.Gis.Benchmarks;

/// <summary>
/// Encoding alone: <c>ST_AsMVT</c> of a clustered table by pgbench beside our tiles from memory, one client and one thread, the same tiles, features and attributes,
/// features not aggregated in either; then our aggregated tiles of low zooms.
/// </summary>
static class TilesBench
{
    const string Attributes = "code, name, class_code, status,";
    static readonly FeatureQuery All = new("components");

    public static async Task<int> Run(string[] arguments)
    {
        var records = BenchCity.Records(arguments);
        using var database = new BenchDatabase();
        var connection = await BenchCity.Database(database, records);
        await using var source = Connections.Open(connection);
        var clock = Stopwatch.StartNew();
        var snapshot = await SnapshotLoader.Load(source, BenchDatabase.Catalog.Find("components")!);
        Say($"{snapshot.Count:N0} components in memory after {clock.Elapsed.TotalSeconds:0.0} s ({snapshot.Count / clock.Elapsed.TotalSeconds:N0} rows/s); {(double)(snapshot.Bytes - snapshot.PooledTextBytes) / snapshot.Count:0.0} bytes a record and {(double)snapshot.PooledTextBytes / snapshot.Count:0.0} of pooled text");
        var view = LayerView.Of(snapshot);
        foreach (var (zoom, count, goal) in new[] { (18, 1000, 25.0), (16, 120, 60), (14, 16, 80) })
            Whole(connection, view, zoom, count, goal);
        Filtered(connection, view, 14, 40, 40);
        Filtered(connection, view, 16, 200, 20);
        Aggregated(view);
        await ShapesBench.Run(connection, source);
        Say($"peak memory {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB");
        return 0;
    }

    static void Whole(string connection, LayerView view, int zoom, int count, double goal)
        => Compare(connection, view, $"z{zoom}", All, "true", RandomTiles(view, zoom, count, All), goal);

    // The commonest class of the largest district and 90 days.
    static void Filtered(string connection, LayerView view, int zoom, int count, double goal)
    {
        var district = BenchDatabase.Value<string>(connection, "select district_code from rival.components tablesample system (1) group by 1 order by count(*) desc limit 1")!;
        var kind = BenchDatabase.Value<string>(connection, $"select class_code from rival.components tablesample system (1) where district_code = '{district}' group by 1 order by count(*) desc limit 1")!;
        var from = new DateTimeOffset(2025, 3, 1, 0, 0, 0, TimeSpan.FromHours(8));
        var query = All with { Districts = [district], Classes = [kind], From = from, To = from.AddDays(90) };
        var where = string.Create(CultureInfo.InvariantCulture, $"district_code = '{district}' and class_code = '{kind}' and occurred_at >= '{from:o}' and occurred_at < '{from.AddDays(90):o}'");
        Compare(connection, view, $"filtered-z{zoom}", query, where, RandomTiles(view, zoom, count, query), goal);
    }

    static void Compare(string connection, LayerView view, string name, FeatureQuery query, string where, List<TileCoord> tiles, double goal)
    {
        var statement = Pgbench.Statement(name, BenchCity.RivalTable, Attributes, where: where);
        Pgbench.Keep(connection, name, tiles);
        Same(connection, statement, view, query, tiles);
        var theirs = Pgbench.Best(connection, statement, tiles.Count, clients: 1);
        var ours = Ours(view, query, tiles, TileLimits.None);
        Print(name, tiles.Count, theirs, ours);
        Say($"ratio tiles-{name} {theirs.Mean / ours.Mean:0.0} goal {goal} better higher");
    }

    public static void Print(string name, int tiles, Pgbench.Result theirs, TileTimes ours)
    {
        Say($"{name}: {tiles} tiles, {ours.Bytes / tiles / 1024.0:0.0} KB and {ours.Features / tiles:N0} features each; first run of each left out");
        Say($"  ST_AsMVT p50 {At(theirs.Milliseconds, 0.5):0.000} p95 {At(theirs.Milliseconds, 0.95):0.000} p99 {At(theirs.Milliseconds, 0.99):0.000} mean {theirs.Mean:0.000} ms ({theirs.Workers} parallel workers)");
        Say($"  ours     p50 {At(ours.Milliseconds, 0.5):0.000} p95 {At(ours.Milliseconds, 0.95):0.000} p99 {At(ours.Milliseconds, 0.99):0.000} mean {ours.Mean:0.000} ms; the first time of all {ours.FirstMean:0.000} ms");
    }

    // Feature by feature is the tests' business; here the numbers must agree, so that both do the same work. ST_AsMVT has a few more: its index holds boxes in
    // single precision, which in EPSG:3857 is a metre, and points so near outside are rounded into the tile.
    static void Same(string connection, string statement, LayerView view, FeatureQuery query, List<TileCoord> tiles)
    {
        const double most = 0.02;
        var (maker, ours, theirs) = (new SnapshotTiles(TileLimits.None), 0, 0);
        for (var at = 0; at < Math.Min(tiles.Count, 5); at++)
        {
            theirs += FeaturesOf(BenchDatabase.Value<byte[]>(connection, statement.Replace(":i", at.ToString(CultureInfo.InvariantCulture))) ?? []);
            ours += FeaturesOf(maker.Tile(view, query, tiles[at]).Span);
        }
        Say($"{(Math.Abs(theirs - ours) > most * theirs ? "! THE WORK DIFFERS: " : "")}five tiles hold {ours:N0} features of ours, {theirs:N0} of ST_AsMVT's");
    }

    static int FeaturesOf(ReadOnlySpan<byte> tile) => tile.IsEmpty ? 0 : MvtReader.Read(tile).Layers.Sum(layer => layer.Features.Count);

    /// <summary>Each tile once cold to the process, then as often as fits into two seconds; the best time of each counts.</summary>
    public static TileTimes Ours(LayerView view, FeatureQuery query, IReadOnlyList<TileCoord> tiles, TileLimits limits)
    {
        var maker = new SnapshotTiles(limits);
        var (times, first, bytes, features) = (new double[tiles.Count], 0.0, 0L, 0L);
        Array.Fill(times, double.MaxValue);
        for (var (round, begun) = (0, Stopwatch.StartNew()); round < 3 || begun.ElapsedMilliseconds < 2000; round++)
            for (var at = 0; at < tiles.Count; at++)
            {
                var clock = Stopwatch.GetTimestamp();
                var tile = maker.Tile(view, query, tiles[at]);
                var took = Stopwatch.GetElapsedTime(clock).TotalMilliseconds;
                times[at] = Math.Min(times[at], took);
                if (round > 0)
                    continue;
                first += took;
                (bytes, features) = (bytes + tile.Length, features + maker.Accounts.Sum(one => one.Drawn));
            }
        Array.Sort(times);
        return new(times, first / tiles.Count, bytes, features);
    }

    // Cold: each tile is made once, after the code has been compiled on others.
    static void Aggregated(LayerView view)
    {
        var maker = new SnapshotTiles();
        var (all, largest) = (new List<double>(), 0);
        for (var round = 0; round < 30; round++)
            maker.Tile(view, All, RandomTiles(view, 7, 1, All)[0]);
        foreach (var zoom in new[] { 8, 9, 10, 11 })
        {
            var times = new List<double>();
            foreach (var tile in RandomTiles(view, zoom, 500, All).Distinct())
            {
                var clock = Stopwatch.GetTimestamp();
                largest = Math.Max(largest, maker.Tile(view, All, tile).Length);
                times.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
            }
            Say($"aggregated z{zoom}: {times.Count} tiles, p50 {At([.. times.Order()], 0.5):0.00} most {times.Max():0.00} ms");
            all.AddRange(times);
        }
        Say($"largest of them {largest / 1024.0:0.0} KB");
        Say($"ratio tiles-p99-ms-z10 {At([.. all.Order()], 0.99):0.00} goal 50 better lower");
    }

    /// <summary>Tiles about random features that answer the question.</summary>
    public static List<TileCoord> RandomTiles(LayerView view, int zoom, int count, FeatureQuery query, int seed = 3502)
    {
        var (random, tiles, snapshot) = (new Random(seed), new List<TileCoord>(), view.Parts[0].Snapshot);
        var filter = new SnapshotFilter(snapshot, query);
        for (var tries = 0; tiles.Count < count && tries < 50_000_000; tries++)
            if (random.Next(snapshot.Placed) is var row && filter.Matches(row))
                tiles.Add(new(zoom, (int)(snapshot.X[row] >> (32 - zoom)), (int)(snapshot.Y[row] >> (32 - zoom))));
        return tiles;
    }

    static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];

    static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
