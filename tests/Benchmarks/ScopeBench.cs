using System.Diagnostics;
using System.Globalization;
using CityOps.Gis.Access;
using CityOps.Gis.PostGis;
using CityOps.Gis.Queries;
using CityOps.Gis.Tiles.Snapshots;
using CityOps.Gis.Tiling;

namespace CityOps.Gis.Benchmarks;

/// <summary>
/// What a scope costs: the same tiles with the same features in them for a caller of the whole city and for one whose scope holds all that lies in them, from memory and
/// from PostGIS under row-level security. Tiles are such that lie wholly in the district or the departments of the scope, so that both do the same work.
/// </summary>
static class ScopeBench
{
    const int Tries = 60;

    public static async Task<int> Run(string[] arguments)
    {
        var records = BenchCity.Records(arguments);
        using var database = new BenchDatabase();
        var connection = await BenchCity.Database(database, records);
        await Installation.Prepare(connection, BenchDatabase.Catalog);
        await using var source = Connections.Open(connection);
        var layer = BenchDatabase.Catalog.Find("components")!;
        var view = LayerView.Of(await SnapshotLoader.Load(source, layer));
        var district = BenchDatabase.Value<string>(connection, "select district_code from gis.components tablesample system (1) group by 1 order by count(*) desc limit 1")!;
        var communities = BenchDatabase.Value<string[]>(connection, $"select array_agg(code) from gis.communities where code like '{district}%'")!;
        var scopes = new (string Name, JurisdictionScope Scope)[]
        {
            ("a district", new() { Districts = [district] }),
            ($"{communities.Length} communities", new() { Communities = communities }),
            ("all grids, one by one", new() { Grids = BenchDatabase.Value<string[]>(connection, $"select array_agg(code) from gis.unit_grids where code like '{district}%'")! }),
        };
        var (worst, sql) = (0.0, new List<double>());
        foreach (var (name, scope) in scopes)
        {
            foreach (var (zoom, count) in new[] { (10, 4), (12, 12), (14, 20), (16, 100), (18, 400) })
                if (Same(view, zoom, count, district, scope) is { Count: > 0 } tiles)
                    worst = Math.Max(worst, Memory(view, name, zoom, tiles, scope));
            foreach (var (zoom, count) in new[] { (14, 6), (16, 40) })
                sql.Add(await Sql(source, name, zoom, Same(view, zoom, count, district, scope), scope));
        }
        Say($"ratio scope-tiles {worst:0.00} goal 1.3 better lower");
        Say($"ratio scope-tiles-sql {sql.Max():0.00} goal 1.3 better lower");
        return 0;
    }

    // Tiles about features of the district which hold as many features with the scope as without it.
    static List<TileCoord> Same(LayerView view, int zoom, int count, string district, JurisdictionScope scope)
    {
        var (maker, same) = (new SnapshotTiles(), new List<TileCoord>());
        foreach (var tile in TilesBench.RandomTiles(view, zoom, count + Tries, new("components") { Districts = [district] }).Distinct())
            if (same.Count < count && Counted(maker, view, new("components"), tile) == Counted(maker, view, new("components") { Scope = scope }, tile))
                same.Add(tile);
        return same;
    }

    static long Counted(SnapshotTiles maker, LayerView view, FeatureQuery query, TileCoord tile)
    {
        maker.Tile(view, query, tile);
        return maker.Accounts.Sum(one => (long)one.Drawn);
    }

    static double Memory(LayerView view, string name, int zoom, List<TileCoord> tiles, JurisdictionScope scope)
    {
        var whole = TilesBench.Ours(view, new("components"), tiles, TileLimits.Default);
        var scoped = TilesBench.Ours(view, new("components") { Scope = scope }, tiles, TileLimits.Default);
        Say($"memory, {name}, z{zoom}: {tiles.Count} tiles, whole city mean {whole.Mean:0.000} ms, scoped {scoped.Mean:0.000} ms, {scoped.Mean / whole.Mean:0.00} times; {scoped.Bytes / Math.Max(1, whole.Bytes)} times the bytes");
        return scoped.Mean / whole.Mean;
    }

    static async Task<double> Sql(Npgsql.NpgsqlDataSource source, string name, int zoom, List<TileCoord> tiles, JurisdictionScope scope)
    {
        if (tiles.Count == 0)
            return 0;
        var (layer, whole, scoped) = (BenchDatabase.Catalog.Find("components")!, new double[tiles.Count], new double[tiles.Count]);
        Array.Fill(whole, double.MaxValue);
        Array.Fill(scoped, double.MaxValue);
        var query = new TileQuery(source);
        for (var round = 0; round < 5; round++)
            for (var at = 0; at < tiles.Count; at++)
            {
                whole[at] = Math.Min(whole[at], await Once(query, layer, tiles[at], null));
                scoped[at] = Math.Min(scoped[at], await Once(query, layer, tiles[at], scope));
            }
        Say($"PostGIS, {name}, z{zoom}: {tiles.Count} tiles, whole city mean {whole.Average():0.00} ms, scoped under row-level security {scoped.Average():0.00} ms, {scoped.Average() / whole.Average():0.00} times");
        return scoped.Average() / whole.Average();
    }

    static async Task<double> Once(TileQuery query, Layers.LayerDefinition layer, TileCoord tile, JurisdictionScope? scope)
    {
        using var _ = new Caller("bench", "bench", Role.GridManager.Permissions, scope) { Roles = [Role.GridManager.Id] }.Enter();
        var clock = Stopwatch.GetTimestamp();
        await query.Tile(layer, new("components"), tile);
        return Stopwatch.GetElapsedTime(clock).TotalMilliseconds;
    }

    static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
