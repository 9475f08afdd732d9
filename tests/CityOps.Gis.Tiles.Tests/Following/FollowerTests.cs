using CityOps.Gis.Tiles.Following;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Following;

/// <summary>Each kind of change is made in the database and must be in the view.</summary>
public sealed class FollowerTests(FollowedDatabase database) : IClassFixture<FollowedDatabase>
{
    const string Components = """
        insert into gis.components (code, name, class_code, status, geom)
        select 'a' || n, '部件', '0102', '完好', ST_SetSRID(ST_MakePoint(118.001 + n * 0.0001, 24.401), 4490) from generate_series(1, 100) n
        """;

    [Fact]
    public async Task A_written_changed_moved_and_deleted_feature_is_visible()
    {
        await Run(Components);
        await using var node = await database.Follow();
        await database.UntilEqual(node, "components");

        await Run("insert into gis.components (code, name, class_code, geom) values ('b1', 'x', '0102', ST_SetSRID(ST_MakePoint(118.012, 24.402), 4490))");
        await database.UntilEqual(node, "components");
        await Run("update gis.components set status = '破损' where code < 'a5'");
        await database.UntilEqual(node, "components");
        await Run("update gis.components set geom = ST_Translate(geom, 0.0101, 0.001) where code > 'a9'");
        await database.UntilEqual(node, "components");
        await Run("delete from gis.components where code like 'a1%'");
        var view = await database.UntilEqual(node, "components");

        Assert.Equal(await database.Database.Value<long>("select count(*) from gis.components"), view.Count);
    }

