using System.Globalization;
using CityOps.Gis.Queries;
using CityOps.Gis.Tiles.Snapshots;

namespace CityOps.Gis.Benchmarks;

/// <summary>What headers, gates and rates cost a tile: the same kept tiles over HTTP from a server without and with them, in turns.</summary>
static class GuardsBench
{
    const int Connections = 16, Seconds = 5, Rounds = 3;

    public static async Task<int> Run(string[] arguments)
    {
        var records = BenchCity.Records(arguments);
        using var database = new BenchDatabase();
        await using var source = CityOps.Gis.PostGis.Connections.Open(await BenchCity.Database(database, records));
        var file = Path.Combine(BenchDatabase.Folder, $"guards-{records}.snapshot");
        var view = LayerView.Of(await SnapshotLoader.Load(source, BenchDatabase.Catalog.Find("components")!));
        SnapshotFile.Write(view.Parts[0].Snapshot, file);
        var tiles = TilesBench.RandomTiles(view, 16, 5_000, new FeatureQuery("components")).Distinct().ToList();
        using var bare = TileServerChild.Start(file, isWhole: false, cacheBytes: 256L << 20);
        using var guarded = TileServerChild.Start(file, isWhole: false, cacheBytes: 256L << 20, isGuarded: true);
        var (least, most) = (double.MaxValue, 0.0);
        foreach (var server in new[] { bare, guarded })
            Wrk.Run(server.Url, tiles, Connections, Seconds);
        for (var round = 0; round < Rounds; round++)
        {
            var (one, other) = (Wrk.Run(bare.Url, tiles, Connections, Seconds), Wrk.Run(guarded.Url, tiles, Connections, Seconds));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  without guards {one.PerSecond:N0}/s p99 {one.P99:0.00} ms, with guards {other.PerSecond:N0}/s p99 {other.P99:0.00} ms"));
            (least, most) = (Math.Min(least, one.PerSecond / other.PerSecond), Math.Max(most, one.PerSecond / other.PerSecond));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio guards-tile {(least + most) / 2:0.000} goal 1.15 better lower"));
        return 0;
    }
}
