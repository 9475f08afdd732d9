using CityOps.Gis.Tiles.Following;

namespace CityOps.Gis.Tests.Tiles.Following;

/// <summary>A tile node of a test: the layers and their follower, which ends with it, because a database cannot be dropped while a slot is in use.</summary>
public sealed class FollowedNode(FollowedDatabase database, LiveLayers layers, Follower follower) : IAsyncDisposable
{
    public LiveLayers Layers => layers;
    public Follower Follower => follower;

    public LiveLayer this[string id] => layers.Find(id)!;

    public async ValueTask DisposeAsync()
    {
        await follower.StopAsync(CancellationToken.None);
        await follower.Files;
        follower.Dispose();
        await database.UntilNoSlot();
    }
}