    [Fact]
    public async Task A_shape_too_large_for_its_row_is_kept_when_something_else_of_it_changes()
    {
        await Run("""
            insert into gis.management_grids (code, name, geom)
            select 'toast', 'before', ST_SetSRID(ST_Buffer(ST_MakePoint(118.005, 24.405), 0.002, 250), 4490)
            """);
        await using var node = await database.Follow();
        await database.UntilEqual(node, "management_grids");

        await Run("update gis.management_grids set name = 'after' where code = 'toast'");
        var view = await database.UntilEqual(node, "management_grids");

        Assert.True(await database.Database.Value<bool>("select pg_column_size(geom) > 4096 from gis.management_grids where code = 'toast'"));
        Assert.Contains(ViewRows.Of(view), row => row.Contains("name=after", StringComparison.Ordinal) && row.Contains("Shell", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_feature_whose_number_changes_keeps_what_the_change_did_not_send()
    {
        await Run("""
            insert into gis.management_grids (code, name, geom)
            select 'renumber', 'x', ST_SetSRID(ST_Buffer(ST_MakePoint(118.015, 24.405), 0.002, 250), 4490)
            """);
        await using var node = await database.Follow();

        await Run("update gis.management_grids set fid = fid + 1000000 where code = 'renumber'");
        await database.UntilEqual(node, "management_grids");
    }

    [Fact]
    public async Task Changes_of_one_transaction_become_visible_together()
    {
        await Run("insert into gis.cameras (camera_id, name, geom) select 'twin' || n, '0', ST_SetSRID(ST_MakePoint(118.002, 24.402), 4490) from generate_series(1, 2) n");
        await using var node = await database.Follow();
        await database.UntilEqual(node, "cameras");
        var seen = new List<string>();
        using var done = new CancellationTokenSource();
        var watch = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
                seen.Add(string.Join(' ', ViewRows.Of(node["cameras"].View!).Where(row => row.Contains("twin", StringComparison.Ordinal)).Select(row => row.Split("name=")[1].Split('|')[0])));
        }, TestContext.Current.CancellationToken);

        for (var number = 1; number <= 20; number++)
            await Run($"begin; update gis.cameras set name = '{number}' where camera_id = 'twin1'; update gis.cameras set name = '{number}' where camera_id = 'twin2'; commit");
        await database.UntilEqual(node, "cameras");
        await done.CancelAsync();
        await watch;

        Assert.All(seen, names => Assert.Equal(names.Split(' ')[0], names.Split(' ')[1]));
    }

    [Fact]
    public async Task What_is_rolled_back_never_comes()
    {
        await using var node = await database.Follow();

        await Run("begin; insert into gis.cameras (camera_id, name, geom) values ('undone', 'x', ST_SetSRID(ST_MakePoint(118.002, 24.402), 4490)); rollback");
        await Run("""
            begin; savepoint one; insert into gis.cameras (camera_id, name, geom) values ('half', 'x', ST_SetSRID(ST_MakePoint(118.002, 24.402), 4490)); rollback to one;
            insert into gis.cameras (camera_id, name, geom) values ('whole', 'x', ST_SetSRID(ST_MakePoint(118.002, 24.402), 4490)); commit
            """);
        var rows = ViewRows.Of(await database.UntilEqual(node, "cameras"));

        Assert.Contains(rows, row => row.Contains("whole", StringComparison.Ordinal));
        Assert.DoesNotContain(rows, row => row.Contains("undone", StringComparison.Ordinal) || row.Contains("half", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("devices", "device_id")]
    [InlineData("cases", "case_number")]
    public async Task A_truncated_table_is_an_empty_view(string layer, string key)
    {
        await Run($"insert into gis.{layer} ({key}, geom) select 't' || n, ST_SetSRID(ST_MakePoint(118.001 + n * 0.0001, 24.401), 4490) from generate_series(1, 50) n");
        await using var node = await database.Follow();
        await database.UntilEqual(node, layer);

        await Run($"truncate gis.{layer}");
        Assert.Equal(0, (await database.UntilEqual(node, layer)).Count);
        await Run($"insert into gis.{layer} ({key}, geom) values ('again', ST_SetSRID(ST_MakePoint(118.001, 24.401), 4490))");
        Assert.Equal(1, (await database.UntilEqual(node, layer)).Count);
    }

    [Fact]
    public async Task Departments_change_in_every_view()
    {
        await using var node = await database.Follow();
        var before = node["components"].Touched.VersionOf(new(3, 1, 1));

        await Run("insert into gis.departments (code, name, parent_code) values ('111', 'x', '11')");
        await FollowedDatabase.Until(() => node.Layers.All.All(layer => layer.View!.Departments.Below(["1"]).Contains("111")), () => "Department 111 is not below 1.");
        Assert.True(node["components"].Touched.VersionOf(new(3, 1, 1)) > before);

        await Run("update gis.departments set parent_code = null where code = '111'");
        await FollowedDatabase.Until(() => node.Layers.All.All(layer => !layer.View!.Departments.Below(["1"]).Contains("111")), () => "Department 111 is still below 1.");
    }

    [Fact]
    public async Task Rows_that_move_to_a_new_partition_stay()
    {
        await Run("insert into gis.cases (case_number, title, geom) select 'p' || n, 'x', ST_SetSRID(ST_MakePoint(118.012 + n * 0.00001, 24.401), 4490) from generate_series(1, 30) n");
        await using var node = await database.Follow();
        await database.UntilEqual(node, "cases");

        await Run("select cityops.ensure_partition('cases', '350206')");
        await database.UntilEqual(node, "cases");
        await Run("update gis.cases set geom = ST_SetSRID(ST_MakePoint(118.002, 24.402), 4490) where case_number like 'p1%'");
        var view = await database.UntilEqual(node, "cases");

        Assert.True(await database.Database.Value<bool>("select count(*) > 0 from gis.cases_d350206"));
        Assert.Equal(await database.Database.Value<long>("select count(*) from gis.cases"), view.Count);
    }

    [Fact]
    public async Task A_partition_that_is_written_and_truncated_by_its_own_name_is_followed()
    {
        await Run("select cityops.ensure_partition('components', '350206')");
        await using var node = await database.Follow();
        var before = (await database.UntilEqual(node, "components")).Version;

        await Run("""
            insert into gis.components_d350206 (code, name, class_code, district_code, geom)
            select 'own' || n, 'x', '0102', '350206', ST_SetSRID(ST_MakePoint(118.012 + n * 0.0001, 24.401), 4490) from generate_series(1, 9) n
            """);
        var written = await database.UntilEqual(node, "components");
        Assert.True(written.Version > before);
        await Run("truncate gis.components_d350206");

        Assert.True((await database.UntilEqual(node, "components")).Count <= written.Count - 9);
    }

    [Fact]
    public async Task Columns_may_be_added_and_removed()
    {
        await using var node = await database.Follow();

        await Run("alter table gis.assessments add column extra text; alter table gis.assessments drop column valid_from cascade; alter table gis.assessments_history drop column valid_from cascade");
        await Run("alter table gis.assessments add column valid_from timestamptz not null default now(); alter table gis.assessments_history add column valid_from timestamptz");
        await Run("insert into gis.assessments (assessment_number, indicator, score, geom) values ('1', 'x', 3.5, ST_SetSRID(ST_MakePoint(118.002, 24.402), 4490))");
        await database.UntilEqual(node, "assessments");
    }

    [Fact]
    public async Task A_column_that_is_gone_or_of_another_type_ends_the_following_of_its_layer_until_it_is_back()
    {
        await using var node = await database.Follow();
        var roads = node["roads"];
        const string Road = "insert into gis.roads (code, name, geom) values ('{0}', 'x', ST_SetSRID(ST_MakeLine(ST_MakePoint(118.001, 24.401), ST_MakePoint(118.003, 24.402)), 4490))";

        await Run("alter table gis.roads rename column road_class to elsewhere");
        await Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, Road, "r1"));
        await FollowedDatabase.Until(() => roads is { View: null, State: LayerState.Unfollowed }, () => $"roads is {roads.State}");
        Assert.Contains("road_class", roads.Reason!.En, StringComparison.Ordinal);
        await Run("alter table gis.roads rename column elsewhere to road_class");
        await Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, Road, "r2"));
        await database.UntilEqual(node, "roads");
    }

    [Fact]
    public async Task A_bulk_change_is_loaded_while_the_others_go_on()
    {
        await using var node = await database.Follow();

        await Run("""
            insert into gis.devices (device_id, name, geom)
            select 'bulk' || n, 'x', ST_SetSRID(ST_MakePoint(118.001 + n % 1000 * 0.00001, 24.401 + n / 1000 * 0.00001), 4490) from generate_series(1, 50500) n
            """, bulk: true);
        await Run("select cityops.touch_layer('devices')");
        for (var number = 0; number < 10; number++)
            await Run($"insert into gis.devices (device_id, name, geom) values ('after{number}', 'x', ST_SetSRID(ST_MakePoint(118.001, 24.401), 4490)); update gis.cameras set status = '{number}'");
        await database.UntilEqual(node, "devices");
        await database.UntilEqual(node, "cameras");

        Assert.True(node["devices"].Copied.Rows > 50_000);
        await Run("truncate gis.devices");
    }

    [Fact]
    public async Task A_layer_is_loaded_anew_when_the_database_says_that_replication_left_something_out()
    {
        await Run("insert into gis.cameras (camera_id, name, geom) values ('hidden', 'x', ST_SetSRID(ST_MakePoint(118.002, 24.402), 4490))");
        await using var node = await database.Follow();
        await database.UntilEqual(node, "cameras");

        await Run("alter publication cityops drop table gis.cameras");
        await Run("update gis.cameras set name = 'changed' where camera_id = 'hidden'");
        await Run("alter publication cityops add table gis.cameras");
        await Run("select cityops.reload_layer('cameras')");

        Assert.Contains(ViewRows.Of(await database.UntilEqual(node, "cameras")), row => row.Contains("name=changed", StringComparison.Ordinal));
    }

    Task Run(string sql, bool bulk = false) => database.Database.Run((bulk ? "set cityops.bulk = 'on'; " : "") + sql + (bulk ? "; reset cityops.bulk" : ""));
}
