using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Tiling;

namespace CityOps.Gis.Tiles.Serving;

/// <summary>
/// Changes that one listener has not been told yet, joined together: whatever comes while it is not listening, of a layer at most <see cref="MostTiles"/> tiles
/// are kept, then it is "all of the layer". The follower adds, the listener's own loop takes.
/// </summary>
public sealed class TileChanges
{
    public const int MostTiles = 512;

    readonly Lock _gate = new();
    readonly Dictionary<string, Waiting> _waiting = [];
    readonly SemaphoreSlim _any = new(0, 1);

    public void Add(LayerChange change)
    {
        lock (_gate)
        {
            if (!_waiting.TryGetValue(change.LayerId, out var waiting))
                _waiting[change.LayerId] = waiting = new();
            waiting.Add(change);
            if (_any.CurrentCount == 0)
                _any.Release();
        }
    }

    /// <summary>Waits until there is something to take; false after the time given.</summary>
    public Task<bool> Wait(TimeSpan most, CancellationToken cancel) => _any.WaitAsync(most, cancel);

    /// <summary>All that waits, a message for each layer and zoom.</summary>
    public IReadOnlyList<LayerChange> Take()
    {
        lock (_gate)
        {
            var taken = _waiting.SelectMany(one => one.Value.Messages(one.Key)).ToList();
            _waiting.Clear();
            return taken;
        }
    }

    sealed class Waiting
    {
        HashSet<TileCoord>? _tiles = [];
        readonly HashSet<TileCoord> _beside = [];
        long _version;

        public void Add(LayerChange change)
        {
            _version = Math.Max(_version, change.Version);
            if (change.Tiles is { } tiles)
                _tiles?.UnionWith(tiles);
            _beside.UnionWith(change.Beside ?? []);
            if (change.Tiles is null || _tiles?.Count + _beside.Count > MostTiles)
                _tiles = null;
        }

        public IEnumerable<LayerChange> Messages(string layer)
            => _tiles is null ? [new(layer, _version, null)]
                : _tiles.GroupBy(tile => tile.Zoom).Select((zoom, at) => new LayerChange(layer, _version, [.. zoom], at == 0 && _beside.Count > 0 ? [.. _beside] : null));
    }
}
