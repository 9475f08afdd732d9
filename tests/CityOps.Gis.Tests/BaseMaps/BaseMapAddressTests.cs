using CityOps.Gis.BaseMaps;
using CityOps.Gis.Crs;
using CityOps.Gis.Tiling;
using Xunit;

namespace CityOps.Gis.Tests.BaseMaps;

public sealed class BaseMapAddressTests
{
    static readonly TileCoord Tile = new(3, 6, 2);

    static BaseMapDefinition Map(BaseMapKind kind, string url) => new() { Id = "map", Title = new("底图", "Map"), Kind = kind, Url = url, Layer = "vec" };

    [Theory]
    [InlineData("https://t{s}.example.org/{z}/{x}/{y}.png?key={key}", "https://tc.example.org/3/6/2.png?key=a%26b")]
    [InlineData("https://example.org/{z}/{x}/{-y}.png", "https://example.org/3/6/5.png")]
    public void The_places_of_a_template_are_filled_in(string url, string expected)
        => Assert.Equal(expected, BaseMapAddress.Of(Map(BaseMapKind.Xyz, url) with { Subdomains = ["a", "b", "c"] }, Tile, "a&b"));

    [Fact]
    public void Tianditu_is_asked_as_its_service_wants_it()
        => Assert.Equal(
            "https://t0.tianditu.gov.cn/vec_w/wmts?tk=secret&SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=vec&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX=3&TILEROW=2&TILECOL=6",
            BaseMapAddress.Of(Map(BaseMapKind.Wmts, "https://t0.tianditu.gov.cn/vec_w/wmts?tk={key}"), Tile, "secret"));

    [Fact]
    public void A_restful_wmts_gives_its_own_template()
        => Assert.Equal("https://example.org/vec/3/2/6.png", BaseMapAddress.Of(Map(BaseMapKind.Wmts, "https://example.org/vec/{TileMatrix}/{TileRow}/{TileCol}.png"), Tile, ""));

    [Theory]
    [InlineData("""[{"id":"a b","title":{"zh":"","en":""},"kind":"xyz","url":"https://example.org/{z}/{x}/{y}"}]""", "must have an id")]
    [InlineData("""[{"id":"a","title":{"zh":"","en":""},"kind":"xyz","url":"file:///etc/{z}"}]""", "no http")]
    [InlineData("""[{"id":"a","title":{"zh":"","en":""},"kind":"wmts","url":"https://example.org"}]""", "lacks 'layer'")]
    [InlineData("""[{"id":"a","title":{"zh":"","en":""},"kind":"mbTiles"}]""", "lacks 'file'")]
    [InlineData("""[{"id":"a","title":{"zh":"","en":""},"kind":"xyz","url":"https://example.org","offset":"bd09"}]""", "gcj02 only")]
    [InlineData("""[{"id":"a","title":{"zh":"","en":""},"kind":"xyz","url":"https://example.org","colour":"red"}]""", "cannot be read")]
    [InlineData("""[{"id":"a","title":{"zh":"","en":""},"kind":"xyz","url":"https://example.org"},{"id":"a","title":{"zh":"","en":""},"kind":"xyz","url":"https://example.org"}]""", "occurs twice")]
    public void A_file_that_cannot_be_used_is_refused_with_a_sentence(string json, string sentence)
        => Assert.Contains(sentence, Assert.Throws<BaseMapException>(() => BaseMapFile.Parse("basemaps.json", json)).Text.En, StringComparison.Ordinal);

    // Within a tile of the deepest zooms the shift of its middle is that of its corners to a hundredth of a pixel.
    [Theory]
    [InlineData(10)]
    [InlineData(15)]
    [InlineData(18)]
    public void The_shift_of_a_tile_takes_every_corner_to_its_place(int zoom)
    {
        var tiles = 1 << zoom;
        var tile = new TileCoord(zoom, (int)(WebMercator.U(118.09) * tiles), (int)(WebMercator.V(24.48) * tiles));
        var shift = TileShift.Gcj02Of(tile, 256);
        foreach (var (x, y) in new[] { (0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0) })
        {
            var (u, v) = ((tile.X + x) / tiles, (tile.Y + y) / tiles);
            var (longitude, latitude) = Gcj02.FromWgs84(WebMercator.Longitude(u), WebMercator.Latitude(v));
            Assert.InRange(Math.Abs((WebMercator.U(longitude) - u) * tiles * 256 - shift.East), 0, 0.6);
            Assert.InRange(Math.Abs((WebMercator.V(latitude) - v) * tiles * 256 - shift.South), 0, 0.6);
        }
        // Hundreds of metres: at the deepest zoom more than a tile.
        Assert.True(zoom < 18 || Math.Abs(shift.East) > 256);
    }
}
