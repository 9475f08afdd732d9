using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.Testing;
using NetTopologySuite.IO;
using Npgsql;
using Xunit;

namespace CityOps.Gis.Tests.PostGis.Spine;

public sealed class JurisdictionTests(PostGisDatabase database) : IClassFixture<PostGisDatabase>, IAsyncLifetime
{
    static readonly SemaphoreSlim Once = new(1);

    LayerDefinition Components => PostGisDatabase.Catalog.Find("components")!;
    FeatureStore Features => new(database.Source);

    public async ValueTask InitializeAsync()
    {
        await Once.WaitAsync();
        if (await database.Value<long>("select count(*) from gis.unit_grids") == 0)
            await database.Run(SmallCity.Sql);
        Once.Release();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("POINT (118.002 24.408)", "350203001001001", "350203")]
    [InlineData("POINT (118.005 24.408)", "350203001001001", "350203")] // edge between two grids
    [InlineData("POINT (118.005 24.405)", "350203001001001", "350203")] // corner of four grids
    [InlineData("POINT (118.010 24.402)", "350203001001004", "350203")] // edge between two districts
    [InlineData("LINESTRING (118.004 24.408, 118.009 24.408)", "350203001001002", "350203")] // longer part in the second
    [InlineData("LINESTRING (118.003 24.408, 118.007 24.408)", "350203001001001", "350203")] // halves: the lower code
    [InlineData("LINESTRING (118.005 24.406, 118.005 24.409)", "350203001001001", "350203")] // along the shared edge
    [InlineData("POLYGON ((118.009 24.401, 118.013 24.401, 118.013 24.402, 118.009 24.402, 118.009 24.401))", "350206001001003", "350206")]
    [InlineData("POINT (117.995 24.405)", "", "350203")] // in the district, outside every grid
    [InlineData("POINT (100 10)", "", "000000")]
    public async Task A_place_belongs_to_the_grid_that_holds_most_of_it_and_on_a_tie_to_the_lower_code(string wkt, string grid, string district)
    {
        var feature = await Features.Insert(Components, new WKTReader().Read(wkt), new Dictionary<string, object?> { ["code"] = "x", ["class_code"] = "0101" });

        Assert.Equal((grid, district), (feature.Jurisdiction.Grid ?? "", feature.Jurisdiction.District));
    }

    [Theory]
    [InlineData("11", "0501", 118.002, "11")] // delivered and known
    [InlineData("99", "0102", 118.002, "1")]  // unknown: the class's rule
    [InlineData("99", "0102", 118.012, "11")] // the district's own rule goes before the city's
    [InlineData(null, "0601", 118.012, "")]   // no rule
    public async Task The_delivered_department_counts_where_it_is_known_and_the_rule_of_the_class_elsewhere(string? delivered, string classCode, double longitude, string department)
    {
        var values = new Dictionary<string, object?> { ["code"] = "y", ["class_code"] = classCode, ["supervisor_code"] = delivered };

        var feature = await Features.Insert(Components, new NetTopologySuite.Geometries.Point(longitude, 24.408), values);

        Assert.Equal(department, feature.Jurisdiction.Department ?? "");
    }

    [Fact]
    public async Task Set_wise_stamping_gives_what_single_stamping_gives()
    {
        await database.Run("""
            select setseed(0.3502);
            create table staging.spots as
            select n as row_id, ST_SetSRID(case n % 3
                    when 0 then ST_MakePoint(x, y)
                    when 1 then ST_MakeLine(ST_MakePoint(x, y), ST_MakePoint(x + 0.004, y + 0.003))
                    else ST_Expand(ST_MakePoint(x, y), 0.002) end, 4490)::geometry(Geometry, 4490) as geom,
                (array['0101', '0102', '0601'])[n % 3 + 1] as class_code, (array['11', '99', null])[n % 3 + 1] as delivered_department, null::text as delivered_grid, null::text as delivered_division
            from (select n, 117.98 + round(random()::numeric * 0.05, 3)::float8 as x, 24.39 + round(random()::numeric * 0.03, 3)::float8 as y from generate_series(1, 900) n) s
            """);
        await database.Run("select cityops.assign_jurisdiction_to('staging.spots', 'staging.stamped')");

        var different = await database.Value<long>("""
            select count(*) from staging.spots s left join staging.stamped t using (row_id),
            lateral cityops.assign_jurisdiction(s.geom, s.class_code, s.delivered_department) one
            where (one.grid_code, one.community_code, one.subdistrict_code, one.district_code, one.department_code)
                is distinct from (t.grid_code, t.community_code, t.subdistrict_code, t.district_code, t.department_code)
            """);

        Assert.Equal(0, different);
        Assert.True(await database.Value<long>("select count(*) from staging.stamped where grid_code is null") is > 100 and < 800);
    }

