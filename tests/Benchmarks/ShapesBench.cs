using System.Globalization;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.Tiles.Snapshots;
using CityOps.Gis.Tiling;
using Npgsql;

namespace CityOps.Gis.Benchmarks;

/// <summary>Lines and polygons: 200,000 street segments and 40,000 grid polygons at z12–z16, all of them drawn at every zoom, beside <c>ST_AsMVT</c>.</summary>
static class ShapesBench
{
    const double Goal = 10;

    // Streets of a kilometre that bend every 20 m, cut into pieces of 100 m; squares of 100 m with a bent edge, side by side.
    const string Lines = """
        select ST_SetSRID(ST_MakeLine(array(
            select ST_MakePoint(x + (n * 5 + k) * 0.0002 * cos(turn) + 0.00003 * sin((n * 5 + k) * 1.7), y + (n * 5 + k) * 0.0002 * sin(turn) + 0.00003 * cos((n * 5 + k) * 2.3))
            from generate_series(0, 5) k)), 4490) as geom
        from (select street, 117.9 + random() * 0.5 as x, 24.4 + random() * 0.4 as y, random() * 6.28 as turn from generate_series(1, 20000) street) streets, generate_series(0, 9) n
        """;

    const string Polygons = """
        select ST_SetSRID(ST_MakePolygon(ST_MakeLine(array[
            ST_MakePoint(x, y), ST_MakePoint(x + 0.0005, y + 0.0001), ST_MakePoint(x + 0.001, y), ST_MakePoint(x + 0.0011, y + 0.0004), ST_MakePoint(x + 0.001, y + 0.0009),
            ST_MakePoint(x + 0.0005, y + 0.001), ST_MakePoint(x, y + 0.0009), ST_MakePoint(x + 0.0001, y + 0.0004), ST_MakePoint(x, y)])), 4490) as geom
        from (select 118.0 + (n % 200) * 0.001 as x, 24.4 + (n / 200) * 0.0009 as y from generate_series(0, 39999) n) squares
        """;

    public static async Task Run(string connection, NpgsqlDataSource source)
    {
        await Compare(connection, source, "lines", "line", Lines);
        await Compare(connection, source, "polygons", "polygon", Polygons);
    }

    static async Task Compare(string connection, NpgsqlDataSource source, string name, string geometry, string rows)
    {
        var layer = Definition("bench_" + name, geometry);
        await Fill(connection, source, layer, rows);
        var view = LayerView.Of(await SnapshotLoader.Load(source, layer));
        var tiles = new[] { 12, 13, 14, 15, 16 }.SelectMany(zoom => TilesBench.RandomTiles(view, zoom, 40, new(layer.Id))).ToList();
        Pgbench.Keep(connection, name, tiles);
        var statement = Pgbench.Statement(name, "rival." + layer.Id, "code,", TileQuery.Buffer);
        var theirs = Pgbench.Best(connection, statement, tiles.Count, clients: 1);
        var ours = TilesBench.Ours(view, new(layer.Id), tiles, TileLimits.None);
        TilesBench.Print(name + " z12–z16", tiles.Count, theirs, ours);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio tiles-{name} {theirs.Mean / ours.Mean:0.0} goal {Goal} better higher"));
    }

    static LayerDefinition Definition(string id, string geometry)
    {
        var folder = Directory.CreateTempSubdirectory("bench-layer");
        File.WriteAllText(Path.Combine(folder.FullName, id + ".json"), $$"""
            { "id": "{{id}}", "title": { "zh": "{{id}}", "en": "{{id}}" }, "geometry": "{{geometry}}", "key": "code",
              "fields": [ { "name": "code", "title": { "zh": "编号", "en": "Code" }, "inTile": true } ], "zooms": { "min": 0, "aggregate": false } }
            """);
        var layer = LayerCatalog.Load(folder.FullName).Find(id)!;
        folder.Delete(recursive: true);
        return layer;
    }

    static async Task Fill(string connection, NpgsqlDataSource source, LayerDefinition layer, string rows)
    {
        await using (var open = await source.OpenConnectionAsync())
            await LayerTable.Ensure(open, layer);
        if (BenchDatabase.Value<bool>(connection, $"select to_regclass('rival.{layer.Id}') is not null"))
            return;
        BenchDatabase.Run(connection, $"""
            select setseed(0.5);
            set session_replication_role = replica;
            insert into {SqlName.Table(layer.Id)} (code, geom) select row_number() over (), geom from ({rows}) made;
            create table rival.{layer.Id} as select fid, code, ST_Transform(geom, 3857) as geom from {SqlName.Table(layer.Id)} order by geom;
            create index {layer.Id}_rival on rival.{layer.Id} using gist (geom);
            cluster rival.{layer.Id} using {layer.Id}_rival;
            analyze rival.{layer.Id};
            """);
    }
}
