using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using CityOps.Gis.PostGis;
using CityOps.Gis.Queries;
using CityOps.Gis.Tiles.Encoding;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Tiles.Snapshots;
using CityOps.Gis.Tiling;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CityOps.Gis.Benchmarks;

/// <summary>
/// A thousand changed components a second, for minutes, while tiles are read: how long from a commit until the tile shows it, what tiles take meanwhile, and whether
/// the memory stays. On a copy of the sample city, which is thrown away.
/// </summary>
static class FollowBench
{
    const string Name = "follow_bench";
    const int TransactionsPerSecond = 100, Writers = 4;

    /// <summary>Where the bench looks for what was written: the tile as the server would make it.</summary>
    const int ProbeZoom = 18;
    static readonly FeatureQuery All = new("components");

    public static async Task<int> Run(string[] arguments)
    {
        var records = BenchCity.Records(arguments);
        var minutes = Array.IndexOf(arguments, "--minutes") is >= 0 and var at ? double.Parse(arguments[at + 1], CultureInfo.InvariantCulture) : 10;
        using var database = new BenchDatabase();
        await BenchCity.Database(database, records);
        NpgsqlConnection.ClearAllPools();
        database.Make(Name, "city_" + records);
        var connection = database.Pooled(Name);
        await using (var source = Connections.Open(connection))
            await Follow(source, connection, TimeSpan.FromMinutes(minutes));
        NpgsqlConnection.ClearAllPools();
        BenchDatabase.Run(database.Of("postgres"), $"drop database if exists {Name} with (force)");
        return 0;
    }

