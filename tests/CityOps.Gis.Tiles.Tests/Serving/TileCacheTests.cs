using CityOps.Gis.Testing;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Tiles.Serving;
using CityOps.Gis.Tiling;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Serving;

/// <summary>The cache by itself: its bound, its versions, and one maker for many who want the same tile.</summary>
public sealed class TileCacheTests
{
    static readonly TileQuestion Question = new(new LiveLayer(PostGisDatabase.Catalog.Find("components")!), new("components"));

    [Fact]
    public void It_stays_within_its_bytes_whatever_is_put_in()
    {
        var (cache, random) = (new TileCache(1 << 20), new Random(7));
        for (var round = 0; round < 5_000; round++)
        {
            var key = Key(random.Next(800));
            if (cache.Find(key, version: 1) is { } found)
                cache.In(found, key, (ContentCoding)random.Next(3));
            else
                cache.Made(key, Tile(random.Next(20_000)));
            Assert.InRange(cache.Bytes, 0, cache.CapacityBytes);
        }
        Assert.InRange(cache.Count, 20, 800);
        Assert.Equal(cache.Bytes, Enumerable.Range(0, 800).Sum(at => cache.Peek(Key(at))?.Memory ?? 0));
        Assert.Equal(5_000, cache.Hits + cache.Misses);
    }

    [Fact]
    public void A_tile_larger_than_the_cache_is_not_kept()
    {
        var cache = new TileCache(10_000);
        cache.Made(Key(1), Tile(20_000));

        Assert.Equal((0, 0), (cache.Bytes, cache.Count));
    }

    [Fact]
    public void What_is_used_outlives_what_is_not()
    {
        var cache = new TileCache(100_000);
        cache.Made(Key(0), Tile(1_000));
        for (var at = 1; at < 1_000; at++)
        {
            Assert.NotNull(cache.Find(Key(0), 1));
            cache.Made(Key(at), Tile(1_000));
        }
        Assert.Null(cache.Find(Key(1), 1));
    }

    [Fact]
    public void A_tile_of_an_older_version_is_not_found_and_does_not_replace_a_newer_one()
    {
        var cache = new TileCache(1 << 20);
        cache.Made(Key(1), Tile(100, version: 5));
        cache.Made(Key(1), Tile(100, version: 4));

        Assert.NotNull(cache.Find(Key(1), 5));
        Assert.Null(cache.Find(Key(1), 6));
    }

    [Fact]
    public async Task One_makes_a_tile_and_the_others_wait_for_it()
    {
        var (cache, tile) = (new TileCache(1 << 20), Tile(100));
        var first = cache.Begin(Key(1));
        var (second, other) = (cache.Begin(Key(1)), cache.Begin(Key(2)));
        cache.Made(Key(1), tile);

        Assert.Null(first);
        Assert.Null(other);
        Assert.Same(tile, await second!);
    }

    [Fact]
    public async Task Who_waits_for_a_maker_that_gives_up_may_make_the_tile_itself()
    {
        var cache = new TileCache(1 << 20);
        Assert.Null(cache.Begin(Key(1)));
        var waiting = cache.Begin(Key(1));
        cache.Made(Key(1), null);

        Assert.Null(await waiting!);
        Assert.Null(cache.Begin(Key(1)));
    }

    static TileKey Key(int at) => new(Question, new TileCoord(14, at, 7), 0);

    static KeptTile Tile(int bytes, long version = 1) => new(version, default, new byte[bytes]);
}
