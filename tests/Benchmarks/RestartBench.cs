using System.Diagnostics;
using System.Globalization;
using System.Net;
using CityOps.Gis.PostGis;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Tiles.Serving;
using CityOps.Gis.Tiles.Snapshots;
using CityOps.Gis.Tiling;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CityOps.Gis.Benchmarks;

/// <summary>
/// From the start of a tile node's process to its first tile from the files of the run before, and until it follows the database again: with the files in the
/// kernel's cache and not, and when the layer has changed since, so that it has to be copied.
/// </summary>
static class RestartBench
{
    const double GoalMilliseconds = 2000;
    const int Runs = 5;

    public static async Task<int> Run(string[] arguments)
    {
        var records = BenchCity.Records(arguments);
        using var database = new BenchDatabase();
        var connection = await BenchCity.Database(database, records);
        NpgsqlConnection.ClearAllPools();
        var folder = Path.Combine(BenchDatabase.Folder, "restart-" + records);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        var tile = BusyTile(connection);

        var copied = await Start(connection, folder, tile);
        Say($"without files: live after {copied.Live / 1000:0.0} s; files of {new DirectoryInfo(folder).GetFiles().Sum(file => file.Length) >> 20} MB are written");
        var warm = await Restarts("files in the kernel's cache", connection, folder, tile, () => { });
        var cold = await Restarts("files from the disk", connection, folder, tile, () => Forget(folder));
        var changed = await Restarts("changed since", connection, folder, tile, () => BenchDatabase.Run(connection, "select cityops.touch_layer('components')"), runs: 1);
        Say($"ratio restart-first-tile-ms {warm.First:0} goal {GoalMilliseconds} better lower");
        Say($"ratio restart-first-tile-cold-ms {cold.First:0} goal {GoalMilliseconds} better lower");
        Say($"ratio restart-first-tile-stale-ms {changed.First:0} goal {GoalMilliseconds} better lower");
        return 0;
    }

    /// <summary>The child itself.</summary>
    public static async Task<int> Serve(string[] arguments)
    {
        await using var source = Connections.Open(arguments[0]);
        // The end waits for the files, however long they take.
        var engine = new TileEngineOptions { ConnectionString = arguments[0], Folder = arguments[1], StopTime = TimeSpan.FromMinutes(5) };
        await ServerChild.Serve(services => services.AddSingleton(BenchDatabase.Catalog).AddSingleton(source).AddTiles(engine, new()));
        return 0;
    }

    static async Task<(double First, double Live)> Restarts(string what, string connection, string folder, TileCoord tile, Action before, int runs = Runs)
    {
        var times = new List<(double First, double Live)>();
        for (var run = 0; run < runs; run++)
        {
            before();
            times.Add(await Start(connection, folder, tile));
        }
        var (first, live) = (Median(times.Select(one => one.First)), Median(times.Select(one => one.Live)));
        Say($"{what}: first tile after {first:0} ms (slowest {times.Max(one => one.First):0}), live after {live:0} ms; {runs} runs");
        return (first, live);
    }

    /// <summary>Milliseconds from the start of the process.</summary>
    static async Task<(double First, double Live)> Start(string connection, string folder, TileCoord tile)
    {
        var clock = Stopwatch.StartNew();
        using var node = new ServerChild("tile-node", connection, folder);
        using var http = new HttpClient { BaseAddress = new(node.Url) };
        for (var first = 0.0; ; await Task.Delay(2))
        {
            using var response = await http.GetAsync($"/tiles/components/{tile}.mvt?executor=snapshot");
            if (response.StatusCode != HttpStatusCode.OK)
                continue;
            first = first > 0 ? first : clock.Elapsed.TotalMilliseconds;
            if (response.Headers.GetValues("X-CityOps-Data").Single().StartsWith("live", StringComparison.Ordinal))
                return (first, clock.Elapsed.TotalMilliseconds);
        }
    }

    static TileCoord BusyTile(string connection)
    {
        const int zoom = 16;
        var place = BenchDatabase.Value<string>(connection, "select ST_X(geom) || ' ' || ST_Y(geom) from gis.components where status is distinct from '移除' and ST_GeometryType(geom) = 'ST_Point' limit 1")!
            .Split(' ').Select(one => double.Parse(one, CultureInfo.InvariantCulture)).ToArray();
        return new(zoom, (int)(WorldBox.XOf(place[0]) >> 32 - zoom), (int)(WorldBox.YOf(place[1]) >> 32 - zoom));
    }

    // dd's way to tell the kernel that nobody needs a file's pages.
    static void Forget(string folder)
    {
        foreach (var file in Directory.GetFiles(folder))
            Child.Run("dd", ["of=" + file, "oflag=nocache", "conv=notrunc,fdatasync", "count=0"]);
    }

    static double Median(IEnumerable<double> values) => values.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;

    static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
