using CityOps.Gis.Tiles.Heat;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Heat;

public sealed class HeatLegendTests
{
    [Fact]
    public void Cells_of_one_count_are_of_one_class_although_their_areas_differ_a_little()
    {
        // One to ten features per square of about a hectare; the squares' areas differ by a thousandth from south to north.
        var densities = Enumerable.Range(0, 5_000).Select(cell => (1 + cell % 10) / (0.01 * (1 + cell / 5_000.0 / 1_000))).ToArray();
        var legend = HeatLegend.OfValues(densities);
        Assert.Equal(7, legend.Colors.Count);
        foreach (var sameCount in densities.Chunk(10).SelectMany(chunk => chunk.Select((density, count) => (density, count))).GroupBy(one => one.count, one => one.density))
            Assert.Single(sameCount.Select(legend.ClassOf).Distinct());
    }

    [Fact]
    public void Values_that_rise_steadily_are_parted_into_classes_of_as_many_cells()
    {
        var values = Enumerable.Range(0, 70_000).Select(cell => 1000 + cell * 0.01).ToArray();
        var legend = HeatLegend.OfValues(values);
        Assert.All(values.GroupBy(legend.ClassOf), one => Assert.Equal(10_000, one.Count()));
    }

    [Fact]
    public void Values_of_which_most_are_equal_give_fewer_classes_and_every_value_has_one()
    {
        var legend = HeatLegend.OfValues([.. Enumerable.Repeat(1.0, 900), .. Enumerable.Range(2, 100).Select(value => (double)value)]);
        Assert.True(legend.Colors.Count < 7);
        Assert.Equal(0, legend.ClassOf(1));
        Assert.Equal(legend.Colors.Count - 1, legend.ClassOf(101));
    }
}
