using System.Collections.Frozen;
using CityOps.Gis.Layers;

namespace CityOps.Gis.Tiles.Following;

/// <summary>The layers of this process that can be held in memory, and who wants to hear of their changes.</summary>
public sealed class LiveLayers
{
    readonly FrozenDictionary<string, LiveLayer> _byId;

    public LiveLayers(LayerCatalog catalog)
    {
        All = [.. catalog.Layers.Where(layer => layer.Geometry != GeometryKind.None).Select(layer => new LiveLayer(layer))];
        _byId = All.ToFrozenDictionary(layer => layer.Definition.Id);
    }

    /// <summary>Layers with a geometry, in drawing order.</summary>
    public IReadOnlyList<LiveLayer> All { get; }
    public long Bytes => All.Sum(layer => layer.Bytes);

    /// <summary>Called on the follower's thread after a change is visible; handlers only hand it on.</summary>
    public event Action<LayerChange>? Changed;

    public LiveLayer? Find(string id) => _byId.GetValueOrDefault(id);

    public LiveLayer? Find(ReadOnlySpan<char> id) => _byId.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(id, out var layer) ? layer : null;

    public void Tell(LayerChange change) => Changed?.Invoke(change);
}
