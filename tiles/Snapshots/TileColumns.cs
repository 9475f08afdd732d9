using System.Runtime.CompilerServices;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>The columns of the snapshots that a thread has drawn, kept because a dictionary of many texts would be dear to make for every tile.</summary>
sealed class TileColumns
{
    readonly ConditionalWeakTable<LayerSnapshot, TileColumn[]> _known = [];

    public TileColumn[] Of(LayerSnapshot snapshot)
        => _known.GetValue(snapshot, static one => [.. one.Attributes.Select(attribute => new TileColumn(attribute))]);
}
