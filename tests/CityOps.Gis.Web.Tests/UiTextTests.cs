using System.Collections;
using System.Globalization;
using System.Resources;
using CityOps.Gis.Testing;
using CityOps.Gis.Web.Resources;
using Xunit;

namespace CityOps.Gis.Tests.Web;

public sealed class UiTextTests
{
    static Dictionary<string, string> Texts(string culture)
        => new ResourceManager(typeof(UiText)).GetResourceSet(new CultureInfo(culture), createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>().ToDictionary(one => (string)one.Key, one => (string)one.Value!);

    [Fact]
    public void Every_text_is_there_in_both_languages()
        => Assert.Equal(Texts("").Keys.Order(), Texts("en").Keys.Order());

    [Fact]
    public void Every_group_of_the_products_layers_has_a_heading()
        => Assert.All(PostGisDatabase.Catalog.Layers, layer => Assert.Contains("group." + layer.Group, Texts("").Keys));
}
