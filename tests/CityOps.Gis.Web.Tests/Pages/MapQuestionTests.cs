using CityOps.Gis.Testing;
using CityOps.Gis.Web.Pages;
using Xunit;

namespace CityOps.Gis.Tests.Web.Pages;

public sealed class MapQuestionTests
{
    [Theory]
    [InlineData("/?district=350203")]
    [InlineData("/?at=12/24.00000/118.00000&subdistrict=350203001&department=12")]
    [InlineData("/?grid=350203002002001&from=2026-01-01&to=2026-02-01")]
    [InlineData("/?from=2026-01-01")]
    public void An_address_keeps_the_question(string address)
        => Assert.Equal(address, MapAddress.Parse("http://localhost" + address).ToString());

    [Theory]
    [InlineData("/?district=3502")]
    [InlineData("/?district=350203001")]
    [InlineData("/?community=35020300%27%3B--")]
    [InlineData("/?from=2026-13-01")]
    [InlineData("/?from=2026-02-01&to=2026-02-01")]
    public void What_cannot_be_read_asks_for_everything(string address)
        => Assert.True(MapAddress.Parse("http://localhost" + address).Question.IsWhole);

    [Fact]
    public void A_time_is_asked_of_layers_that_have_one_and_the_ground_is_drawn_whole()
    {
        var address = MapAddress.Parse("http://localhost/?district=350203&from=2026-01-01&to=2026-02-01");
        string? Query(string layer) => address.TilesQuery(PostGisDatabase.Catalog.Find(layer)!);

        Assert.Equal("district=350203", Query("components"));
        Assert.StartsWith("district=350203&from=2025-12-31T16", Query("cases"));
        Assert.Null(Query("districts"));
        Assert.Null(Query("roads"));
    }
}
