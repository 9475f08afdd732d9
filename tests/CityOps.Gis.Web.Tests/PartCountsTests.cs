using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.Queries;
using CityOps.Gis.Tests.Web.Api.Ogc;
using CityOps.Gis.Web;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CityOps.Gis.Tests.Web;

public sealed class PartCountsTests(OgcServer server) : IClassFixture<OgcServer>
{
    public static TheoryData<FeatureQuery> Questions =>
    [
        new FeatureQuery("components"), new FeatureQuery("components") { Districts = ["350203"], Classes = ["0101"] }, new FeatureQuery("components") { Statuses = ["破损"], Communities = ["350206001001"] },
        new FeatureQuery("cases") { Statuses = ["file"], From = new(2026, 1, 20, 0, 0, 0, default) },
    ];

    [Theory]
    [MemberData(nameof(Questions), DisableDiscoveryEnumeration = true)]
    public async Task Memory_counts_each_part_of_a_question_as_SQL_counts_the_question_for_that_part_alone(FeatureQuery query)
    {
        _ = server.Http;
        await server.Live();
        var (catalog, features) = (server.LiveServices.GetRequiredService<LayerCatalog>(), server.LiveServices.GetRequiredService<FeatureStore>());
        var layer = catalog.Find(query.LayerId)!;
        List<LayerPart> parts = [.. LayerParts.Majors(layer, catalog), .. LayerParts.Classes(layer, catalog, "01"), .. LayerParts.Statuses(layer, catalog)];

        var counts = await server.LiveServices.GetRequiredService<PartCounts>().Of(layer, query, parts, TestContext.Current.CancellationToken);

        foreach (var part in parts)
            Assert.Equal((part, await features.Count(layer, part.Of(query), TestContext.Current.CancellationToken), true), (part, counts[part].Number, counts[part].IsExact));
        Assert.Contains(counts.Values, count => count.Number > 0);
    }
}
