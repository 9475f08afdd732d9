using CityOps.Gis.Tests.Web.Api.Ogc;
using CityOps.Gis.Web.Components.Features;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CityOps.Gis.Tests.Web.Components.Features;

public sealed class AreaCountsTests(OgcServer server) : IClassFixture<OgcServer>
{
    [Theory]
    [InlineData("350203", "district_code")]
    [InlineData("350203001001", "community_code")]
    [InlineData("350203001001003", "grid_code")]
    public async Task Everything_in_an_area_is_counted_as_SQL_counts_it_removed_features_left_out(string area, string column)
    {
        _ = server.Http;
        var found = new Dictionary<string, AreaCount>();
        await foreach (var one in server.App.Services.GetRequiredService<AreaCounts>().Of(area))
            found[one.Layer.Id] = one;

        foreach (var layer in new[] { "components", "cases", "cameras" })
            Assert.Equal(await Count(layer, column, area, "true"), found[layer].Total.Number);
        Assert.All(found.Values, one => Assert.True(one.Total.IsExact));
        foreach (var (major, _, count) in found["components"].Majors)
            Assert.Equal(await Count("components", column, area, $"left(class_code, 2) = '{major}'"), count.Number);
        Assert.Equal(found["components"].Total.Number, found["components"].Majors.Sum(one => one.Count.Number));
    }

    async Task<long> Count(string layer, string column, string area, string condition)
        => await server.Database.Value<long>($"select count(*) from gis.{layer} where {column} = '{area}' and status is distinct from '移除' and {condition}");
}
