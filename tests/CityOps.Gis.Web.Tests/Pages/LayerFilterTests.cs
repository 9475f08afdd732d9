using CityOps.Gis.Testing;
using CityOps.Gis.Web;
using CityOps.Gis.Web.Pages;
using Xunit;

namespace CityOps.Gis.Tests.Web.Pages;

public sealed class LayerFilterTests
{
    static readonly LayerPart Utilities = new("01", "Utilities", false), Traffic = new("02", "Traffic", false), Trees = new("04", "Trees", false);
    static readonly LayerPart Manhole = new("0101", "Manhole", false), Lamp = new("0102", "Lamp", false);
    static readonly LayerPart[] Majors = [Utilities, Traffic, Trees], Classes = [Manhole, Lamp];

    [Theory]
    [InlineData("/?components.class=01,0201&components.status=%E5%AE%8C%E5%A5%BD")]
    [InlineData("/?district=350203&cases.status=close&components.class=02")]
    public void An_address_keeps_the_classes_and_states_of_each_layer(string address)
        => Assert.Equal(address, MapAddress.Parse("http://localhost" + address).ToString());

    [Fact]
    public void A_class_is_asked_of_its_own_layer_only()
    {
        var address = MapAddress.Parse("http://localhost/?components.class=01&components.status=破损");
        string? Query(string layer) => address.TilesQuery(PostGisDatabase.Catalog.Find(layer)!);

        Assert.Equal("class=01&status=%E7%A0%B4%E6%8D%9F", Query("components"));
        Assert.Null(Query("cases"));
        Assert.False(address.Question.IsWhole);
    }

    [Fact]
    public void What_is_switched_off_is_left_out_and_comes_back()
    {
        var off = LayerFilter.None.Switch(Traffic, Majors);
        Assert.Equal(["01", "04"], off.Classes);
        Assert.False(off.Has(Traffic));
        Assert.Equal(LayerFilter.None, off.Switch(Traffic, Majors));
    }

    [Fact]
    public void A_class_switched_off_leaves_the_others_of_its_major()
    {
        var off = LayerFilter.None.Switch(Lamp, Classes, Utilities, Majors);
        Assert.Equal(["0101", "02", "04"], off.Classes);
        Assert.True(off.HasSome(Utilities));
        Assert.Equal(LayerFilter.None, off.Switch(Lamp, Classes, Utilities, Majors));
        Assert.Equal(LayerFilter.None, off.Switch(Utilities, Majors));
    }

    [Fact]
    public void Where_the_last_one_goes_nothing_is_left_out()
        => Assert.True(LayerFilter.None.Only(Trees).Switch(Trees, Majors).IsNone);
}
