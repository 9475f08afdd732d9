using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.History;
using CityOps.Gis.Testing;
using NetTopologySuite.Geometries;
using Xunit;

namespace CityOps.Gis.Tests.PostGis.History;

public sealed class FeatureHistoryTests : IClassFixture<FeatureHistoryTests.City>
{
    /// <summary>A database with the small city.</summary>
    public sealed class City : IAsyncLifetime
    {
        public PostGisDatabase Database { get; } = PostGisDatabase.Filled(SmallCity.Sql);

        public ValueTask InitializeAsync() => Database.InitializeAsync();

        public ValueTask DisposeAsync() => Database.DisposeAsync();
    }

    readonly PostGisDatabase _database;

    public FeatureHistoryTests(City city) => _database = city.Database;

    static LayerDefinition Components => PostGisDatabase.Catalog.Find("components")!;
    static LayerDefinition Cameras => PostGisDatabase.Catalog.Find("cameras")!;
    FeatureStore Features => new(_database.Source);
    FeatureHistory History => new(_database.Source);

    [Fact]
    public async Task Each_step_has_its_kind_what_was_before_and_after_and_how_far_it_went()
    {
        var one = await Features.Insert(Components, new Point(118.001, 24.401), Values("3502030101000001"));
        await Features.Update(Components, one.Fid, null, new Dictionary<string, object?> { ["status"] = "破损" });
        await Features.Update(Components, one.Fid, new Point(118.011, 24.401), new Dictionary<string, object?>());
        await Features.Update(Components, one.Fid, null, new Dictionary<string, object?> { ["status"] = "移除" });

        var steps = await History.Of(Components, one.Fid);

        Assert.Equal([ChangeKind.Removed, ChangeKind.Moved, ChangeKind.Changed, ChangeKind.Added], steps.Select(step => step.Kind));
        Assert.Equal([("status", "破损", (object?)"移除")], steps[0].Fields.Select(field => (field.Name, (string)field.Before!, field.After)));
        Assert.Equal(("grid_code", "350203001001003", "350206001001003"), steps[1].Fields.Where(field => field.Name == "grid_code").Select(field => (field.Name, (string)field.Before!, (string)field.After!)).Single());
        Assert.InRange(steps[1].Move!.Meters, 1013, 1015);
        Assert.Null(steps[2].Move);
        Assert.Equal(steps.OrderByDescending(step => step.At), steps);
    }

    [Fact]
    public async Task A_feature_that_left_its_layer_keeps_its_last_version_and_its_end()
    {
        var one = await Features.Insert(Cameras, new Point(118.002, 24.402), new Dictionary<string, object?> { ["camera_id"] = "C1", ["name"] = "路口" });
        Assert.Null(await History.Last(Cameras, one.Fid));
        await Features.Delete(Cameras, one.Fid);

        var steps = await History.Of(Cameras, one.Fid);

        Assert.Equal([ChangeKind.Deleted, ChangeKind.Added], steps.Select(step => step.Kind));
        Assert.Equal("路口", (await History.Last(Cameras, one.Fid))!.Values["name"]);
        Assert.Empty(await History.Of(Cameras, 999_999));
    }

    [Fact]
    public async Task A_restored_version_and_lists_that_are_the_same_are_no_difference()
    {
        var grids = PostGisDatabase.Catalog.Find("management_grids")!;
        var box = new Envelope(118, 118.005, 24.405, 24.41);
        var one = await Features.Insert(grids, GeometryFactory.Default.ToGeometry(box), new Dictionary<string, object?> { ["code"] = "350203001001901", ["grid_codes"] = new[] { "350203001001001" } });
        await Features.Update(grids, one.Fid, null, new Dictionary<string, object?> { ["grid_codes"] = new[] { "350203001001001" }, ["worker_name"] = "林海" });

        var changed = (await History.Of(grids, one.Fid))[0];

        Assert.Equal(["worker_name"], changed.Fields.Select(field => field.Name));
        Assert.Null(changed.Move);
    }

    internal static Dictionary<string, object?> Values(string code)
        => new() { ["code"] = code, ["name"] = "上水井盖", ["class_code"] = "0101", ["class_table"] = "cjt214-2007", ["status"] = "完好" };
}
