using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.Testing;
using CityOps.Gis.Tiles.Following;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Following;

/// <summary>Deliveries go through the importer while the layer is followed: partitions are attached with their rows, a census is compared, a batch is rolled back.</summary>
public sealed class PublicationTests(FollowedDatabase database) : IClassFixture<FollowedDatabase>
{
    const string Degrees = """GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]""";

    [Fact]
    public async Task What_is_published_and_rolled_back_is_followed()
    {
        using var folder = new TempFolder();
        await using var node = await database.Follow();
        await database.UntilEqual(node, "components");

        await Publish(Survey(folder.File("first"), 600, state: "完好"));
        Assert.Equal(600, (await database.UntilEqual(node, "components")).Count);
        var batch = await Publish(Survey(folder.File("second"), 700, state: "破损"));
        Assert.Equal(700, (await database.UntilEqual(node, "components")).Count);
        await new Publication(database.Database.Source, PostGisDatabase.Catalog).RollBack(PostGisDatabase.Catalog.Find("components")!, batch, TestContext.Current.CancellationToken);
        Assert.Equal(600, (await database.UntilEqual(node, "components")).Count);
        Assert.Equal(LayerState.Live, node["components"].State);
    }

    async Task<long> Publish(string path)
    {
        var result = await new Importer(database.Database.Source, PostGisDatabase.Catalog).Import(path, new() { LayerId = "components", Today = new(2026, 11, 1) }, accept: true, cancel: TestContext.Current.CancellationToken);
        Assert.True(result.Outcome == ImportOutcome.Published, string.Join(' ', result.Reasons.Select(reason => reason.En)));
        return result.Batch!.Id;
    }

    static string Survey(string stem, int lamps, string state)
    {
        using (var file = new ShapefileWriter(stem) { Prj = Degrees })
        {
            file.Field("ObjID", 'C', 18).Field("ObjName", 'C', 60).Field("DeptCode1", 'C', 18).Field("DeptName1", 'C', 60).Field("ObjState", 'C', 10).Field("ORDate", 'C', 20);
            for (var number = 0; number < lamps; number++)
                file.Point((number % 2 == 0 ? 118.0003 : 118.0103) + number / 2 % 80 * 0.00011, 24.4003 + number / 160 * 0.00011,
                    (number % 2 == 0 ? "350203" : "350206") + "01037" + (number + 1).ToString("D6", System.Globalization.CultureInfo.InvariantCulture), "路灯", "11", "市政设施中心", state, "2024-06-01");
        }
        return stem + ".shp";
    }
}
