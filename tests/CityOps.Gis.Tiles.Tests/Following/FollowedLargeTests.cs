using CityOps.Gis.Tiles.Following;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Following;

/// <summary>As <see cref="FollowedEqualsRebuiltTests"/>, on a layer of 100,000 features: parts are merged aside, and what is changed at once is loaded anew.</summary>
public sealed class FollowedLargeTests(LargeFollowedDatabase database) : IClassFixture<LargeFollowedDatabase>
{
    [Fact]
    public async Task After_random_writes_kills_and_a_bulk_change_a_large_layer_is_as_if_loaded_anew()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var (random, kills) = (new Random(seed), 0);
        await using var node = await database.Follow(at: _ =>
        {
            if (Volatile.Read(ref kills) > 0 && Interlocked.Decrement(ref kills) == 0)
                throw new InvalidOperationException("Killed.");
        });
        var writes = new RandomWrites(database.Database, seed, isLarge: true);
        foreach (var bulk in (string[])["", "update gis.components set status = '破损' where fid % 10 < 6", "delete from gis.components where fid % 6 = 1"])
        {
            for (var number = 0; number < 15; number++)
                await writes.Transaction();
            Volatile.Write(ref kills, random.Next(1, 20));
            if (bulk.Length > 0)
                await database.Database.Run($"set cityops.bulk = 'on'; {bulk}; select cityops.touch_layer('components'); reset cityops.bulk");
            await writes.Transaction();
        }
        Volatile.Write(ref kills, 0);
        await FollowedDatabase.Until(() => node.Follower.States.State == FollowerState.Live, () => $"The follower is {node.Follower.States.State}: {node.Follower.States.Reason?.En}");

        foreach (var layer in RandomWrites.Layers)
            await database.UntilEqual(node, layer);
    }
}
