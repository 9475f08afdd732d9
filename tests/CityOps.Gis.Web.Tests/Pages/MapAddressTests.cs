using CityOps.Gis.Web;
using CityOps.Gis.Web.Pages;
using Xunit;

namespace CityOps.Gis.Tests.Web.Pages;

public sealed class MapAddressTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/?at=12.5/24.47980/118.08940")]
    [InlineData("/?at=19/24.00000/118.00000&layers=components,cameras&feature=components/123")]
    [InlineData("/?feature=components/123&tab=near&within=200")]
    [InlineData("/?layers=")]
    [InlineData("/?executor=sql")]
    [InlineData("/?layers=components&executor=snapshot")]
    [InlineData("/?bbox=118.07,24.44,118.08,24.45")]
    [InlineData("/?near=118.07,24.44,250.5")]
    [InlineData("/?polygon=POLYGON%28%28118.1%2024.4%2C118.2%2024.4%2C118.2%2024.5%2C118.1%2024.4%29%29")]
    [InlineData("/?base=tianditu&opacity=cameras:0.5,roads:0.3")]
    [InlineData("/?table=components&columns=code,status&sort=-first_date")]
    public void An_address_that_was_written_reads_as_the_same(string address)
        => Assert.Equal(address, MapAddress.Parse("http://localhost" + address).ToString());

    [Theory]
    [InlineData("/?at=x/24/118")]
    [InlineData("/?at=12/95/118")]
    [InlineData("/?at=12/24")]
    [InlineData("/?bbox=118.08,24.44,118.07,24.45")]
    [InlineData("/?near=118.07,24.44,200000")]
    [InlineData("/?polygon=POLYGON((118.1 24.4,118.2 24.5,118.2 24.4,118.1 24.5,118.1 24.4))")]
    [InlineData("/?opacity=roads:7")]
    [InlineData("/?table=")]
    [InlineData("/?feature=components")]
    [InlineData("/?executor=mysql")]
    [InlineData("/?feature=/1")]
    [InlineData("/?feature=components/-1")]
    public void What_cannot_be_read_counts_as_absent(string address)
        => Assert.Equal("/", MapAddress.Parse("http://localhost" + address).ToString());

    [Fact]
    public void Another_language_keeps_the_state()
        => Assert.Equal("/?layers=a&lang=en", UiLanguage.In("http://localhost/?layers=a&lang=zh", "en"));
}