    [Fact]
    public async Task A_grid_counts_only_on_its_days()
    {
        Assert.Equal(["350203001001001"], await database.Rows("select code from cityops.grid_of('srid=4490;point(118.002 24.408)', '2024-05-01')"));
        Assert.Empty(await database.Rows("select code from cityops.grid_of('srid=4490;point(118.002 24.408)', '2019-12-31')"));
    }

    /// <summary>A fault that was: both held the lock of having looked, each waited for the other's to go, and one import broke off with a deadlock.</summary>
    [Fact]
    public async Task Two_imports_that_find_the_mesh_of_grids_stale_at_once_make_it_one_after_the_other()
    {
        await database.Run(Refresh);
        await using var first = await database.Source.OpenConnectionAsync();
        await using var second = await database.Source.OpenConnectionAsync();
        Task[] refreshed;
        await using (var loss = await database.Source.OpenConnectionAsync())
        {
            await using var losing = await loss.BeginTransactionAsync();
            await Run(loss, "truncate cityops.grid_mesh");
            refreshed = [Run(first, Refresh), Run(second, Refresh)];
            await Waiting("grid_mesh", 2); // both have looked at its state
            await losing.CommitAsync();
        }
        await Task.WhenAll(refreshed);

        Assert.True(await database.Value<bool>("select cityops.has_grid_mesh(current_date)"));
    }

    [Fact]
    public async Task An_import_waits_for_grids_that_are_being_published_and_not_they_for_it()
    {
        await database.Run("delete from cityops.grid_mesh_state");
        await using var import = await database.Source.OpenConnectionAsync();
        Task refreshed;
        await using (var publication = await database.Source.OpenConnectionAsync())
        {
            await using var publishing = await publication.BeginTransactionAsync();
            await Run(publication, "lock table gis.unit_grids");
            refreshed = Run(import, Refresh);
            await Waiting("unit_grids", 1);
            await Run(publication, Refresh);
            await publishing.CommitAsync();
        }
        await refreshed;

        Assert.True(await database.Value<bool>("select cityops.has_grid_mesh(current_date)"));
    }

    const string Refresh = "select cityops.refresh_grid_mesh()";

    static async Task Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    // In this database: those of other tests are clones of the same one, so their tables have the same numbers.
    async Task Waiting(string table, int count)
    {
        for (var left = 100; await database.Value<long>($"select count(*) from pg_locks l join pg_database d on d.oid = l.database where not granted and datname = current_database() and relation::regclass::text like '%{table}'") < count; left--, await Task.Delay(50))
            Assert.True(left > 0, $"Nobody waits for {table}.");
    }

    [Fact]
    public async Task A_feature_that_moves_to_another_district_keeps_its_history_and_its_number()
    {
        var made = await Features.Insert(Components, new NetTopologySuite.Geometries.Point(118.002, 24.402), new Dictionary<string, object?> { ["code"] = "mover", ["class_code"] = "0101" });

        var moved = await Features.Update(Components, made.Fid, new NetTopologySuite.Geometries.Point(118.017, 24.402), new Dictionary<string, object?>());

        Assert.Equal("350206", moved!.Jurisdiction.District);
        Assert.Equal(1, await database.Value<long>($"select count(*) from gis.components where fid = {made.Fid}"));
        Assert.Equal(["moved|350203"], await database.Rows($"select change, district_code from gis.components_history where fid = {made.Fid}"));
    }
}
