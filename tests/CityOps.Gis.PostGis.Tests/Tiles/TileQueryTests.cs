using CityOps.Gis.PostGis;
using CityOps.Gis.Queries;
using CityOps.Gis.Testing;
using CityOps.Gis.Tiling;
using NetTopologySuite.IO.VectorTiles.Mapbox;
using Xunit;

namespace CityOps.Gis.Tests.PostGis.Tiles;

public sealed class TileQueryTests(PostGisDatabase database) : IClassFixture<PostGisDatabase>, IAsyncLifetime
{
    static readonly SemaphoreSlim Once = new(1);
    static readonly FeatureQuery All = new("components");

    TileQuery Tiles => new(database.Source);

    public async ValueTask InitializeAsync()
    {
        await Once.WaitAsync();
        if (await database.Value<long>("select count(*) from gis.components") == 0)
            await database.Run(SmallCity.Sql + """
                select setseed(0.5);
                insert into gis.components (code, class_code, status, geom)
                select n::text, (array['0101', '0201', '0304'])[n % 3 + 1], case when n % 50 = 0 then '移除' else '完好' end,
                       ST_SetSRID(ST_MakePoint(118.0 + random() * 0.02, 24.4 + random() * 0.01), 4490)
                from generate_series(1, 12000) n;
                """);
        Once.Release();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(6)]
    [InlineData(10)]
    [InlineData(14)]
    [InlineData(16)]
    public async Task Over_the_tiles_of_a_zoom_every_feature_is_counted_once(int zoom)
    {
        var counted = 0L;
        foreach (var tile in TilesOver(zoom))
            counted += await CountedIn(tile, All);

        Assert.Equal(11_760, counted);
    }

    [Fact]
    public async Task A_tile_answers_the_question_it_is_asked()
    {
        var counted = await CountedIn(TilesOver(8).Single(), All with { Classes = ["02"], Districts = ["350203"] });

        Assert.Equal(await database.Value<long>("select count(*) from gis.components where class_code like '02%' and district_code = '350203' and status <> '移除'"), counted);
        Assert.NotEqual(0, counted);
    }

    [Fact]
    public async Task A_tile_without_features_is_empty()
        => Assert.Empty(await Tiles.Tile(PostGisDatabase.Catalog.Find("components")!, All, new(14, 0, 0)));

    [Fact]
    public async Task A_point_is_drawn_within_a_unit_of_where_it_lies()
    {
        var spot = (await database.Rows("select fid, ST_X(geom), ST_Y(geom) from gis.components where status <> '移除' order by fid limit 1"))[0].Split('|');
        var (x, y) = (double.Parse(spot[1], System.Globalization.CultureInfo.InvariantCulture), double.Parse(spot[2], System.Globalization.CultureInfo.InvariantCulture));
        var tile = At(17, x, y);

        var drawn = Decode(await Tiles.Tile(PostGisDatabase.Catalog.Find("components")!, All, tile), tile).Single(feature => Equals(feature.Attributes["id"], ulong.Parse(spot[0], System.Globalization.CultureInfo.InvariantCulture)));

        var unit = 360.0 / (1 << 17) / TileQuery.Extent;
        Assert.InRange(drawn.Geometry.Coordinate.X, x - 1.5 * unit, x + 1.5 * unit);
        Assert.InRange(drawn.Geometry.Coordinate.Y, y - 1.5 * unit, y + 1.5 * unit);
    }

    async Task<long> CountedIn(TileCoord tile, FeatureQuery query)
        => Decode(await Tiles.Tile(PostGisDatabase.Catalog.Find("components")!, query, tile), tile)
            .Sum(feature => feature.Attributes.Exists("cell_count") ? Convert.ToInt64(feature.Attributes["cell_count"], System.Globalization.CultureInfo.InvariantCulture) : 1);

    static IList<NetTopologySuite.Features.IFeature> Decode(byte[] bytes, TileCoord tile)
    {
        if (bytes.Length == 0)
            return [];
        var decoded = new MapboxTileReader().Read(new MemoryStream(bytes), new NetTopologySuite.IO.VectorTiles.Tiles.Tile(tile.X, tile.Y, tile.Zoom), "id");
        return decoded.Layers.Single().Features;
    }

    static IEnumerable<TileCoord> TilesOver(int zoom)
    {
        var (low, high) = (At(zoom, 117.999, 24.411), At(zoom, 118.021, 24.399));
        return Enumerable.Range(low.X, high.X - low.X + 1).SelectMany(x => Enumerable.Range(low.Y, high.Y - low.Y + 1).Select(y => new TileCoord(zoom, x, y)));
    }

    static TileCoord At(int zoom, double longitude, double latitude)
        => new(zoom, (int)(WebMercator.U(longitude) * (1 << zoom)), (int)(WebMercator.V(latitude) * (1 << zoom)));
}
