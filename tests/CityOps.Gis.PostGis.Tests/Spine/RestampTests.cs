using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.PostGis.Spine;

public sealed class RestampTests(PostGisDatabase database) : IClassFixture<PostGisDatabase>
{
    [Fact]
    public async Task After_a_grid_is_split_the_features_in_it_carry_the_new_codes_and_no_history()
    {
        await database.Run(SmallCity.Sql);
        await database.Run("select cityops.ensure_partition('components', '350203')");
        await database.Run("""
            insert into gis.components (code, class_code, geom)
            select n::text, '0101', ST_SetSRID(ST_MakePoint(118.0001 + n * 0.0004, 24.408), 4490) from generate_series(0, 11) n;
            update gis.unit_grids set end_date = current_date where code = '350203001001001';
            insert into gis.unit_grids (code, parent_code, begin_date, geom) values
                ('350203001001005', '350203001001', current_date, ST_MakeEnvelope(118.0000, 24.405, 118.0025, 24.410, 4490)),
                ('350203001001006', '350203001001', current_date, ST_MakeEnvelope(118.0025, 24.405, 118.0050, 24.410, 4490));
            """);

        var changed = await database.Value<long>("select cityops.restamp('components', ST_MakeEnvelope(118.0000, 24.405, 118.0050, 24.410, 4490))");

        Assert.Equal(12, changed);
        Assert.Equal(["350203001001005|7", "350203001001006|5"], await database.Rows("select grid_code, count(*) from gis.components group by 1 order by 1"));
        Assert.Equal(0, await database.Value<long>("select count(*) from gis.components_history"));
    }
}
