using CityOps.Gis.BaseMaps;
using CityOps.Gis.Crs;
using CityOps.Gis.Testing;
using CityOps.Gis.Tiling;
using CityOps.Gis.Web.Api.BaseMaps;
using Microsoft.Data.Sqlite;
using SkiaSharp;
using Xunit;

namespace CityOps.Gis.Tests.Web.Api.BaseMaps;

public sealed class BaseMapTilesTests
{
    // In Xiamen, where GCJ-02 lies about 500 m beside.
    static readonly TileCoord Tile = new(17, 108_531, 56_265);

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static BaseMapDefinition Map(string url, MapOffset offset = MapOffset.None) => new() { Id = "fake", Title = new("假", "Fake"), Kind = BaseMapKind.Xyz, Url = url, Offset = offset };

    static BaseMapTiles Tiles(TempFolder folder, BaseMapDefinition map, TimeSpan? maxAge = null)
        => new(new() { Maps = [map], Folder = folder.Path, MaxAge = maxAge ?? TimeSpan.FromDays(1) }, TimeProvider.System);

    [Fact]
    public async Task What_many_want_at_once_is_asked_once_and_kept_on_disk_for_the_next_process()
    {
        await using var server = await FakeTileServer.Start();
        using var folder = new TempFolder();
        var map = Map(server.Url);
        using (var tiles = Tiles(folder, map))
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => tiles.Fetch(map, Tile, Cancel)));
        Assert.Single(server.Asked);

        using var others = Tiles(folder, map);
        Assert.Equal(FakeTileServer.Picture(FakeTileServer.ColorOf(Tile.X, Tile.Y)), (await others.Fetch(map, Tile, Cancel))!.Bytes);
        Assert.Single(server.Asked);
    }

    [Fact]
    public async Task A_server_that_falls_silent_leaves_what_was_kept_and_the_rest_is_an_error()
    {
        await using var server = await FakeTileServer.Start();
        using var folder = new TempFolder();
        var map = Map(server.Url);
        using (var tiles = Tiles(folder, map))
            await tiles.Fetch(map, Tile, Cancel);
        server.IsSilent = true;

        using var later = Tiles(folder, map, maxAge: TimeSpan.Zero);
        Assert.NotNull(await later.Fetch(map, Tile, Cancel));
        await Assert.ThrowsAsync<TileSourceException>(() => later.Fetch(map, Tile with { X = Tile.X + 1 }, Cancel));
    }

    [Fact]
    public async Task A_place_without_a_tile_is_no_error_and_is_remembered()
    {
        await using var server = await FakeTileServer.Start();
        using var folder = new TempFolder();
        var map = Map(server.Url);
        using var tiles = Tiles(folder, map);
        Assert.Null(await tiles.Fetch(map, new(3, 1, 0), Cancel));
        Assert.Null(await tiles.Fetch(map, new(3, 1, 0), Cancel));
        Assert.Single(server.Asked);
    }

    [Fact]
    public async Task A_shifted_map_shows_at_each_place_what_its_own_coordinates_have_there()
    {
        await using var server = await FakeTileServer.Start();
        using var folder = new TempFolder();
        var map = Map(server.Url, MapOffset.Gcj02);
        using var tiles = Tiles(folder, map);
        using var picture = SKBitmap.Decode((await tiles.Fetch(map, Tile, Cancel))!.Bytes);
        var world = (double)(1 << Tile.Zoom);
        foreach (var (x, y) in new[] { (4, 4), (128, 128), (250, 250) })
        {
            var (longitude, latitude) = Gcj02.FromWgs84(WebMercator.Longitude((Tile.X + (x + 0.5) / 256) / world), WebMercator.Latitude((Tile.Y + (y + 0.5) / 256) / world));
            Assert.Equal(FakeTileServer.ColorOf((int)(WebMercator.U(longitude) * world), (int)(WebMercator.V(latitude) * world)), picture.GetPixel(x, y));
        }
    }

    [Fact]
    public async Task A_file_of_tiles_is_read_from_the_south()
    {
        using var folder = new TempFolder();
        var file = Path.Combine(folder.Path, "city.mbtiles");
        var bytes = FakeTileServer.Picture(SKColors.Teal);
        using (var database = new SqliteConnection($"Data Source={file}"))
        {
            database.Open();
            using var command = database.CreateCommand();
            command.CommandText = "create table tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob); insert into tiles values (3, 6, 5, $data)";
            command.Parameters.AddWithValue("$data", bytes);
            command.ExecuteNonQuery();
        }
        var map = new BaseMapDefinition { Id = "file", Title = new("文件", "File"), Kind = BaseMapKind.MbTiles, File = file };
        using var tiles = Tiles(folder, map);
        Assert.Equal(bytes, (await tiles.Fetch(map, new(3, 6, 2), Cancel))!.Bytes);
        Assert.Null(await tiles.Fetch(map, new(3, 6, 5), Cancel));
    }

    [Fact]
    public async Task The_folder_holds_no_more_than_it_may_and_lets_the_oldest_go()
    {
        await using var server = await FakeTileServer.Start();
        using var folder = new TempFolder();
        var map = Map(server.Url);
        var one = FakeTileServer.Picture(FakeTileServer.ColorOf(1, 1)).Length;
        using var tiles = new BaseMapTiles(new() { Maps = [map], Folder = folder.Path, DiskBytes = one * 8 }, TimeProvider.System);
        for (var x = 1; x <= 30; x++)
            await tiles.Fetch(map, new(6, x, 1), Cancel);
        Assert.InRange(new DirectoryInfo(folder.Path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(kept => kept.Length), 1, one * 8 + one);
    }
}
