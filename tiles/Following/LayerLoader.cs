using CityOps.Gis.Tiles.Snapshots;

namespace CityOps.Gis.Tiles.Following;

/// <summary>Copies layers out of the database, one after the other.</summary>
sealed class LayerLoader(MemoryLimit limit)
{
    /// <summary>A layer as of an opened snapshot. Waits for the database, so it has a thread of its own.</summary>
    /// <param name="mayKeep">What is held may be the copy: nothing says that replication left something out.</param>
    public LoadedLayer Load(FollowedLayer layer, DatabaseSnapshot database, ReplicationLink link, bool mayKeep, CancellationToken cancel)
    {
        var definition = layer.Definition;
        if (database.Stamp(definition) is not { } stamp)
            return new(default, null, Texts.NoTable(definition.Id));
        var origin = new SnapshotOrigin(link.System, stamp, link.Start, DateTimeOffset.UtcNow);
        if (mayKeep && layer.Live.View is not null && layer.Origin.IsSame(origin))
            return new(origin, null);
        var room = limit.RoomFor(layer.Live);
        if (database.Estimate(definition) is var needed && needed > room)
            return TooLarge(layer.Live, origin, needed);
        try
        {
            if (layer.Live.View is null)
                layer.Live.Set(LayerState.Copying);
            var part = FollowedPart.Of(database.Load(definition, room, new Progress(layer.Live), cancel));
            return part.Bytes > room ? TooLarge(layer.Live, origin, part.Bytes) : new(origin, part);
        }
        catch (SnapshotTooLargeException large)
        {
            return TooLarge(layer.Live, origin, Math.Max(needed, large.Bytes));
        }
        catch (SnapshotException fault)
        {
            return new(origin, null, fault.Reason ?? new(fault.Message, fault.Message));
        }
    }

    LoadedLayer TooLarge(LiveLayer layer, SnapshotOrigin origin, long needed) => new(origin, null, limit.Leave(layer, needed), LayerState.TooLarge);

    // Progress<T> would post to the pool and lag behind.
    sealed class Progress(LiveLayer layer) : IProgress<(long Rows, long Total)>
    {
        public void Report((long Rows, long Total) value) => layer.Progress(value.Rows, value.Total);
    }
}
