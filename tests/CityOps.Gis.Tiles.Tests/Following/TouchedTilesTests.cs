using CityOps.Gis.PostGis;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Tiles.Snapshots;
using CityOps.Gis.Tiling;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Following;

/// <summary>A tile's version changes when, and only when, something in it did: at every zoom.</summary>
public sealed class TouchedTilesTests(FollowedDatabase database) : IClassFixture<FollowedDatabase>
{
    [Theory]
    [InlineData("cameras")]
    [InlineData("roads")]
    [InlineData("management_grids")]
    public async Task Exactly_the_tiles_that_a_changed_feature_reaches_change_their_version(string id)
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await database.Database.Run($"""
            insert into gis.{id} ({(id == "cameras" ? "camera_id" : "code")}, name, geom)
            select gen_random_uuid()::text, 'x', ST_SetSRID({Shape(id)}, 4490)
            from (select ST_MakePoint(118.0 + random() * 0.2, 24.4 + random() * 0.2) as spot from generate_series(1, 200)) one
            """);
        await using var node = await database.Follow();
        var layer = node[id];
        var before = await database.UntilEqual(node, id);
        for (var round = 0; round < 8; round++)
        {
            await database.Database.Run($"""
                update gis.{id} set geom = ST_Translate(geom, random() * 0.01, random() * 0.01) where fid in (select fid from gis.{id} order by random() limit 2);
                update gis.{id} set name = name || 'y' where fid in (select fid from gis.{id} order by random() limit 1);
                """);
            var after = await database.UntilEqual(node, id);

            var changed = Boxes(before).Except(Boxes(after)).Concat(Boxes(after).Except(Boxes(before))).ToList();
            var tiles = Enumerable.Range(0, 19).SelectMany(zoom => Tiles(zoom, random)).Concat(changed.SelectMany(one => AtEdges(one.Box))).Distinct();
            Assert.NotEmpty(changed);
            Assert.All(tiles, tile => Assert.Equal((tile, changed.Any(one => Reaches(one, tile))), (tile, layer.Touched.VersionOf(tile) > (long)before.Lsn)));
            before = after;
        }
    }

    [Fact]
    public void Of_a_shape_as_large_as_a_country_all_tiles_below_are_touched()
    {
        var touched = new TouchedTiles();
        touched.TouchAll(5);

        touched.Touch(new TouchedBox(new(WorldBox.XOf(110), WorldBox.YOf(40), WorldBox.XOf(120), WorldBox.YOf(20)), true, 9));

        Assert.All(Enumerable.Range(0, 23), zoom => Assert.Equal(9, touched.VersionOf(Tile(115.3, 30.1, zoom))));
        Assert.All(Enumerable.Range(4, 15), zoom => Assert.Equal(5, touched.VersionOf(Tile(-115.3, -30.1, zoom))));
    }

    [Fact]
    public void The_tiles_told_to_open_maps_are_of_the_deepest_zoom_at_which_they_are_few()
    {
        var spot = new TouchedBox(new(1u << 31, 1u << 31, 1u << 31, 1u << 31), false, 1);
        var district = new TouchedBox(new(WorldBox.XOf(118), WorldBox.YOf(24.6), WorldBox.XOf(118.4), WorldBox.YOf(24.4)), true, 1);
        var world = new TouchedBox(WorldBox.Everything, true, 1);

        Assert.Equal([new(18, 1 << 17, 1 << 17)], TouchedList.Of([spot])!.Tiles);
        Assert.Empty(TouchedList.Of([spot])!.Beside);
        Assert.All(TouchedList.Of([spot, district])!.Tiles, tile => Assert.InRange(tile.Zoom, 8, 16));
        Assert.Null(TouchedList.Of([world]));
    }

    [Fact]
    public void Open_maps_are_told_of_every_tile_that_changes_its_version_and_of_no_other()
    {
        const int seed = 77;
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            uint x = WorldBox.XOf(118 + random.NextDouble() * 0.5), y = WorldBox.YOf(24.4 + random.NextDouble() * 0.5), side = (uint)(1 << random.Next(1, 16));
            var touched = new TouchedBox(new(x, y, x + side, y + side), true, 9);
            var tiles = new TouchedTiles();
            tiles.Touch(touched);

            var told = TouchedList.Of([touched])!;

            for (var zoom = 0; zoom <= told.Tiles[0].Zoom; zoom++)
                foreach (var tile in Around(touched.Box, zoom))
                    Assert.True(tiles.VersionOf(tile) == 9 == (told.Beside.Contains(tile) || told.Tiles.Any(deep => deep.X >> deep.Zoom - zoom == tile.X && deep.Y >> deep.Zoom - zoom == tile.Y)),
                        $"seed {seed}, round {round}, tile {tile} of {touched}");
        }
    }

    static IEnumerable<TileCoord> Around(WorldBox box, int zoom)
    {
        for (var y = -1; y <= 1; y++)
            for (var x = -1; x <= 1; x++)
                foreach (var (cornerX, cornerY) in ((uint, uint)[])[(box.MinX, box.MinY), (box.MaxX, box.MaxY)])
                    if (new TileCoord(zoom, (int)((ulong)cornerX >> 32 - zoom) + x, (int)((ulong)cornerY >> 32 - zoom) + y) is { IsValid: true } tile)
                        yield return tile;
    }

    // Worked out by the meaning of a tile: does its square, with its margin where shapes are drawn, meet the feature's box?
    static bool Reaches((string Line, WorldBox Box, bool IsShape) feature, TileCoord tile)
        => WorldBox.OfTile(tile, feature.IsShape ? TileQuery.Buffer : 0).Meets(feature.Box);

    static List<(string Line, WorldBox Box, bool IsShape)> Boxes(LayerView view)
        => [.. view.Parts.SelectMany(part => Enumerable.Range(0, part.Snapshot.Count).Where(row => !part.Dead[row]).Select(row => (ViewRows.Line(part.Snapshot, row), Box(part.Snapshot, row), part.Snapshot.Shapes.Of(row) >= 0)))];

    static WorldBox Box(LayerSnapshot snapshot, int row)
        => snapshot.Shapes.Of(row) is >= 0 and var shape ? snapshot.Shapes.Box(shape) : new(snapshot.X[row], snapshot.Y[row], snapshot.X[row], snapshot.Y[row]);

    static IEnumerable<TileCoord> Tiles(int zoom, Random random)
        => Enumerable.Range(0, 60).Select(_ => Tile(117.99 + random.NextDouble() * 0.23, 24.39 + random.NextDouble() * 0.23, zoom));

    // Those around the corners of the box, where a mistake of one would be.
    static IEnumerable<TileCoord> AtEdges(WorldBox box)
    {
        foreach (var zoom in (int[])[10, 14, 17, 18])
            foreach (var (x, y) in ((uint, uint)[])[(box.MinX, box.MinY), (box.MaxX, box.MaxY)])
                for (var near = 0; near < 9; near++)
                    yield return new(zoom, (int)(x >> 32 - zoom) + near % 3 - 1, (int)(y >> 32 - zoom) + near / 3 - 1);
    }

    static TileCoord Tile(double longitude, double latitude, int zoom)
        => new(zoom, (int)((ulong)WorldBox.XOf(longitude) >> 32 - zoom), (int)((ulong)WorldBox.YOf(latitude) >> 32 - zoom));

    // Small enough for their tiles to be told one by one.
    static string Shape(string id) => id switch
    {
        "roads" => "ST_MakeLine(spot, ST_Translate(spot, random() * 0.004, random() * 0.004))",
        "management_grids" => "ST_Expand(spot, 0.0002 + random() * 0.003)",
        _ => "spot",
    };
}
