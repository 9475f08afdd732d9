using CityOps.Gis.Layers;
using CityOps.Gis.Tiles.Snapshots;
using Microsoft.Extensions.Logging;

namespace CityOps.Gis.Tiles.Following;

/// <summary>Copies layers out of the database, one after the other, and keeps a file of each.</summary>
sealed class LayerLoader(LiveLayers layers, TileEngineOptions options, ILogger log)
{
    Task _files = Task.CompletedTask;

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
        var left = options.MemoryBytes - (layers.Bytes - layer.Live.Bytes);
        if (database.Estimate(definition) is var needed && needed > left)
            return TooLarge(definition, origin, needed, left);
        try
        {
            if (layer.Live.View is null)
                layer.Live.Set(LayerState.Copying);
            var part = FollowedPart.Of(database.Load(definition, left, new Progress(layer.Live), cancel));
            if (part.Bytes > left)
                return TooLarge(definition, origin, part.Bytes, left);
            Keep(part.Snapshot, origin);
            return new(origin, part);
        }
        catch (SnapshotTooLargeException large)
        {
            return TooLarge(definition, origin, Math.Max(needed, large.Bytes), left);
        }
        catch (SnapshotException fault)
        {
            return new(origin, null, fault.Reason ?? new(fault.Message, fault.Message));
        }
    }

    LoadedLayer TooLarge(LayerDefinition layer, SnapshotOrigin origin, long needed, long left)
    {
        log.LogWarning("Layer {Layer} takes about {Needed} MB of memory and {Left} MB are left for it; PostGIS answers.", layer.Id, needed >> 20, left >> 20);
        return new(origin, null, Texts.TooLarge(needed, left), LayerState.TooLarge);
    }

    // Behind the loading: the view is visible before its file is written.
    void Keep(LayerSnapshot snapshot, SnapshotOrigin origin)
    {
        if (options.Folder is { } folder)
            _files = _files.ContinueWith(_ => Write(snapshot, Path.Combine(folder, snapshot.Layer.Id + ".snapshot"), origin), TaskScheduler.Default);
    }

    void Write(LayerSnapshot snapshot, string path, SnapshotOrigin origin)
    {
        try
        {
            SnapshotFile.Write(snapshot, path, origin);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            log.LogWarning(fault, "The snapshot file {Path} could not be written; a restart will have to wait for the copy.", path);
        }
    }

    /// <summary>When the files of all copies so far are written.</summary>
    public Task Files => _files;

    // Progress<T> would post to the pool and lag behind.
    sealed class Progress(LiveLayer layer) : IProgress<(long Rows, long Total)>
    {
        public void Report((long Rows, long Total) value) => layer.Progress(value.Rows, value.Total);
    }
}
