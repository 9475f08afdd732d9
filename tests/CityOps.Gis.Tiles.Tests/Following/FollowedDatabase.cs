using CityOps.Gis.Testing;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Tiles.Snapshots;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Following;

/// <summary>A database with the small city's spine, and nodes that follow it, which must end before it does.</summary>
public class FollowedDatabase : IAsyncLifetime
{
    int _nodes;

    public FollowedDatabase() : this(SmallCity.Sql)
    {
    }

    protected FollowedDatabase(string fill) => Database = PostGisDatabase.Filled(fill);

    public PostGisDatabase Database { get; }

    public ValueTask InitializeAsync() => Database.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Another node that follows the database.</summary>
    public async Task<FollowedNode> Follow(string? folder = null, long? memory = null, Action<FollowerMoment>? at = null, bool untilLive = true, LiveLayers? layers = null,
        TimeSpan? fileInterval = null, TimeSpan? roomInterval = null)
    {
        _ = Database.Source;
        layers ??= new LiveLayers(PostGisDatabase.Catalog);
        var options = new TileEngineOptions { ConnectionString = Database.ConnectionString, Folder = folder };
        options = options with
        {
            MemoryBytes = memory ?? options.MemoryBytes, FileInterval = fileInterval ?? options.FileInterval, RoomInterval = roomInterval ?? options.RoomInterval,
        };
        var follower = new Follower(layers, Database.Source, options, NullLogger<Follower>.Instance) { At = at };
        _nodes++;
        await follower.StartAsync(TestContext.Current.CancellationToken);
        if (untilLive)
            await Until(() => follower.States.State == FollowerState.Live, () => $"The follower is {follower.States.State}: {follower.States.Reason?.En}");
        return new(this, layers, follower);
    }

    /// <summary>The server drops a slot some time after its connection ended.</summary>
    internal async Task UntilNoSlot()
    {
        for (_nodes--; _nodes == 0 && await Database.Value<bool>("select exists (select from pg_replication_slots where database = current_database())");)
            await Task.Delay(20);
    }

    /// <summary>Waits until a layer's view holds what the table holds, feature by feature and column by column, and fails with the difference where it never does.</summary>
    public async Task<LayerView> UntilEqual(FollowedNode node, string id)
    {
        var layer = node[id];
        List<string> expected = [], held = [];
        var version = 0L;
        for (var deadline = DateTime.UtcNow.AddSeconds(15); DateTime.UtcNow < deadline; await Task.Delay(30))
        {
            version = await Database.Value<long>($"select version from cityops.layer where id = '{id}'");
            if (layer.View is not { } view || layer.State != LayerState.Live || view.Version != version)
                continue;
            var rebuilt = LayerView.Of(await SnapshotLoader.Load(Database.Source, layer.Definition));
            (expected, held) = (ViewRows.Of(rebuilt), ViewRows.Of(view));
            if (held.SequenceEqual(expected))
                return view;
        }
        Assert.Equal(expected, held);
        Assert.Fail($"Layer {id} is {layer.State} ({layer.Reason?.En}) at version {layer.View?.Version}; the table is at version {version}.");
        return layer.View!;
    }

    public static async Task Until(Func<bool> holds, Func<string> otherwise)
    {
        for (var deadline = DateTime.UtcNow.AddSeconds(20); !holds(); await Task.Delay(10))
            if (DateTime.UtcNow > deadline)
                Assert.Fail(otherwise());
    }
}
