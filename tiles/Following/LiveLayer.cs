using CityOps.Gis.Layers;
using CityOps.Gis.Tiles.Snapshots;

namespace CityOps.Gis.Tiles.Following;

/// <summary>A layer in this process: its view, which is swapped by one reference write, and what is known of it. The follower writes, everybody reads.</summary>
public sealed class LiveLayer(LayerDefinition definition)
{
    volatile LayerView? _view;
    volatile LayerNote _note = new(LayerState.Waiting, null);
    volatile CopyNote _copy = new(0, 0);

    public LayerDefinition Definition => definition;

    /// <summary>What memory holds; null = PostGIS answers.</summary>
    public LayerView? View => _view;
    public LayerState State => _note.State;

    /// <summary>Why the layer is not live, for operators; null where there is nothing to say.</summary>
    public LocalText? Reason => _note.Reason;
    public TouchedTiles Touched { get; } = new();

    /// <summary>Memory of the view and of what following needs beside it.</summary>
    public long Bytes => (_view?.Bytes ?? 0) + IndexBytes;
    internal long IndexBytes { get; set; }

    /// <summary>Rows copied and rows expected, of the last copy.</summary>
    public (long Rows, long Total) Copied => (_copy.Rows, _copy.Total);

    /// <summary>Publishes a view (null takes it away); <see cref="Touched"/> is told after this.</summary>
    public void Publish(LayerView? view) => _view = view;

    public void Set(LayerState state, LocalText? reason = null) => _note = new(state, reason);

    internal void Progress(long rows, long total) => _copy = new(rows, total);

    sealed record LayerNote(LayerState State, LocalText? Reason);

    sealed record CopyNote(long Rows, long Total);
}
