using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.Testing;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Tiles.Snapshots;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CityOps.Gis.Tests.Web.Api.Ogc;

/// <summary>What <c>numberMatched</c> says, from memory and from the database.</summary>
public sealed class CountTests(OgcServer server) : IClassFixture<OgcServer>
{
    static readonly string[] Questions =
    [
        "", "class=01", "class=0101&status=破损", "status=移除", "district=350203", "department=1", "bbox=118.003,24.402,118.012,24.406", "q=路灯", "near=118.01,24.405,400", "filter=name LIKE '%25井%25' AND first_date > DATE('2020-06-01')",
        "polygon=POLYGON((118.001 24.401,118.012 24.402,118.006 24.409,118.001 24.401))", "filter=class_code IN ('0101','0301')", "as-of=2030-01-01",
    ];

    [Fact]
    public async Task A_layer_in_memory_is_counted_there_exactly()
    {
        await TakeIntoMemory();
        foreach (var question in Questions)
        {
            var expected = await server.All($"/collections/components/items?limit=10000&{question}");
            using var response = await server.Http.SendAsync(new(HttpMethod.Head, $"/ogc/collections/components/items?{question}"));
            var kind = response.Headers.GetValues("X-CityOps-NumberMatched-Kind").Single();
            // What memory has no column for is the database's to count, which on a busy machine may estimate.
            if (kind == "exact" || !question.Contains("near", StringComparison.Ordinal) && !question.Contains("as-of", StringComparison.Ordinal) && !question.Contains("first_date", StringComparison.Ordinal))
                Assert.Equal($"{question} {expected.Count} exact", $"{question} {response.Headers.GetValues("OGC-NumberMatched").Single()} {kind}");
        }
    }

    [Fact]
    public async Task The_database_counts_exactly_what_it_can_count_in_time_and_estimates_the_rest()
    {
        var counts = new FeatureCounts(server.Database.Source);
        var layer = PostGisDatabase.Catalog.Find("components")!;
        var count = await counts.Count(layer, new(layer.Id) { Classes = ["01"] }, TestContext.Current.CancellationToken);
        Assert.True(count is { IsExact: true, Number: 280 } || !count.IsExact, $"{count}");

        // A table whose every row takes ten milliseconds to be looked at.
        await server.Database.Run("""
            create function gis.slow(text) returns boolean language plpgsql cost 1 as $$ begin perform pg_sleep(0.01); return true; end $$;
            alter table gis.cameras rename to slow_cameras;
            create view gis.cameras as select * from gis.slow_cameras where gis.slow(name)
            """);
        var slow = await counts.Count(PostGisDatabase.Catalog.Find("cameras")!, new("cameras"), TestContext.Current.CancellationToken);
        Assert.False(slow.IsExact);
        // To a caller with a scope, an estimate would tell of what he does not see: he is told nothing, or the number.
        var scoped = await counts.Count(PostGisDatabase.Catalog.Find("cameras")!, new("cameras") { Scope = new() { Districts = ["350203"] } }, TestContext.Current.CancellationToken);
        Assert.True(scoped.IsExact || !scoped.IsKnown, $"{scoped}");
    }

    [Fact]
    public async Task A_page_that_holds_everything_tells_the_true_number_even_where_counting_would_estimate()
    {
        var page = await server.Json("/collections/cases/items?limit=1000&filter=title LIKE 'case 1%25'");
        Assert.Equal((page.GetProperty("numberReturned").GetInt64(), "exact"), (page.GetProperty("numberMatched").GetInt64(), page.GetProperty("numberMatchedKind").GetString()));
    }

    async Task TakeIntoMemory()
    {
        var components = server.App.Services.GetRequiredService<LiveLayers>().Find("components")!;
        components.Publish(LayerView.Of(await SnapshotLoader.Load(server.Database.Source, components.Definition)));
        components.Set(LayerState.Live);
    }
}
