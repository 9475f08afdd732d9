using System.Collections.Concurrent;
using CityOps.Gis.Layers;
using Microsoft.Extensions.Logging;

namespace CityOps.Gis.Tiles.Following;

/// <summary>
/// The memory that all layers may take together. One that has grown past it leaves, and comes back when it would fit with a tenth to spare, so that it does
/// not come and go.
/// </summary>
sealed class MemoryLimit(LiveLayers layers, long bytes, ILogger log)
{
    const double Spare = 1.1;

    // Of the layers that left: what they took, and what the database's statistics said of them then.
    readonly ConcurrentDictionary<string, (long Bytes, long? Estimate)> _left = new();

    /// <summary>What a layer may take beside the others.</summary>
    public long RoomFor(LiveLayer layer) => bytes - (layers.Bytes - layer.Bytes);

    /// <summary>The layer that has to leave: the largest, when all together take too much; null while they do not.</summary>
    public FollowedLayer? Exceeding(IEnumerable<FollowedLayer> followed)
        => layers.Bytes <= bytes ? null : followed.Where(layer => layer.Live.View is not null && !layer.IsWaiting).MaxBy(layer => layer.Live.Bytes);

    /// <summary>Notes that a layer leaves, or does not come; gives the sentence for operators.</summary>
    public LocalText Leave(LiveLayer layer, long needed)
    {
        var room = RoomFor(layer);
        _left[layer.Definition.Id] = (needed, null);
        log.LogWarning("Layer {Layer} takes about {Needed} MB of memory and {Left} MB are left for it; PostGIS answers.", layer.Definition.Id, needed >> 20, room >> 20);
        return Texts.TooLarge(needed, room);
    }

    /// <summary>Would a layer that left fit now?</summary>
    /// <param name="estimate">What the database's statistics say of it now; its need is taken to have changed as much as this did.</param>
    public bool Fits(LiveLayer layer, long estimate)
    {
        var (needed, before) = _left.AddOrUpdate(layer.Definition.Id, (estimate, estimate), (_, known) => (known.Bytes, known.Estimate ?? estimate));
        return needed * ((estimate + 1.0) / (before!.Value + 1.0)) * Spare <= RoomFor(layer);
    }
}
