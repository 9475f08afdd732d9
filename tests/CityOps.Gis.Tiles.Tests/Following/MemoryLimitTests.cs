using CityOps.Gis.Tiles.Following;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Following;

/// <summary>The limit of memory holds while layers are followed too.</summary>
public sealed class MemoryLimitTests(FollowedDatabase database) : IClassFixture<FollowedDatabase>
{
    [Fact]
    public async Task A_layer_that_outgrows_the_memory_goes_to_PostGIS_and_comes_back_when_it_fits()
    {
        await Insert(1000);
        long limit;
        await using (var measured = await database.Follow())
            limit = measured.Layers.Bytes + (40 << 10);
        var told = new List<LayerChange>();
        await using var node = await database.Follow(memory: limit, roomInterval: TimeSpan.FromMilliseconds(50));
        var cameras = node["cameras"];
        Assert.Equal(LayerState.Live, cameras.State);
        node.Layers.Changed += told.Add;

        await Insert(3000);
        await FollowedDatabase.Until(() => cameras.State == LayerState.TooLarge, () => $"It is {cameras.State} with {node.Layers.Bytes} of {limit} bytes.");
        Assert.Null(cameras.View);
        Assert.Contains("内存", cameras.Reason!.Zh, StringComparison.Ordinal);
        Assert.Contains(told, change => change is { LayerId: "cameras", Tiles: null });
        Assert.True(node.Layers.Bytes <= limit);

        // Other layers are followed meanwhile, and it does not come back as it is.
        await database.Database.Run("update gis.districts set name = name || '!'");
        await database.UntilEqual(node, "districts");
        Assert.Equal(LayerState.TooLarge, cameras.State);

        await database.Database.Run("delete from gis.cameras where fid % 20 > 0");
        await database.Database.Run("analyze gis.cameras");
        await database.UntilEqual(node, "cameras");
    }

    Task Insert(int count) => database.Database.Run($"""
        set cityops.bulk = 'on';
        insert into gis.cameras (camera_id, name, geom)
        select gen_random_uuid()::text, 'x', ST_SetSRID(ST_MakePoint(118.001 + n % 100 * 0.0001, 24.401 + n / 100 * 0.00001), 4490) from generate_series(1, {count}) n;
        select cityops.touch_layer('cameras');
        reset cityops.bulk;
        analyze gis.cameras
        """);
}
