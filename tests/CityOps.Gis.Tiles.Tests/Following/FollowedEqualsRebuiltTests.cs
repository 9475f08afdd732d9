using CityOps.Gis.Tiles.Following;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Following;

/// <summary>The test that guards the design: after random writes, and whatever moment the follower was killed at, what it holds is what a new copy would be.</summary>
public sealed class FollowedEqualsRebuiltTests(FollowedDatabase database) : IClassFixture<FollowedDatabase>
{
    readonly object _gate = new();
    int _killIn = int.MaxValue;
    FollowerMoment _killAt;
    int _killed;

    [Theory]
    [InlineData(FollowerMoment.Connecting)]
    [InlineData(FollowerMoment.Copying)]
    [InlineData(FollowerMoment.CatchingUp)]
    [InlineData(FollowerMoment.Live)]
    [InlineData(FollowerMoment.Applying)]
    [InlineData(FollowerMoment.Confirming)]
    [InlineData(FollowerMoment.Reloading)]
    [InlineData(FollowerMoment.Merging)]
    public async Task A_follower_killed_at_a_moment_comes_back_to_the_same(FollowerMoment moment)
    {
        var seed = Environment.TickCount ^ (int)moment;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        await using var node = await database.Follow(at: Kill);
        var writes = new RandomWrites(database.Database, seed);
        for (var number = 0; number < 10; number++)
            await writes.Transaction();

        lock (_gate)
            (_killAt, _killIn) = (moment, 1);
        await Provoke(moment);
        // A truncation among the writes that follow would leave nothing to merge.
        if (moment == FollowerMoment.Merging)
            await FollowedDatabase.Until(() => _killed > 0, () => "It was not killed while merging.");
        for (var number = 0; number < 20; number++)
            await writes.Transaction();
        await FollowedDatabase.Until(() => _killed > 0, () => $"It was not killed at {moment}.");
        await FollowedDatabase.Until(() => node.Follower.States.State == FollowerState.Live, () => $"The follower is {node.Follower.States.State}: {node.Follower.States.Reason?.En}");

        foreach (var layer in RandomWrites.Layers)
            await database.UntilEqual(node, layer);
    }

    [Fact]
    public async Task After_random_writes_and_random_kills_every_layer_is_as_if_loaded_anew()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var node = await database.Follow(at: Kill);
        var writes = new RandomWrites(database.Database, seed);
        for (var round = 0; round < 6; round++)
        {
            lock (_gate)
                (_killAt, _killIn) = ((FollowerMoment)random.Next(6), random.Next(1, 8));
            for (var number = 0; number < 30; number++)
                await writes.Transaction();
            if (random.Next(2) == 0)
                await database.Database.Run("select pg_terminate_backend(active_pid) from pg_replication_slots where database = current_database()");
        }
        lock (_gate)
            _killIn = int.MaxValue;
        await FollowedDatabase.Until(() => node.Follower.States.State == FollowerState.Live, () => $"The follower is {node.Follower.States.State}: {node.Follower.States.Reason?.En}");

        foreach (var layer in RandomWrites.Layers)
            await database.UntilEqual(node, layer);
    }

    // What makes the moment come, where ordinary writes do not.
    Task Provoke(FollowerMoment moment) => moment switch
    {
        FollowerMoment.Connecting or FollowerMoment.Copying or FollowerMoment.CatchingUp or FollowerMoment.Live
            => database.Database.Run("select pg_terminate_backend(active_pid) from pg_replication_slots where database = current_database()"),
        FollowerMoment.Reloading => database.Database.Run("select cityops.reload_layer('roads')"),
        FollowerMoment.Merging => database.Database.Run("""
            set cityops.bulk = 'on';
            insert into gis.cameras (camera_id, name, geom)
            select gen_random_uuid()::text, 'x', ST_SetSRID(ST_MakePoint(118.001 + n % 100 * 0.0001, 24.401 + n / 100 * 0.00001), 4490) from generate_series(1, 10000) n;
            select cityops.touch_layer('cameras');
            reset cityops.bulk
            """),
        _ => Task.CompletedTask,
    };

    void Kill(FollowerMoment moment)
    {
        lock (_gate)
        {
            if (moment != _killAt || _killIn == int.MaxValue || --_killIn > 0)
                return;
            _killIn = int.MaxValue;
            _killed++;
        }
        throw new InvalidOperationException($"Killed at {moment}.");
    }
}
