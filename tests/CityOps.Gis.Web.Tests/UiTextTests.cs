using System.Collections;
using System.Globalization;
using System.Resources;
using CityOps.Gis.Testing;
using CityOps.Gis.Web.Resources;
using Xunit;

namespace CityOps.Gis.Tests.Web;

public sealed class UiTextTests
{
    static Dictionary<string, string> Texts(string culture, Type? area = null)
        => new ResourceManager(area ?? typeof(UiText)).GetResourceSet(new CultureInfo(culture), createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>().ToDictionary(one => (string)one.Key, one => (string)one.Value!);

    [Theory]
    [InlineData(typeof(UiText))]
    [InlineData(typeof(MapText))]
    [InlineData(typeof(FeatureText))]
    [InlineData(typeof(ViewText))]
    public void Every_text_is_there_in_both_languages(Type area)
        => Assert.Equal(Texts("", area).Keys.Order(), Texts("en", area).Keys.Order());

    [Fact]
    public void Every_group_of_the_products_layers_has_a_heading()
        => Assert.All(PostGisDatabase.Catalog.Layers, layer => Assert.Contains("group." + layer.Group, Texts("").Keys));
}
