using CityOps.Gis.Layers;
using CityOps.Gis.Testing;
using CityOps.Gis.Web;
using CityOps.Gis.Web.Components;
using Xunit;

namespace CityOps.Gis.Tests.Web.Components;

public sealed class LayerLegendTests
{
    [Theory]
    [InlineData("cases", 9)]
    [InlineData("cameras", 3)]
    public void A_layer_coloured_by_states_has_them_all_so_that_their_counts_add_up(string id, int states)
    {
        var (layer, catalog) = (PageContext.Layer(id), PostGisDatabase.Catalog);
        var legend = LayerLegend.Of(layer, catalog);

        Assert.Equal(LayerParts.Statuses(layer, catalog), legend.Select(one => one.Part));
        Assert.Equal(states, legend.Count);
        Assert.All(legend, one => Assert.Equal(layer.Style.ColorByStatus.GetValueOrDefault(one.Part.Key, layer.Style.Color), one.Color));
        Assert.Equal(layer.Zooms.CountBy == CountBy.Status ? states : 0, LayerLegend.OfCells(layer, catalog).Count);
    }
}
