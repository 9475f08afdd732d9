using CityOps.Gis.Crs;
using Xunit;

namespace CityOps.Gis.Tests.Crs;

public sealed class PlaceTextTests
{
    [Theory]
    [InlineData("118.08, 24.45")]
    [InlineData("24.45,118.08")]
    [InlineData("118.08 24.45")]
    [InlineData("（118.08，24.45）")]
    [InlineData("24.45N 118.08E")]
    [InlineData("N24.45 E118.08")]
    [InlineData("e118.08, n24.45")]
    [InlineData("24°27′N 118°4′48″E")]
    [InlineData("118°4'48\"E, 24°27'00\"N")]
    [InlineData("N24°27'00.0\"E118°04'48.0\"")]
    [InlineData("24.45° 118.08°")]
    [InlineData("北纬24度27分 东经118度4分48秒")]
    [InlineData("东经118°04′48″，北纬24°27′")]
    [InlineData("609510.7093, 2705558.5465")]
    [InlineData("2705558.5465 609510.7093")]
    [InlineData("39609510.7093, 2705558.5465")]
    [InlineData("2705558.5465, 39609510.7093")]
    [InlineData("13144605.473, 2808339.232")]
    public void A_place_of_the_city_is_read_however_it_is_written(string text)
    {
        var place = PlaceText.Parse(text, CrsCatalog.Zone3(118.08));
        Assert.NotNull(place);
        Assert.Equal((118.08, 24.45), (Math.Round(place.Value.Longitude, 6), Math.Round(place.Value.Latitude, 6)));
    }

    [Theory]
    [InlineData("609510.7093, 2705558.5465", 4548)]
    [InlineData("39609510.7093, 2705558.5465", 4527)]
    [InlineData("118.08, 24.45", 4490)]
    public void The_reference_system_is_told(string text, int epsg) => Assert.Equal(epsg, PlaceText.Parse(text, CrsCatalog.Zone3(118.08))!.Value.Crs.Epsg);

    [Fact]
    public void South_and_west_are_negative() => Assert.Equal((-58.5, -34.25), PlaceText.Parse("34°15'S 58°30'W", null) is { } place ? (place.Longitude, place.Latitude) : default);

    [Theory]
    [InlineData("350203001001003")]
    [InlineData("湖滨南路 12号")]
    [InlineData("3502030101000001 12")]
    [InlineData("118.08")]
    [InlineData("24.45N 118.08N")]
    [InlineData("200, 24.45")]
    [InlineData("1, 2, 3")]
    // Digits of other scripts, found by fuzzing.
    [InlineData("0 \u19D2")]
    [InlineData("")]
    public void What_is_no_position_is_none(string text) => Assert.Null(PlaceText.Parse(text, CrsCatalog.Zone3(118.08)));
}
