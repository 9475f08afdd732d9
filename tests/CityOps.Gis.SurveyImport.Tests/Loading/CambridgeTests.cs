using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Loading;

/// <summary>An inventory with ids that occur twice: every row is in the layer, or in quarantine with a reason.</summary>
public sealed class CambridgeTests(PostGisDatabase database) : IClassFixture<PostGisDatabase>
{
    [Fact]
    public async Task Of_Cambridges_trees_the_second_row_of_an_id_is_refused_and_all_others_come_in()
    {
        var file = SharedData.Need("components/cambridge_trees.csv.gz");
        await DrawnGrids.Publish(database, "250017001001", -71.17, 42.34, -71.06, 42.41, 400);

        var batch = await database.Publish(file, new()
        {
            LayerId = "components", CodeRule = CodeRule.Local, Crs = "EPSG:4326",
            Mapping = new()
            {
                Fields = new Dictionary<string, string> { ["TreeId"] = "code", ["CommonName"] = "name", ["Ownership"] = "owner_name", ["PlantDate"] = "first_date", ["RemovalDate"] = "change_date", ["SiteType"] = "status" },
                Constants = new Dictionary<string, string> { ["class_code"] = "04001", ["name"] = "Tree", ["status"] = "Tree" },
            },
        });

        var refused = await database.Rows($"select code, count(distinct (source_layer, row_number)) from cityops.batch_issue where batch_id = {batch.Id} and severity = 'error' group by code order by code");
        Assert.Equal(38_050, batch.Counts.Delivered);
        Assert.Contains("CodeDuplicateInFile|59", refused);
        Assert.Equal(38_050 - batch.Counts.Refused, await database.Value<long>("select count(*) from gis.components where district_code = '250017' and grid_code is not null"));
        Assert.Equal(batch.Counts.Refused, await database.Value<long>($"""
            select count(*) from cityops.quarantine kept where batch_id = {batch.Id}
                and exists (select from cityops.batch_issue one where one.batch_id = kept.batch_id and one.source_layer = kept.source_layer and one.row_number = kept.row_number and severity = 'error')
            """));
        Assert.Equal(batch.Counts.Delivered, batch.Counts.Added + batch.Counts.Refused);
    }
}
