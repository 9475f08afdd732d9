using CityOps.Gis.Testing;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Tiles.Snapshots;
using CityOps.Gis.Tiling;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Following;

/// <summary>A tile node's life: started again, cut off, refused, too small.</summary>
public sealed class NodeTests(FollowedDatabase database) : IClassFixture<FollowedDatabase>
{
    const string Cameras = "insert into gis.cameras (camera_id, name, geom) select gen_random_uuid()::text, 'x', ST_SetSRID(ST_MakePoint(118.001 + n * 0.0001, 24.401), 4490) from generate_series(1, 50) n";

    [Fact]
    public async Task A_file_of_the_same_version_is_the_copy()
    {
        using var folder = new TempFolder();
        await database.Database.Run(Cameras);
        var first = await database.Follow(folder.Path);
        await first.DisposeAsync();
        var version = first["cameras"].Touched.VersionOf(new(3, 1, 1));

        await using var node = await database.Follow(folder.Path);
        await database.UntilEqual(node, "cameras");

        Assert.Equal((0, 0), node["cameras"].Copied);
        Assert.Equal(version, node["cameras"].Touched.VersionOf(new(3, 1, 1)));
    }

    [Fact]
    public async Task A_file_of_another_version_is_shown_and_then_replaced()
    {
        using var folder = new TempFolder();
        await database.Database.Run(Cameras);
        var first = await database.Follow(folder.Path);
        await first.DisposeAsync();
        var old = first["cameras"].View!.Count;
        await database.Database.Run(Cameras);
        LayerState? state = null;
        long? shown = null;
        var nodes = new LiveLayers(PostGisDatabase.Catalog);

        await using var node = await database.Follow(folder.Path, at: moment =>
        {
            if (moment == FollowerMoment.Connecting)
                (state, shown) = (nodes.Find("cameras")!.State, nodes.Find("cameras")!.View?.Count);
        }, layers: nodes);
        var view = await database.UntilEqual(node, "cameras");

        Assert.Equal((LayerState.Stale, old), (state!.Value, shown!.Value));
        Assert.Equal(old + 50, view.Count);
        Assert.Equal(old + 50, node["cameras"].Copied.Rows);
    }

    [Fact]
    public async Task A_file_of_another_database_is_replaced_though_its_version_is_the_same()
    {
        using var folder = new TempFolder();
        await using var other = new FollowedDatabase();
        await other.InitializeAsync();
        await other.Database.Run(Cameras);
        await (await other.Follow(folder.Path)).DisposeAsync();

        await using var node = await database.Follow(folder.Path);

        await database.UntilEqual(node, "cameras");
        Assert.NotEqual((0, 0), node["cameras"].Copied);
    }

    [Fact]
    public async Task A_damaged_file_is_loaded_anew()
    {
        using var folder = new TempFolder();
        await database.Database.Run(Cameras);
        await (await database.Follow(folder.Path)).DisposeAsync();
        await using (var file = File.Open(folder.File("cameras.snapshot"), FileMode.Open))
            file.SetLength(file.Length - 1);

        await using var node = await database.Follow(folder.Path);

        await database.UntilEqual(node, "cameras");
        Assert.NotEqual((0, 0), node["cameras"].Copied);
    }

    [Fact]
    public async Task A_lost_connection_comes_back_and_the_view_is_served_meanwhile()
    {
        await database.Database.Run(Cameras);
        await using var node = await database.Follow();
        var cameras = node["cameras"];
        await database.UntilEqual(node, "cameras");
        var (before, whole) = (cameras.View, cameras.Touched.VersionOf(new(3, 1, 1)));

        await database.Database.Run("select pg_terminate_backend(active_pid) from pg_replication_slots where database = current_database()");
        await FollowedDatabase.Until(() => node.Follower.States.State != FollowerState.Live, () => "The follower did not notice.");
        Assert.Equal(before!.Count, cameras.View!.Count);
        await database.Database.Run("update gis.devices set name = 'x'");
        await FollowedDatabase.Until(() => node.Follower.States.State == FollowerState.Live, () => $"It is {node.Follower.States.State}: {node.Follower.States.Reason?.En}");

        // Nothing of it changed, so the view is still good and its tiles keep their versions.
        Assert.Equal(whole, cameras.Touched.VersionOf(new(3, 1, 1)));
        await database.Database.Run(Cameras);
        await database.UntilEqual(node, "cameras");
    }

    [Fact]
    public async Task A_layer_that_does_not_fit_is_left_to_the_database()
    {
        await database.Database.Run(Cameras);
        await using var node = await database.Follow(memory: 1000);
        var cameras = node["cameras"];

        Assert.Equal(LayerState.TooLarge, cameras.State);
        Assert.Null(cameras.View);
        Assert.Contains("memory", cameras.Reason!.En, StringComparison.Ordinal);
        Assert.Contains("内存", cameras.Reason.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_who_may_not_replicate_gets_a_sentence_that_says_what_to_do()
    {
        await database.Database.Run("""
            do $$ begin create role cityops_plain login; exception when duplicate_object then null; end $$;
            grant usage on schema gis, cityops to cityops_plain; grant select on all tables in schema gis, cityops to cityops_plain
            """);
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.Database.ConnectionString) { Username = "cityops_plain" }.ConnectionString);
        var layers = new LiveLayers(PostGisDatabase.Catalog);
        using var follower = new Follower(layers, source, new() { ConnectionString = source.ConnectionString }, NullLogger<Follower>.Instance);

        await follower.StartAsync(TestContext.Current.CancellationToken);
        await FollowedDatabase.Until(() => follower.States.State == FollowerState.Refused, () => $"It is {follower.States.State}: {follower.States.Reason?.En}");
        await follower.StopAsync(TestContext.Current.CancellationToken);

        Assert.All(layers.All, layer => Assert.Equal((LayerState.Unfollowed, null), (layer.State, layer.View)));
        Assert.Contains("alter role", layers.All[0].Reason!.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_nodes_give_a_touched_tile_the_same_version()
    {
        await using var one = await database.Follow();
        await using var two = await database.Follow();
        await database.Database.Run("insert into gis.cameras (camera_id, name, geom) values (gen_random_uuid()::text, 'x', ST_SetSRID(ST_MakePoint(118.3, 24.3), 4490))");
        await database.UntilEqual(one, "cameras");
        await database.UntilEqual(two, "cameras");
        var (x, y) = (WorldBox.XOf(118.3), WorldBox.YOf(24.3));

        Assert.All(Enumerable.Range(0, 19), zoom =>
        {
            var tile = new TileCoord(zoom, zoom == 0 ? 0 : (int)(x >> 32 - zoom), zoom == 0 ? 0 : (int)(y >> 32 - zoom));
            Assert.Equal(one["cameras"].Touched.VersionOf(tile), two["cameras"].Touched.VersionOf(tile));
        });
    }
}
