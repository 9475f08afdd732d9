using CityOps.Gis.Layers;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.Web.Components;

public sealed class LayerIconTests
{
    [Fact]
    public void Every_sign_that_a_layer_names_is_there()
        => Assert.All(Layers.SelectMany(layer => layer.Style.IconsByClass.Keys.Append(layer.Style.Icon).OfType<string>()), icon => Assert.True(File.Exists(Repository.PathOf($"web/wwwroot/icons/{icon}.svg")), icon));

    [Fact]
    public void A_class_bears_one_sign_and_is_of_the_layers_list()
    {
        var components = PageContext.Layer("components");
        var codes = components.Style.IconsByClass.SelectMany(one => one.Value).ToList();
        Assert.Equal(codes.Count, codes.Distinct().Count());
        Assert.All(codes.Where(code => code.Length > 2), code => Assert.True(PostGisDatabase.Catalog.Lists.Find("component-classes")!.Contains(code), code));
    }

    static IReadOnlyList<LayerDefinition> Layers => PostGisDatabase.Catalog.Layers;
}