    static async Task Follow(NpgsqlDataSource source, string connection, TimeSpan length)
    {
        var layers = new LiveLayers(BenchDatabase.Catalog);
        using var follower = new Follower(layers, source, new() { ConnectionString = connection }, NullLogger<Follower>.Instance);
        var clock = Stopwatch.StartNew();
        await follower.StartAsync(default);
        while (follower.States.State != FollowerState.Live)
            await Task.Delay(50);
        var layer = layers.Find("components")!;
        Say($"{layer.View!.Count:N0} components live after {clock.Elapsed.TotalSeconds:0.0} s; following needs {layer.Bytes / (double)layer.View.Count:0.0} bytes a record, texts included");
        var (probes, seen, tiles, memory) = (new ConcurrentQueue<Probe>(), new List<double>(), new List<double>(), new List<string>());
        using var ended = new CancellationTokenSource(length);
        using var written = new CancellationTokenSource();
        var threads = new[] { Watch(layer, probes, seen, written.Token), Read(layer, tiles, ended.Token), Weigh(layer, length, memory, ended.Token) };
        var changed = (await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Write(connection, writer, probes, ended.Token)))).Sum();
        await written.CancelAsync();
        await Task.WhenAll(threads);
        await follower.StopAsync(default);
        Report(changed, length, seen, tiles, memory);
    }

    // The writers share the transactions. As bulk writers they stamp their rows themselves and count the layer's version up.
    static Task<long> Write(string connection, int number, ConcurrentQueue<Probe> probes, CancellationToken cancel) => Task.Run(async () =>
    {
        var writer = await ChangeWriter.Open(connection, number, Writers);
        await using (writer)
            for (var clock = Stopwatch.StartNew(); !cancel.IsCancellationRequested;)
            {
                var due = writer.Transactions * 1000.0 * Writers / TransactionsPerSecond - clock.Elapsed.TotalMilliseconds;
                if (due > 0)
                    await Task.Delay(TimeSpan.FromMilliseconds(due), CancellationToken.None);
                probes.Enqueue(await writer.Transaction());
            }
        return writer.Rows;
    }, CancellationToken.None);

    // Asks for the tile of every feature not seen yet whenever there is a new view, which is what a browser that asks all the time would see.
    static Task Watch(LiveLayer layer, ConcurrentQueue<Probe> probes, List<double> seen, CancellationToken cancel) => Task.Run(async () =>
    {
        var tiles = new SnapshotTiles();
        var waiting = new List<Probe>();
        LayerView? last = null;
        while (!cancel.IsCancellationRequested || !probes.IsEmpty || waiting.Count > 0 && Stopwatch.GetElapsedTime(waiting[0].Committed).TotalSeconds < 10)
        {
            while (probes.TryDequeue(out var probe))
                waiting.Add(probe);
            if (layer.View is { } view && (view != last || waiting.Count > 0))
            {
                last = view;
                for (var at = waiting.Count - 1; at >= 0; at--)
                    if (Shows(tiles, view, waiting[at]))
                    {
                        seen.Add(Stopwatch.GetElapsedTime(waiting[at].Committed).TotalMilliseconds);
                        waiting.RemoveAt(at);
                    }
            }
            await Task.Delay(2, CancellationToken.None);
        }
        for (var missing = waiting.Count; missing > 0; missing--)
            seen.Add(double.PositiveInfinity);
    }, CancellationToken.None);

    static bool Shows(SnapshotTiles tiles, LayerView view, Probe probe)
        => tiles.Tile(view, All, probe.Tile) is { IsEmpty: false } tile && MvtReader.Read(tile.Span).Layers[0].Features.Any(feature => feature.Id == (ulong)probe.Fid);

    // One map's worth of tiles, at the zooms at which features are drawn, around places where there are some.
    static Task Read(LiveLayer layer, List<double> times, CancellationToken cancel) => Task.Run(async () =>
    {
        var (tiles, random) = (new SnapshotTiles(), new Random(3));
        while (!cancel.IsCancellationRequested)
        {
            var view = layer.View!;
            var (snapshot, row, zoom) = (view.Parts[0].Snapshot, random.Next(view.Parts[0].Snapshot.Placed), random.Next(14, 19));
            var tile = new TileCoord(zoom, (int)(snapshot.X[row] >> 32 - zoom), (int)(snapshot.Y[row] >> 32 - zoom));
            var clock = Stopwatch.GetTimestamp();
            tiles.Tile(view, All, tile);
            times.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
            await Task.Delay(10, CancellationToken.None);
        }
    }, CancellationToken.None);

    static Task Weigh(LiveLayer layer, TimeSpan length, List<string> notes, CancellationToken cancel) => Task.Run(async () =>
    {
        for (var note = 0; note <= 4; note++)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture,
                $"memory at {note * 25} %: process {Environment.WorkingSet >> 20} MB, managed {GC.GetTotalMemory(false) >> 20} MB, layer {layer.Bytes >> 20} MB in {layer.View!.Parts.Count} parts of {string.Join(", ", layer.View.Parts.Select(part => part.Snapshot.Count))} rows"));
            await Task.Delay(length / 4.05, cancel).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }, CancellationToken.None);

    static void Report(long changed, TimeSpan length, List<double> seen, List<double> tiles, List<string> memory)
    {
        seen.Sort();
        tiles.Sort();
        Say($"{changed:N0} changed rows in {length.TotalMinutes:0.0} minutes: {changed / length.TotalSeconds:N0} a second; {seen.Count:N0} changes looked for, {seen.Count(double.IsInfinity)} not seen");
        Say($"commit to tile p50 {At(seen, 0.5):0} p95 {At(seen, 0.95):0} p99 {At(seen, 0.99):0} worst {At(seen, 1):0} ms");
        Say($"{tiles.Count:N0} tiles of z14 to z18 meanwhile: p50 {At(tiles, 0.5):0.00} p95 {At(tiles, 0.95):0.00} p99 {At(tiles, 0.99):0.00} worst {At(tiles, 1):0.0} ms");
        foreach (var note in memory)
            Console.WriteLine(note);
        Say($"ratio follow-visible-p99-ms {At(seen, 0.99):0} goal 1000 better lower");
        Say($"ratio follow-tile-p99-ms {At(tiles, 0.99):0.0} goal 20 better lower");
    }

    static double At(List<double> sorted, double share) => sorted.Count == 0 ? double.NaN : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];

    static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    /// <summary>A feature that was written, the tile it must be in, and when its transaction was committed.</summary>
    internal readonly record struct Probe(long Fid, TileCoord Tile, long Committed)
    {
        public static Probe Of(long fid, double longitude, double latitude)
            => new(fid, new(ProbeZoom, (int)(WorldBox.XOf(longitude) >> 32 - ProbeZoom), (int)(WorldBox.YOf(latitude) >> 32 - ProbeZoom)), Stopwatch.GetTimestamp());
    }
}
