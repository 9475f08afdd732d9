using Xunit;

namespace CityOps.Gis.Tests.Tiles.Following;

public sealed class FollowerTests(FollowedDatabase database) : IClassFixture<FollowedDatabase>
{
    [Fact]
    public async Task A_written_changed_moved_and_deleted_feature_is_visible()
    {
        await database.Database.Run("""
            insert into gis.components (code, name, class_code, status, geom)
            select 'a' || n, '部件', '0102', '完好', ST_SetSRID(ST_MakePoint(118.001 + n * 0.0001, 24.401), 4490) from generate_series(1, 100) n
            """);
        var (layers, _) = await database.Follow();
        await database.UntilEqual(layers, "components");

        await database.Database.Run("insert into gis.components (code, name, class_code, geom) values ('b1', 'x', '0102', ST_SetSRID(ST_MakePoint(118.012, 24.402), 4490))");
        await database.UntilEqual(layers, "components");
        await database.Database.Run("update gis.components set status = '破损' where code < 'a5'");
        await database.UntilEqual(layers, "components");
        await database.Database.Run("update gis.components set geom = ST_Translate(geom, 0.0101, 0.001) where code > 'a9'");
        await database.UntilEqual(layers, "components");
        await database.Database.Run("delete from gis.components where code like 'a1%'");
        var view = await database.UntilEqual(layers, "components");

        Assert.Equal(await database.Database.Value<long>("select count(*) from gis.components"), view.Count);
    }
}
