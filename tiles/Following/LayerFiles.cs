using CityOps.Gis.Layers;
using CityOps.Gis.Tiles.Snapshots;
using Microsoft.Extensions.Logging;

namespace CityOps.Gis.Tiles.Following;

/// <summary>
/// Two files a layer, so that a restart shows what was known: its large part, written when that is another, and what changed since, which is small. They are
/// written one after the other, beside whatever else is going on.
/// </summary>
/// <param name="folder">Null = none are kept.</param>
sealed class LayerFiles(string? folder, ILogger log)
{
    readonly Lock _queueing = new();

    // What the large files hold; touched by one at a time, as the writes are.
    readonly Dictionary<string, (LayerSnapshot Snapshot, ulong Hash)> _large = [];
    Task _written = Task.CompletedTask;

    public bool AreKept => folder is not null;

    /// <summary>When all that was handed in so far is written.</summary>
    public Task Written
    {
        get
        {
            lock (_queueing)
                return _written;
        }
    }

    /// <summary>What the files hold; null where there is none that is whole. Before anything is kept.</summary>
    public KeptLayer? Open(LayerDefinition layer)
    {
        if (folder is null || SnapshotFile.Open(Path("snapshot", layer), layer, out var origin, out var hash) is not { } large)
            return null;
        _large[layer.Id] = (large, hash);
        return ChangesFile.Open(Path("changes", layer), large, hash, out var later) is { } parts
            ? new(layer, parts, origin, later)
            : new(layer, [new(large, DeadRows.None)], origin, origin);
    }

    public void Keep(KeptLayer kept)
    {
        lock (_queueing)
            _written = _written.ContinueWith(_ => Write(kept), TaskScheduler.Default);
    }

    void Write(KeptLayer kept)
    {
        try
        {
            var (layer, large) = (kept.Layer, kept.Parts[0].Snapshot);
            if (!_large.TryGetValue(layer.Id, out var known) || known.Snapshot != large)
                _large[layer.Id] = known = (large, SnapshotFile.Write(large, Path("snapshot", layer), kept.Base));
            // A view that is its large part may be as of a later moment than that: changes that were undone, or of other columns.
            ChangesFile.Write(Path("changes", layer), kept.Parts, known.Hash, kept.Origin);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            log.LogWarning(fault, "The files of layer {Layer} could not be written; a restart will show an older state or wait for the copy.", kept.Layer.Id);
        }
    }

    string Path(string kind, LayerDefinition layer) => System.IO.Path.Combine(folder!, $"{layer.Id}.{kind}");
}
