using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Loading;

/// <summary>An inventory that nobody here wrote, with unit grids drawn for its place, comes in whole.</summary>
public sealed class PortlandTests(PostGisDatabase database) : IClassFixture<PostGisDatabase>
{
    [Fact]
    public async Task Portlands_park_trees_come_in_whole_each_in_a_grid()
    {
        var file = SharedData.Need("components/portland_park_trees.csv.gz");
        await DrawnGrids.Publish(database, "410051001001", -122.80, 45.43, -122.46, 45.67, 1000);

        var batch = await database.Publish(file, new()
        {
            LayerId = "components", CodeRule = CodeRule.Local, Crs = "EPSG:4326",
            Mapping = new()
            {
                Fields = new Dictionary<string, string> { ["UserID"] = "code", ["Common name"] = "name", ["Condition"] = "status", ["Inventory_Date"] = "first_date", ["Park"] = "remark" },
                Constants = new Dictionary<string, string> { ["class_code"] = "04001", ["supervisor_name"] = "Portland Parks & Recreation" },
                Values = new Dictionary<string, IReadOnlyDictionary<string, string>>
                {
                    ["status"] = new Dictionary<string, string> { ["Good"] = "完好", ["Fair"] = "完好", ["Poor"] = "破损", ["Dead"] = "废弃" },
                },
            },
        });

        Assert.Equal((25_534, 25_534, 0), (batch.Counts.Delivered, batch.Counts.Added, batch.Counts.Refused));
        Assert.Equal(25_534, await database.Value<long>("select count(*) from gis.components where district_code = '410051' and grid_code like '410051001001%'"));
        Assert.Equal(["完好|23925", "废弃|264", "破损|1345"], (await database.Rows("select status, count(*) from gis.components where district_code = '410051' group by status")).Order(StringComparer.Ordinal));
        Assert.Equal(0, await database.Value<long>("""
            select count(*) from gis.components one join gis.unit_grids grid on grid.code = one.grid_code where one.district_code = '410051' and not ST_Intersects(grid.geom, one.geom)
            """));
    }
}
